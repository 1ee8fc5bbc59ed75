import Language
import Testing

@Suite("help")
struct HelpExampleTests {
  /// SQL needs the tests of Persistence.
  @Test("examples show what help says", arguments: HelpText.examples.map(\.name).filter { $0 != "sql" })
  func exampleShowsWhatHelpSays(of name: String) throws {
    let example = try #require(HelpText.examples.first { $0.name == name })
    let report = TranscriptRunner(host: RecordingHost()).run(Source(name: name, text: example.source))
    #expect(report.comparisons > 0, "an example shows something")
    for difference in report.differences {
      let lines = difference.lines.joined(separator: "\n")
      Issue.record("line \(difference.line): \(difference.problem.rawValue)\n\(lines)")
    }
  }

  @Test("no two entries have one name")
  func namesDiffer() {
    let names = HelpText.examples.map(\.name)
    let repeated = Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }.keys
    #expect(repeated.isEmpty)
  }
}

import Testing

@testable import Language

@Suite("code in Markdown")
struct MarkdownCodeTests {
  /// A page, and whether its parts are as expected.
  static let pages: [(String, Bool)] = [
    ("```nns\nx = 1\n```\ntext\n```nns\nx + 1\n#> 2\n```\n", true),
    ("```nns\nx = 1\n```\n```nns new\nx + 1\n#> error: nothing is named x\n#> ...\n```\n", true),
    ("```nns new\nx = 1\n```\n```nns\nx + 1\n#> 3\n```\n", false),
    ("```\n1 + 1\n#> 3\n```\n", true),
    ("```python\n1 +\n```\n", true),
    ("````nns\ns = \"```\"\nlen(s)\n#> 3\n````\n", true),
  ]

  @Test(arguments: pages)
  func checks(_ page: String, _ isAsExpected: Bool) {
    let sessions = MarkdownCode.sessions(of: Source(name: "page", text: page))
    let report = TranscriptRunner(host: RecordingHost()).run(sessions)
    #expect(report.differences.isEmpty == isAsExpected)
  }

  @Test func linesAndBytesKeepTheirPlaces() {
    let source = Source(name: "page", text: "one\n```nns\n1\n#> 7\n```\ntwo\n```nns new\n2\n#> 8\n```\n")
    let report = TranscriptRunner(host: RecordingHost()).run(MarkdownCode.sessions(of: source))
    #expect(report.differences.map(\.line) == [4, 9])
    let recorded = String(decoding: report.recorded(in: source), as: UTF8.self)
    #expect(recorded == "one\n```nns\n1\n#> 1\n```\ntwo\n```nns new\n2\n#> 2\n```\n")
  }

  @Test("the reference checks every example")
  func theReferenceChecksEveryExample() {
    let pages = HelpText.languageReference() + HelpText.libraryReference()
    let sessions = MarkdownCode.sessions(of: Source(name: "reference", text: pages))
    #expect(sessions.count == HelpText.examples.count)
  }
}

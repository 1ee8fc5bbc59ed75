import ArgumentParser
import CTerminal
import Language
import Persistence

/// `nns test`, for scripts with expected output.
struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Compare what scripts show with the lines they expect.",
    discussion: """
      A comment line that starts with #> under a statement is its expected output; ... stands for any run of text, \
      and on a line of its own for any run of lines. An expected error ends only its own statement. Of a Markdown \
      file the code blocks marked nns are tested, as one session unless one is marked nns new.
      """)

  @Argument(help: ArgumentHelp("Scripts, or Markdown files.", valueName: "file"))
  var files: [String]

  @Flag(help: "Write what is shown as the expected output.")
  var record = false

  @Option(help: ArgumentHelp("The relative difference that numbers may have.", valueName: "x"))
  var tolerance = 1e-6

  func validate() throws {
    guard tolerance >= 0 else { throw ValidationError("The tolerance is a number from 0 on.") }
  }

  func run() throws {
    nns_catch_interrupts(true)
    let host = TerminalHost()
    var failures = 0
    for file in files {
      switch test(file, host) {
      case .success: break
      case .interrupted:
        host.writeErrorLine("error: interrupted in \(file)")
        throw ExitCode(ExitStatus.interrupted.rawValue)
      case .failure, .usage: failures += 1
      }
    }
    host.writeLine("\(files.count - failures) passed, \(failures) failed")
    host.flush()
    if failures > 0 { throw ExitCode(ExitStatus.failure.rawValue) }
  }

  private func test(_ file: String, _ host: TerminalHost) -> ExitStatus {
    do throws(Diagnostic) {
      // Under its last name only, so that expected errors are the same wherever the test is started.
      let name = file.split(separator: "/").last.map(String.init) ?? file
      let source = try Source.script(try Files.read(file), named: name, folder: Source.folder(of: file))
      let code = file.hasSuffix(".md") ? MarkdownCode.sessions(of: source) : [source]
      let report = TranscriptRunner(host: host, queries: QueryEngine(), tolerance: tolerance).run(code)
      if report.isInterrupted || nns_take_interrupt() { return .interrupted }
      if record {
        let recorded = report.recorded(in: source)
        if recorded != source.bytes { try Files.write(recorded, to: file) }
      }
      // Recording settles what differs; an error that was not expected is recorded too, but not silently.
      let remarkable = report.differences.filter { !record || $0.problem != .differs }
      for difference in remarkable {
        host.writeLine("\(file):\(difference.line): \(difference.problem.rawValue)")
        for line in difference.lines { host.writeLine(line) }
      }
      return remarkable.allSatisfy { record && $0.problem == .failed } ? .success : .failure
    } catch {
      host.report(error)
      return .failure
    }
  }
}

import Foundation
import Testing

/// The looks of a plot under some environment, and what has to be in the output or must not be.
struct PlotLooks: CustomTestStringConvertible, Sendable {
  var environment: String
  var options = ""
  /// Whether the output goes to a pseudo-terminal.
  var isTerminal = false
  var has: [String] = []
  var hasNot: [String] = []

  var testDescription: String { environment + " nns " + options + (isTerminal ? " on a terminal" : "") }

  static let escape = "\u{1b}["

  static let all: [PlotLooks] = [
    .init(environment: "", has: ["⡠"], hasNot: [escape]),
    .init(environment: "TERM=xterm-256color COLORTERM=truecolor", has: ["⡠"], hasNot: [escape]),
    .init(environment: "LC_ALL=C.UTF-8", has: ["⡠"], hasNot: [escape]),
    .init(environment: "LC_ALL=C", has: ["*", "+"], hasNot: ["⡠", escape]),
    .init(environment: "", options: "--ascii", has: ["*"], hasNot: ["⡠", escape]),
    .init(environment: "COLORTERM=truecolor", options: "--color always", has: ["\u{1b}[0;38;2;59;130;196m"]),
    .init(environment: "TERM=xterm-256color", options: "--color always", has: ["\u{1b}[0;38;5;"]),
    .init(environment: "TERM=linux", options: "--color always", has: ["\u{1b}[0;94m"], hasNot: ["38;5"]),
    .init(environment: "LANG=C.UTF-8 TERM=xterm", isTerminal: true, has: ["⡠", "\u{1b}[0;94m"]),
    .init(environment: "LANG=C.UTF-8 TERM=dumb", isTerminal: true, has: ["⡠"], hasNot: [escape]),
    .init(environment: "LANG=C.UTF-8 TERM=xterm NO_COLOR=1", isTerminal: true, has: ["⡠"], hasNot: [escape]),
    .init(environment: "LANG=C TERM=xterm", isTerminal: true, has: ["*", escape], hasNot: ["⡠"]),
    .init(
      environment: "LANG=C.UTF-8 TERM=xterm", options: "--color never", isTerminal: true, hasNot: [escape]),
  ]
}

@Suite("looks of plots", .enabled(if: Program.isBuilt))
struct PlotLooksTests {
  @Test("colours and characters are those that can be shown", arguments: PlotLooks.all)
  func looks(_ looks: PlotLooks) throws {
    let program = try #require(Program())
    if looks.isTerminal, !Terminal.isAvailable { return }
    let clean = "env -u NO_COLOR -u COLORTERM -u TERM -u LANG -u LC_ALL -u LC_CTYPE \(looks.environment)"
    let command = "\(clean) '\(program.path)' \(looks.options) -e 'plot([1, 2, 3])'"
    let quoted = command.replacingOccurrences(of: "'", with: "'\\''")
    let result = try program.runShell(
      looks.isTerminal ? "script --quiet --return --command '\(quoted)' /dev/null </dev/null" : command)
    #expect(result.status == 0, "\(result.errors)")
    let missing = looks.has.filter { !result.output.contains($0) }
    let unwanted = looks.hasNot.filter { result.output.contains($0) }
    #expect(missing.isEmpty && unwanted.isEmpty, "\(result.output)")
  }

  @Test("what is written to a pipe is 80 columns wide")
  func pipeWidth() throws {
    let program = try #require(Program())
    let result = try program.run(["-e", "plot([1, 2, 3])"])
    #expect(result.output.split(separator: "\n").map(\.count).max() == 80)
  }

  @Test("a plot is saved as a drawing or as characters", arguments: ["svg", "txt"])
  func saved(as ending: String) throws {
    let program = try #require(Program())
    try TemporaryFolder.with { folder in
      let result = try program.run(
        ["-e", "save(plot([1, 2, 3], title: \"growth\"), \"p.\(ending)\")"], in: folder)
      #expect(result.status == 0, "\(result.errors)")
      let text = try String(contentsOf: folder.appendingPathComponent("p.\(ending)"), encoding: .utf8)
      #expect(text.contains(ending == "svg" ? "<title>growth</title>" : "growth"))
    }
  }
}

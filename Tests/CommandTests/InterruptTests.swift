import Foundation
import Testing

/// A moment at which Ctrl-C is pressed: what is typed before, and what is shown by then.
struct InterruptedMoment: CustomTestStringConvertible, Sendable {
  var name: String
  var keys: String
  var shows: String
  /// How long it has been going on by then.
  var seconds = 0.0

  var testDescription: String { name }

  static let all: [InterruptedMoment] = [
    .init(name: "idle", keys: "", shows: "[2]>"), .init(name: "half typed", keys: "x + (1", shows: "x + (1"),
    .init(name: "in a further line", keys: "g(x) = {\rx", shows: "...>   x"),
    .init(name: "in a loop", keys: "while true { kept += 1 }\r", shows: "while", seconds: 0.4),
    .init(
      name: "in a long kernel", keys: "m = randn(1500, 1500); m @ m @ m @ m @ m @ m @ m @ m;\r",
      shows: "m @ m", seconds: 0.3),
    .init(
      name: "in fit",
      keys: "fit(mlp(1, 8, 1), randn(500, 1), randn(500, 1), epochs: 10000000, gradient_check: false)\r",
      shows: "fit(", seconds: 0.7),
    .init(name: "while it prints", keys: "for i in 0..<1000000000 { print(i) }\r", shows: "7\n"),
    .init(name: "under candidates", keys: "fit(\t", shows: "epochs:"),
    .init(name: "in a search", keys: "\u{12}kep", shows: "kep"),
    .init(name: "at a question", keys: "?tan", shows: "?tan"),
    .init(name: "in a paste without an end", keys: "\u{1b}[200~x = 1\r", shows: "[2]>"),
    .init(name: "before a quoted key", keys: "\u{16}", shows: "[2]>"),
  ]
}

@Suite("Ctrl-C", .enabled(if: Program.isBuilt && Terminal.isAvailable), .serialized)
struct InterruptTests {
  @Test(arguments: InterruptedMoment.all)
  func bringsThePromptBack(_ moment: InterruptedMoment) throws {
    let program = try #require(Program())
    try Terminal.with(program) { terminal in
      try terminal.wait(for: "prompt") { $0.beforeCursor == "[1]> " }
      try terminal.type("kept = 7\r")
      try terminal.wait(for: "second prompt") { $0.beforeCursor == "[2]> " }
      try terminal.press(moment.keys)
      try terminal.wait(for: moment.shows) { $0.text.contains(moment.shows) }
      Thread.sleep(forTimeInterval: moment.seconds)
      // A fit is paused by the first and cancelled by the next one.
      for _ in 0..<3 {
        try terminal.type("\u{3}")
        terminal.settle()
        if isAtPrompt(terminal.screen) { break }
      }
      try terminal.wait(for: "prompt after Ctrl-C") { isAtPrompt($0) }
      try terminal.type("kept * 11\r")
      try terminal.wait(for: "the session as it was") { $0.lines.contains("77") && isAtPrompt($0) }
      try terminal.type("\u{4}")
      #expect(try terminal.end() == 0)
    }
  }

  private func isAtPrompt(_ screen: Screen) -> Bool {
    let line = screen.beforeCursor
    return line.hasPrefix("[") && line.hasSuffix("]> ") && Int(line.dropFirst().dropLast(3)) != nil
  }
}

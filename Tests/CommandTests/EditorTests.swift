import Foundation
import Testing

/// Keys, and what stands before the cursor after them.
struct KeyCase: CustomTestStringConvertible, Sendable {
  var keys: String
  /// What the cursor's row shows up to the cursor.
  var line: String
  /// What is shown below, anywhere.
  var below: String?

  var testDescription: String { keys.debugDescription }

  static let setup = "rate = 0.1; p = (w: 1, bias: 2); f(x, steps: 1) = x; save_dataset(\"iris\", [1])"

  static let all: [KeyCase] = [
    .init(keys: "linear_f\t", line: "[2]> linear_fit("), .init(keys: "p.b\t", line: "[2]> p.bias"),
    .init(keys: "fit(net, x, y, ep\t", line: "[2]> fit(net, x, y, epochs: ", below: "fit(net, x, y: none"),
    .init(keys: "f(1, \t", line: "[2]> f(1, steps: ", below: "f(x, steps: 1)"),
    .init(keys: "load(\"da\t", line: "[2]> load(\"data/"),
    .init(keys: "load(\"da\tm\t", line: "[2]> load(\"data/my file.csv\""),
    .init(keys: "load(\"~/da\t", line: "/data/"), .init(keys: "dataset(\"\t", line: "[2]> dataset(\"iris\""),
    .init(keys: ":dif\t", line: "[2]> :diff "), .init(keys: ":goto \t", line: "[2]> :goto 1"),
    .init(keys: ":open \t", line: "[2]> :open main"), .init(keys: ":\t", line: "[2]> :", below: ":undo"),
    .init(keys: "\\alpha\t = \\theta\t", line: "[2]> α = θ"),
    .init(keys: "?linear_f\t", line: "[2]> ?linear_fit"),
    .init(keys: "whi\t", line: "[2]> while "), .init(keys: "ra\t", line: "[2]> ra", below: "rate"),
    .init(keys: "if rate {\r\t", line: "...>     "), .init(keys: "if rate {\r", line: "...>   "),
    .init(keys: "if rate {\r1\r}", line: "...> }"), .init(keys: "f(\r1", line: "...>   1"),
    .init(keys: "abc\u{1}x", line: "[2]> x"), .init(keys: "(\rab\u{1b}[A\u{5}c", line: "[2]> (c"),
    .init(keys: "(\rab\u{1b}[A\u{1b}[Bc", line: "...>  c"), .init(keys: "1 + 日本\u{8}", line: "[2]> 1 + 日"),
    .init(keys: "e\u{301}x\u{2}\u{2}y", line: "[2]> y"), .init(keys: "a\u{1b}\rb", line: "...> b"),
    .init(keys: "sav\u{1b}[A", line: "[2]> sav"), .init(keys: "rat\u{1b}[A", line: "[2]> rat"),
  ]
}

@Suite("the line editor", .enabled(if: Program.isBuilt && Terminal.isAvailable), .serialized)
struct EditorTests {
  let program: Program

  init() throws { program = try #require(Program()) }

  /// A prompt with some names, some files and a session called main.
  private func withPrompt(
    columns: Int = 80, rows: Int = 24, kind: String = "xterm-256color", environment: [String: String] = [:],
    _ body: (Terminal) throws -> Void
  ) throws {
    try TemporaryFolder.with { home in
      let data = home.appendingPathComponent("data")
      try FileManager.default.createDirectory(at: data, withIntermediateDirectories: false)
      for name in ["iris.csv", "my file.csv"] { try Data().write(to: data.appendingPathComponent(name)) }
      try Terminal.with(
        program, home: home, kind: kind, arguments: "--session main", columns: columns, rows: rows,
        environment: environment
      ) { terminal in
        try terminal.wait(for: "prompt") { $0.beforeCursor == "[1]> " }
        try terminal.type(KeyCase.setup + "\r")
        try terminal.wait(for: "second prompt") { $0.beforeCursor == "[2]> " }
        try body(terminal)
        #expect(terminal.screen.unknown.isEmpty)
      }
    }
  }

  @Test func keysDoWhatTheyShould() throws {
    try withPrompt(columns: 100, rows: 60) { terminal in
      for key in KeyCase.all {
        try terminal.press(key.keys)
        try terminal.wait(for: "\(key.line.debugDescription) after \(key.keys.debugDescription)") {
          $0.beforeCursor.hasSuffix(key.line) && (key.below.map($0.text.contains) ?? true)
        }
        try terminal.type("\u{3}")
        try terminal.wait(for: "prompt after Ctrl-C") { $0.beforeCursor == "[2]> " }
        // Whatever stood below is gone.
        #expect(
          terminal.screen.lines.last == "[2]>", "after \(key.keys.debugDescription):\n\(terminal.screen.text)"
        )
        try terminal.type("\u{c}")
        try terminal.wait(for: "clear screen") { $0.lines == ["[2]>"] }
      }
    }
  }

  @Test func aLessonLeftByControlDLeavesNothingBehind() throws {
    try withPrompt { terminal in
      try terminal.type(":demo descent\r")
      try terminal.wait(for: "lesson") { $0.beforeCursor.hasPrefix("descent 1/") }
      try terminal.type("\u{4}")
      try terminal.wait(for: "prompt after the lesson") { $0.beforeCursor == "[2]> " }
      try terminal.type("\u{c}")
      try terminal.press("g(x) = {\rx^2\r}\r")
      try terminal.wait(for: "third prompt") { $0.beforeCursor == "[3]> " }
      #expect(terminal.screen.lines == ["[2]> g(x) = {", "...>   x^2", "...> }", "[3]>"])
    }
  }

  @Test("what random keys leave on the screen is what drawing it anew shows", arguments: [20, 41, 80, 300])
  func nothingIsLeftBehind(columns: Int) throws {
    let keys = [
      "a", "let ", "12.5 ", "\"text ", "\"", "(", ")", "{", "}", "日", "本語", "e\u{301}", "ü", "# note ",
      "\u{1b}\r",
      "\u{1b}[D", "\u{1b}[D\u{1b}[D", "\u{1b}[C", "\u{7f}", "\u{1b}[A", "\u{1b}[B", "\u{1}", "\u{5}", "\u{b}",
      "fit(x, \t",
      "\t", "\u{17}", "\u{19}", "for i in ", "abcdefghijklmnop", "\u{1f}", "\u{1b}b", "\u{16}\u{1b}",
    ]
    var generator = SystemRandomNumberGenerator()
    try withPrompt(columns: columns, rows: 16) { terminal in
      for _ in 0..<12 {
        let typed = (0..<Int.random(in: 5..<60, using: &generator)).map { _ in
          keys.randomElement(using: &generator) ?? ""
        }
        for key in typed { try terminal.type(key) }
        // Candidates are no part of the input.
        try terminal.type("x")
        terminal.settle()
        let shown = terminal.screen
        try terminal.type("\u{c}")
        terminal.settle()
        let redrawn = terminal.screen
        let first = shown.cursor.row - redrawn.cursor.row
        let lines = Array(shown.lines.dropFirst(max(0, first)))
        #expect(lines == redrawn.lines, "\(typed)\n\(shown.text)\n--\n\(redrawn.text)")
        #expect(shown.cursor.column == redrawn.cursor.column, "\(typed)")
        try terminal.type("\u{3}")
        try terminal.wait(for: "prompt") { $0.beforeCursor.hasSuffix("[2]> ") }
      }
    }
  }

  @Test("a window of another size shows the same", arguments: [(80, 30), (40, 100), (60, 20), (100, 300)])
  func resizing(from: Int, to: Int) throws {
    try withPrompt(columns: from) { terminal in
      let long = "\"" + String(repeating: "0123456789", count: 12) + "\","
      try terminal.press("(\r\(long)\r日本語 + 1")
      terminal.settle()
      terminal.resize(columns: to, rows: 24)
      terminal.settle()
      let resized = terminal.screen
      try terminal.type("\u{c}")
      terminal.settle()
      let lines = resized.lines.drop { !$0.hasPrefix("[2]> ") }
      #expect(Array(lines) == terminal.screen.lines, "\(resized.text)\n--\n\(terminal.screen.text)")
      #expect(terminal.screen.lines.joined().contains("日本語 + 1"))
    }
  }

  @Test func whatIsPastedIsTextUntilReturn() throws {
    try withPrompt { terminal in
      try terminal.type("\u{1b}[200~a = 20\r\nfor i in 0..<3 {\r\ta += i\r\n}\r\na\r\n\u{1b}[201~")
      try terminal.wait(for: "the pasted text") { $0.beforeCursor.hasSuffix("...> a") }
      #expect(!terminal.screen.lines.contains("23"))
      try terminal.type("\r")
      try terminal.wait(for: "one cell") { $0.lines.contains("23") && $0.beforeCursor == "[3]> " }
      // A transcript: only its inputs, each as a cell of its own.
      try terminal.type(
        "\u{1b}[200~nns 0.1.0\r[7]> b = 5\r[8]> g(x) = {\r...>   x * b\r...> }\r[9]> g(4)\r9999\r\u{1b}[201~")
      try terminal.wait(for: "the inputs") { $0.beforeCursor.hasSuffix("...> g(4)") }
      try terminal.type("\r")
      try terminal.wait(for: "three cells") { $0.lines.contains("20") && $0.beforeCursor == "[6]> " }
      #expect(!terminal.screen.text.contains("9999"))
      // Keys in a paste are no keys.
      try terminal.type("\u{1b}[200~x\u{4}\u{1b}[Ay\u{1b}[201~")
      try terminal.wait(for: "harmless text") { $0.beforeCursor.hasSuffix("> x[Ay") }
    }
  }

  @Test func aCellIsRecalledAndEditedWhole() throws {
    try withPrompt { terminal in
      try terminal.press("h(x) = {\rx + 100\r}\r")
      try terminal.wait(for: "third prompt") { $0.beforeCursor == "[3]> " }
      try terminal.type("\u{1b}[A")
      try terminal.wait(for: "the cell") { $0.beforeCursor == "...> }" }
      try terminal.type("\u{1b}[A\u{5}0\r")
      try terminal.wait(for: "fourth prompt") { $0.beforeCursor == "[4]> " }
      try terminal.type("h(1)\r")
      try terminal.wait(for: "its result") { $0.lines.contains("1001") && $0.beforeCursor == "[5]> " }
      // By its beginning.
      try terminal.type("h(x\u{1b}[A")
      try terminal.wait(for: "the newer cell") { $0.text.hasSuffix("...>   x + 1000\n...> }") }
      try terminal.type("\u{1b}[A")
      try terminal.wait(for: "the older cell") { $0.text.hasSuffix("...>   x + 100\n...> }") }
    }
  }

  @Test(
    "what is typed has colours where there are any",
    arguments: [
      ("xterm-256color", "", [:], true), ("xterm", "", ["NO_COLOR": "1"], false),
      ("xterm", "--color never", [:], false),
      ("dumb", "", [:], false), ("xterm", "--color always", [:], true), ("screen", "", [:], true),
    ] as [(String, String, [String: String], Bool)])
  func colors(kind: String, arguments: String, environment: [String: String], hasColor: Bool) throws {
    try Terminal.with(program, kind: kind, arguments: arguments, environment: environment) { terminal in
      try terminal.wait(for: "prompt") { $0.beforeCursor == "[1]> " }
      try terminal.type("if 42 { \"text\" } ) # note")
      try terminal.wait(for: "text") { $0.beforeCursor.hasSuffix("note") }
      let looks = ["if", "42", "\"text", ")", "# note"].map { terminal.screen.look(of: $0) ?? "" }
      #expect(Set(looks).count == (hasColor ? 5 : 1), "\(looks)")
      guard hasColor else { return #expect(!terminal.seen.contains("\u{1b}[3")) }
      // The bracket at the cursor and its partner look alike, and not as other brackets do.
      try terminal.type("\u{3}f((1)")
      try terminal.wait(for: "brackets") { $0.beforeCursor.hasSuffix("f((1)") }
      let brackets = ["((1)", "(1)", ")"].map { terminal.screen.look(of: $0) ?? "" }
      #expect(brackets[1] == brackets[2] && brackets[0] != brackets[1], "\(brackets)")
    }
  }

  @Test func aPausedTrainingHasNamesAndCommandsOfItsOwn() throws {
    try withPrompt { terminal in
      try terminal.type("fit(mlp(1, 8, 1), randn(500, 1), randn(500, 1), epochs: 10000000);\r")
      Thread.sleep(forTimeInterval: 1)
      try terminal.type("\u{3}")
      try terminal.wait(for: "pause") { $0.beforeCursor == "[paused]> " }
      for (keys, line) in [
        ("run.best\t", "run.best_epoch"), (":con\t", ":continue"), ("rate_\u{7f}\t", "rate"),
      ] {
        try terminal.type(keys)
        try terminal.wait(for: line) { $0.beforeCursor == "[paused]> " + line }
        try terminal.type("\u{3}")
        try terminal.wait(for: "pause") { $0.beforeCursor == "[paused]> " }
      }
      try terminal.type("\u{3}")
      try terminal.wait(for: "prompt") { $0.beforeCursor == "[3]> " }
    }
  }

  @Test("text is text in every locale", arguments: ["C", "C.UTF-8", "POSIX", "de_DE.UTF-8"])
  func locales(name: String) throws {
    try withPrompt(environment: ["LC_ALL": name]) { terminal in
      try terminal.type("größe = 3; \\alpha\t = größe\u{1}\u{5}\u{8}\u{8}\u{8}\u{8}\u{8}größe * 2; α\r")
      try terminal.wait(for: "its result") { $0.lines.contains("6") && $0.beforeCursor == "[3]> " }
    }
  }
}

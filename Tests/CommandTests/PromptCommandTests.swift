import Foundation
import Testing

/// Lines typed at a prompt, and what is shown after each of them.
struct PromptDialogue: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var lines: [(typed: String, shown: [String])]

  static let all: [PromptDialogue] = [
    .init(
      testDescription: "stale marks",
      lines: [
        ("w = 2", []), ("f(x) = w * x", []), ("y = f(3)", []), ("w = 5", []),
        (":cells", ["y = f(3)  (stale: w changed in [4])", "w = 5"]),
        (":rerun stale", ["[5]> y = f(3)"]), ("y", ["15"]), (":rerun stale", ["nothing is stale"]),
        (":why y", ["f(x) = w * x", "[4]", "w = 5", "[5]", "y = f(3)"]), (":why sin", ["sin is predefined"]),
        (":why yy", ["nothing is named yy", "did you mean y?"]), (":rerun x", ["no number of a cell"]),
      ]),
    .init(
      testDescription: "branches",
      lines: [
        ("a = 1", []), ("b = 2", []), ("c = a + b", []), (":undo", ["after cell 2"]), ("c = a * 10", []),
        (":cells", ["[3a]  c = a + b", ">  [3b]  c = a * 10"]), (":cell 3a", ["[3]> c = a + b"]),
        (":goto 3a", ["after cell 3a: c = a + b"]), ("c", ["3"]), (":diff 3a 3b", ["c  3 -> 10"]),
        (":goto 3c", ["there is no cell 3c; the last one of that number is 3b"]), (":goto 0", ["beginning"]),
        ("foo", ["nothing is named foo"]), (":redo", ["after cell 1a: a = 1"]),
        (":sessions", ["> 2", "1 cell  "]), (":fork other", []), (":sessions", ["> 2", "1 cell  other"]),
      ]),
    .init(
      testDescription: "names as a table",
      lines: [
        (":vars", ["no names have values yet"]), ("x = zeros(2, 3)", []), ("name = \"a\"", []),
        (":vars", ["name", "type", "shape", "size", "cell", "f64 tensor", "[2, 3]", "48 B", "1", "string"]),
        (":vars am", ["1 character"]),
      ]),
    .init(
      testDescription: "settings",
      lines: [
        (":set", ["precision  f64", "f64, f32", "digits     auto", "steps", "threads"]),
        (":set digits 3", []), ("pi", ["3.14"]), ("[pi, 1]", ["[3.14, 1]"]), (":set digits auto", []),
        ("pi", ["3.141592654"]), (":set precision f32", ["precision(\"f32\")"]),
        ("zeros(1).dtype", ["\"f32\""]),
        (":undo", []), (":undo", []), ("zeros(1).dtype", ["\"f64\""]), (":set steps 1000", []),
        ("while true { }", ["step limit"]), (":set steps none", []), ("repeat 5000 { }; 5", ["5"]),
        (":set digts 3", ["did you mean digits?", "precision"]),
        (":set color blue", ["it can be auto, always, never"]),
        (":set memory 1MB", []), ("ones(1000, 1000)", ["more than the limit of 1 MB"]),
        (":set style ascii", []),
        ("plot([1, 2])", ["*"]), (":set style none", ["braille, block, ascii"]),
      ]),
    .init(
      testDescription: "times and questions",
      lines: [
        ("n = 0", []), (":time n += 1; n", ["1", "time: ", "at best, median", "runs"]), ("n", ["1"]),
        (":time nothing_here", ["nothing is named nothing_here"]), (":time (1 +", ["stops in the middle"]),
        (":time", [":time EXPR"]), ("t = table(a: [1, 2], b: [\"x\", \"y\"])", []),
        (":sql select b, a * 2 as c from t where a > 1", ["table of 1 row", "y", "4"]),
        (":sql select number, source from cells where number < 2", ["n = 0"]),
        (":sql delete from cell", ["only questions"]), (":sql select nope from t", ["no such column"]),
      ]),
    .init(
      testDescription: "exports",
      lines: [
        ("40 + 2", ["42"]), (":export a.md", ["1 cell written to a.md"]),
        ("read_text(\"a.md\")", ["```text\\n42"]),
        (":export a.pdf", [".md, .html, .ipynb, .nns"]), (":export a.nns", ["2 cells"]),
        (":export no/such/a.md", ["no/such"]), (":continue", ["nothing is paused"]),
        (":stop", ["nothing is paused"]),
      ]),
  ]
}

@Suite("commands of the prompt", .enabled(if: Program.isBuilt && Terminal.isAvailable), .serialized)
struct PromptCommandTests {
  let program: Program

  init() throws { program = try #require(Program()) }

  @Test("commands do what they say", arguments: PromptDialogue.all)
  func converses(_ dialogue: PromptDialogue) throws {
    try TemporaryFolder.with { folder in
      try Terminal.with(program, home: folder) { terminal in
        try terminal.expect("]> ")
        for (typed, shown) in dialogue.lines {
          try terminal.type(typed + "\r")
          for text in shown { try terminal.expect(text) }
          try terminal.expect("]> ")
        }
        try terminal.type("\u{4}")
        #expect(try terminal.end() == 0)
      }
    }
  }

  @Test("Ctrl-C pauses a fit, which goes on, ends, or is cancelled")
  func pauses() throws {
    try Terminal.with(program, columns: 160) { terminal in
      func start(_ name: String) throws {
        try terminal.type("\(name) = fit(net, x, x^2, epochs: 1000000);\r")
        Thread.sleep(forTimeInterval: 0.7)
        try terminal.type("\u{3}", expecting: "paused in epoch")
        try terminal.expect("[paused]> ")
      }
      try terminal.expect("[1]> ")
      try terminal.type("x = linspace(-1, 1, 64)[:, none]\r", expecting: "[2]> ")
      try terminal.type("net = mlp(1, 8, 1)\r", expecting: "[3]> ")
      try start("r")
      try terminal.type("run.stopped\r", expecting: "\"paused\"")
      try terminal.expect("[paused]> ")
      try terminal.type("x = 3\r", expecting: "[paused]> ")
      try terminal.type(":undo\r", expecting: "has to wait")
      try terminal.expect("[paused]> ")
      try terminal.type("half typed", expecting: "half typed")
      try terminal.type("\u{3}", expecting: "[paused]> ")
      try terminal.type("epochs = 0\r", expecting: "[paused]> ")
      try terminal.type(":continue\r", expecting: "epochs must be")
      try terminal.expect("[paused]> ")
      try terminal.type("epochs = 1; lr = 0.5\r", expecting: "[paused]> ")
      try terminal.type(":continue\r", expecting: "epochs 1000000 -> 1")
      try terminal.expect("[4]> ")
      try terminal.type("(r.stopped, x.shape)\r", expecting: "(\"finished\", [64, 1])")
      try start("s")
      try terminal.type(":stop\r", expecting: "[6]> ")
      try terminal.type("s.stopped\r", expecting: "\"interrupted\"")
      try start("t")
      try terminal.type("\u{3}", expecting: "interrupted")
      try terminal.expect("]> ")
      try terminal.type("t\r", expecting: "nothing is named t")
      try terminal.expect("]> ")
      try terminal.type("\u{4}")
      #expect(try terminal.end() == 0)
    }
  }

  @Test("a live plot is drawn in place and makes room for the result")
  func drawsInPlace() throws {
    try Terminal.with(program) { terminal in
      try terminal.expect("[1]> ")
      try terminal.type("x = linspace(-1, 1, 64)[:, none]\r", expecting: "[2]> ")
      try terminal.type("fit(mlp(1, 32, 1), x, x^2, epochs: 9000, live: true)\r")
      for text in ["\u{1b}[?2026h", "epoch", "fit", "\u{1b}[?2026l", "\u{1b}[14A", "\u{1b}[J", "run: "] {
        try terminal.expect(text)
      }
      try terminal.expect("[3]> ")
      try terminal.type("\u{4}")
      #expect(try terminal.end() == 0)
    }
  }

  @Test("without a terminal progress is a line every tenth")
  func logsTenths() throws {
    // Every round takes a fifth of a second.
    let loop =
      "for i in 0..<10 { progress(i, 10, task: \"rounds\"); t = timeit(() -> 1) }; progress(10, 10); 7"
    let result = try program.run(["-e", loop])
    let lines = result.errors.split(separator: "\n")
    #expect(result.output == "7\n" && (3...8).contains(lines.count), "\(result.errors)")
    #expect(lines.allSatisfy { $0.hasPrefix("rounds  [") && $0.hasSuffix(" left") }, "\(result.errors)")
  }
}

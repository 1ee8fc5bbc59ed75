import Foundation
import Testing

@Suite("the prompt", .enabled(if: Program.isBuilt && Terminal.isAvailable), .serialized)
struct PromptTests {
  let program: Program

  init() throws { program = try #require(Program()) }

  @Test func evaluatesCellsAndLeavesByControlD() throws {
    try Terminal.with(program) { terminal in
      try terminal.expect("[1]> ")
      try terminal.type("1 +\r", expecting: "...> ")
      try terminal.type("41\r", expecting: "42")
      try terminal.expect("[2]> ")
      try terminal.type("ans * 2\r", expecting: "84")
      try terminal.expect("[3]> ")
      try terminal.type("undefined_thing\r", expecting: "undefined_thing")
      try terminal.expect("-->")
      try terminal.expect("]> ")
      try terminal.type("\u{4}")
      #expect(try terminal.end() == 0)
    }
  }

  @Test func controlCStopsACellAndClearsALine() throws {
    try Terminal.with(program) { terminal in
      try terminal.expect("[1]> ")
      try terminal.type("x = 7\r", expecting: "[2]> ")
      try terminal.type("while true { x += 1 }\r")
      Thread.sleep(forTimeInterval: 0.3)
      try terminal.type("\u{3}", expecting: "interrupted")
      try terminal.expect("[3]> ")
      try terminal.type("x + (\u{3}", expecting: "[3]> ")
      try terminal.type("x * 11\r", expecting: "77")
      try terminal.expect("]> ")
      try terminal.type("\u{4}")
      #expect(try terminal.end() == 0)
    }
  }

  @Test func aCellOfSeveralLinesComesBackWhole() throws {
    try TemporaryFolder.with { home in
      try Terminal.with(program, home: home) { terminal in
        try terminal.expect("Try:")
        try terminal.expect("[1]> ")
        try terminal.type("(100 +\r", expecting: "...> ")
        try terminal.type("len(\"\\\\\"))\r", expecting: "101")
        try terminal.expect("[2]> ")
        try terminal.type("\u{4}")
        #expect(try terminal.end() == 0)
      }
      try Terminal.with(program, home: home) { terminal in
        try terminal.expect("[1]> ")
        try terminal.type("\u{10}")
        try terminal.expect("len(")
        try terminal.type("\r", expecting: "101")
        try terminal.expect("[2]> ")
        try terminal.type("\u{4}")
        #expect(try terminal.end() == 0)
      }
    }
  }

  @Test func questionsShowHelp() throws {
    try Terminal.with(program) { terminal in
      try terminal.expect("[1]> ")
      try terminal.type("?tanh\r", expecting: "yperbolic tangent")
      try terminal.expect("[1]> ")
      try terminal.type("??matrix\r", expecting: "det")
      try terminal.expect("[1]> ")
      try terminal.type("quit\r", expecting: "Ctrl-D leaves")
      try terminal.expect("]> ")
      try terminal.type("\u{4}")
      #expect(try terminal.end() == 0)
    }
  }

  @Test func aDumbTerminalGetsPlainText() throws {
    try Terminal.with(program, kind: "dumb") { terminal in
      try terminal.expect("[1]> ")
      try terminal.type("6 * 7\r", expecting: "42")
      try terminal.expect("[2]> ")
      #expect(!terminal.seen.contains("\u{1b}"))
      try terminal.type("\u{4}")
      #expect(try terminal.end() == 0)
    }
  }
}

import Foundation
import Testing

@Suite("what was typed", .enabled(if: Program.isBuilt && Terminal.isAvailable), .serialized)
struct HistoryTests {
  let program: Program

  init() throws { program = try #require(Program()) }

  @Test func isFoundInTheNextSessionAndInOnesOwnFirst() throws {
    try TemporaryFolder.with { home in
      for (session, cell) in [("one", "first_cell = 1"), ("two", "second_cell = 2")] {
        try Terminal.with(program, home: home, arguments: "--session \(session)") { terminal in
          try terminal.wait(for: "prompt") { $0.beforeCursor == "[1]> " }
          try terminal.type("\(cell)\r\(cell)\r?sin\rbroken * )\r")
          try terminal.wait(for: "error") { $0.text.contains("error") && $0.beforeCursor == "[3]> " }
          try terminal.type("\u{4}")
          #expect(try terminal.end() == 0)
        }
      }
      try Terminal.with(program, home: home, arguments: "--session one") { terminal in
        try terminal.wait(for: "prompt") { $0.beforeCursor == "[3]> " }
        // One's own first, repetitions as one, questions and failures too.
        for line in ["broken * )", "?sin", "first_cell = 1", "broken * )", "?sin", "second_cell = 2"] {
          try terminal.type("\u{10}")
          try terminal.wait(for: line) { $0.beforeCursor == "[3]> " + line }
        }
        try terminal.type("\u{12}second")
        try terminal.wait(for: "found") {
          $0.text.contains("second_cell = 2") && $0.text.contains("i-search")
        }
        try terminal.type("\r")
        try terminal.wait(for: "its prompt") { $0.beforeCursor == "[4]> " }
      }
    }
  }

  @Test func isFoundInAnotherProcessAtOnce() throws {
    try TemporaryFolder.with { home in
      try Terminal.with(program, home: home) { first in
        try first.wait(for: "prompt") { $0.beforeCursor == "[1]> " }
        try Terminal.with(program, home: home) { second in
          try second.wait(for: "prompt") { $0.beforeCursor == "[1]> " }
          try second.press("from_the_other = (\r41 + 1\r)\r")
          try second.wait(for: "second prompt") { $0.beforeCursor == "[2]> " }
          try first.type("\u{12}the_other")
          try first.wait(for: "the other's cell") { $0.text.contains("...>   41 + 1") }
          try first.type("\r")
          try first.wait(for: "second prompt") { $0.beforeCursor == "[2]> " }
          try first.type("from_the_other\r")
          try first.wait(for: "its value") { $0.lines.contains("42") }
        }
      }
    }
  }

  @Test func staysInMemoryWithoutAStore() throws {
    try TemporaryFolder.with { home in
      try Terminal.with(program, home: home, arguments: "--no-store") { terminal in
        try terminal.wait(for: "prompt") { $0.beforeCursor == "[1]> " }
        try terminal.type("lost = 1\r")
        try terminal.wait(for: "second prompt") { $0.beforeCursor == "[2]> " }
        try terminal.type("\u{10}")
        try terminal.wait(for: "the cell") { $0.beforeCursor == "[2]> lost = 1" }
        try terminal.type("\u{3}\u{4}")
        #expect(try terminal.end() == 0)
      }
      let files =
        FileManager.default.enumerator(atPath: home.path)?.allObjects.compactMap { $0 as? String } ?? []
      #expect(files.isEmpty)
    }
  }

  @Test(
    "an editor changes a cell",
    arguments: [
      ("sed -i s/20/42/", "42"), ("false", "ended with status 1; nothing was evaluated"),
      ("/nowhere/editor", "cannot be started"), ("sh -c 'kill -9 $$'", "ended with status 137"),
      ("sh -c 'printf \"f(x) = (\" > \"$0\"'", "[2]> f(x) = ("), ("sh -c ': > \"$0\"'", "[2]>"),
    ])
  func editing(editor: String, shows: String) throws {
    try Terminal.with(program, environment: ["EDITOR": editor]) { terminal in
      try terminal.wait(for: "prompt") { $0.beforeCursor == "[1]> " }
      try terminal.type("20 + 0\r")
      try terminal.wait(for: "second prompt") { $0.beforeCursor == "[2]> " }
      try terminal.type(":edit 1\r")
      try terminal.wait(for: shows) { screen in
        screen.text.contains(shows) && screen.lines.last?.hasPrefix("[") == true
      }
      try terminal.type("\u{3}1 + 76\r")
      try terminal.wait(for: "life after it") { $0.lines.contains("77") }
    }
  }
}

import Foundation
import Testing

@Suite("lessons", .enabled(if: Program.isBuilt && Terminal.isAvailable), .serialized)
struct LessonTests {
  let program: Program

  init() throws { program = try #require(Program()) }

  /// The lessons by their files.
  static let names: [String] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/Guide/Lessons").standardizedFileURL
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.map { String($0.dropLast(4)) }.sorted()
  }()

  @Test("Enter leads through the lesson", arguments: names)
  func enterLeadsThrough(_ name: String) throws {
    try Terminal.with(program, kind: "dumb") { terminal in
      try terminal.expect("[1]> ")
      try terminal.type(":demo \(name)\r", expecting: "\(name) 1/")
      let start = try #require(terminal.seen.range(of: "\(name) 1/", options: .backwards))
      let count = try #require(Int(terminal.seen[start.upperBound...].prefix { $0.isNumber }))
      #expect((8...40).contains(count))
      for step in 2...count { try terminal.type("\r", expecting: "\(name) \(step)/\(count)> ") }
      try terminal.type("\r", expecting: "end of the lesson")
      try terminal.type(":vars\r", expecting: "no names have values yet")
      try terminal.expect("]> ")
      #expect(!terminal.seen.contains("error:"))
      try terminal.type("\u{4}")
      #expect(try terminal.end() == 0)
    }
  }

  @Test func somethingElseMayBeTried() throws {
    try Terminal.with(program, kind: "dumb") { terminal in
      try terminal.expect("[1]> ")
      try terminal.type("x = 7\r", expecting: "[2]> ")
      try terminal.type(":demo descent\r", expecting: "descent 1/")
      try terminal.type("\r", expecting: "descent 2/")
      try terminal.type("walk(2,\r", expecting: "...> ")
      try terminal.type("6)\r", expecting: "arrive after 3")
      try terminal.expect("descent 2/")
      try terminal.type("?sign\r", expecting: "by the sign")
      try terminal.type("undefined_thing\r", expecting: "nothing is named undefined_thing")
      try terminal.expect("descent 2/")
      try terminal.type(":undo\r", expecting: "lesson is over")
      try terminal.type("\u{3}", expecting: "descent 2/")
      try terminal.type(":quit\r", expecting: "your session is as it was")
      try terminal.type("x + 1\r", expecting: "8")
      try terminal.type(":demo\r", expecting: ":demo spikes")
      try terminal.type(":demo 5\r", expecting: "descent 1/")
      try terminal.type("\u{4}", expecting: "your session is as it was")
      try terminal.expect("[3]> ")
      try terminal.type("\u{4}")
      #expect(try terminal.end() == 0)
    }
  }

  @Test func helpIsAskedForInManyWays() throws {
    try Terminal.with(program, kind: "dumb") { terminal in
      try terminal.expect(":demo descent")
      try terminal.expect("[1]> ")
      try terminal.type(":help\r", expecting: ":doc library describes")
      try terminal.type(":help undo\r", expecting: "before the last cell")
      try terminal.type("?:undo\r", expecting: "before the last cell")
      try terminal.type("?for\r", expecting: "once for each item")
      try terminal.type("?@\r", expecting: "matrix product")
      try terminal.type("?|>\r", expecting: "first argument")
      try terminal.type("?arange\r", expecting: "arange is called range here")
      try terminal.type("max = 3\r", expecting: "[2]> ")
      try terminal.type("?max\r", expecting: "it hides what max is otherwise")
      try terminal.type("?? gradient descent\r", expecting: ":demo descent")
      try terminal.type(":doc\r", expecting: ":doc tour")
      try terminal.type(":doc nonsense\r", expecting: "the pages are")
      try terminal.expect("]> ")
      try terminal.type("\u{4}")
      #expect(try terminal.end() == 0)
    }
  }
}

import Testing

@testable import Formats

@Suite("JSON")
struct JSONTests {
  static let readable: [(text: String, wanted: JSON)] = [
    ("null", .null), (" true ", .bool(true)), ("-0.5e+2", .number(-50)), ("0", .number(0)),
    ("[]", .array([])),
    ("{}", .object([])), ("\u{FEFF}1", .number(1)), ("1e999", .number(.infinity)),
    (
      "[1, \"a\", [null]]\n", .array([.number(1), .string("a"), .array([.null])])
    ),
    ("{\"a\": 1, \"a\": 2}", .object([JSON.Member("a", .number(1)), JSON.Member("a", .number(2))])),
    (#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude42""#, .string("\"\\/\u{8}\u{c}\n\r\té🙂")),
    (#""\ud83d x""#, .string("\u{FFFD} x")),
  ]

  @Test("reads what is meant", arguments: readable)
  func reads(_ example: (text: String, wanted: JSON)) throws {
    let found = try JSON(reading: Array(example.text.utf8))
    #expect(found == example.wanted)
    let again = try JSON(reading: found.bytes)
    #expect(again == found)
  }

  static let mistakes: [(text: String, line: Int, column: Int)] = [
    ("[1,]", 1, 4), ("{\"a\" 1}", 1, 6), ("[1\n 2]", 2, 2), ("01", 1, 1), ("1.", 1, 2), ("-", 1, 1),
    ("+1", 1, 1),
    (".5", 1, 1), ("\"a", 1, 1), ("\"\\x\"", 1, 2), ("\"a\tb\"", 1, 3), ("nul", 1, 1), ("[1] 2", 1, 5),
    ("{1: 2}", 1, 2),
    ("NaN", 1, 1), ("'a'", 1, 1), ("[", 1, 2),
  ]

  @Test("mistakes have a place", arguments: mistakes)
  func mistakesHaveAPlace(_ example: (text: String, line: Int, column: Int)) {
    do {
      _ = try JSON(reading: Array(example.text.utf8))
      Issue.record("\(example.text) was read")
    } catch {
      guard case .text(_, line: example.line, column: example.column) = error else {
        Issue.record("\(example.text): \(error)")
        return
      }
    }
  }

  @Test("as deep as allowed and no deeper")
  func depth() throws {
    func nested(_ levels: Int) -> [UInt8] {
      Array(repeating: UInt8(ascii: "["), count: levels) + Array(repeating: UInt8(ascii: "]"), count: levels)
    }
    _ = try JSON(reading: nested(JSON.maximumDepth))
    #expect(throws: FormatError.self) { try JSON(reading: nested(JSON.maximumDepth + 1)) }
  }
}

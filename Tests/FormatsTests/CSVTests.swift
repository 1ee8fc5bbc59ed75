import Tensors
import Testing

@testable import Formats

@Suite("CSV")
struct CSVTests {
  /// A file, what its columns hold, and how it is read.
  struct Case: CustomTestStringConvertible, Sendable {
    var text: String
    var wanted: [String]
    var change: @Sendable (inout CSV.Options) -> Void = { _ in }

    var testDescription: String { text.debugDescription }
  }

  static let readable: [Case] = [
    Case(text: "a,b\n1,x\n2,y\n", wanted: ["a 1 2", "b x y"]),
    Case(text: "a,b\r\n1,x\r\n2,y", wanted: ["a 1 2", "b x y"]),
    Case(text: "a,b\r1,x\r2,y\r", wanted: ["a 1 2", "b x y"]),
    Case(text: "\u{FEFF}a;b\n1;2\n", wanted: ["a 1", "b 2"]),
    Case(text: "a\tb\n1\t2,5\n", wanted: ["a 1", "b 2,5"]),
    Case(text: "a|b\n1|2\n", wanted: ["a 1", "b 2"]),
    Case(text: "\"a,b\";c\n1;2\n", wanted: ["a,b 1", "c 2"]),
    Case(text: "a\n\"x\"\"y\"\n\"line\r\none\"\n", wanted: ["a x\"y line\r\none"]),
    Case(text: "a,b\n,\nNA,x\n\"\",\"NA\"\n", wanted: ["a none none ", "b none x NA"]),
    Case(text: "a,b\n1,true\nnan,false\n", wanted: ["a 1 nan", "b true false"]),
    Case(text: "a,b\n1,true\n2,\n", wanted: ["a 1 2", "b true none"]),
    Case(text: "a,b\n\n1,2\n\n3,4\n\n", wanted: ["a 1 3", "b 2 4"]),
    Case(text: "a\n1\n\n3\n\n", wanted: ["a 1 nan 3"]),
    Case(text: "a,b\n 1 ,\" 2\"\n", wanted: ["a 1", "b 2"]),
    Case(text: "a,a,,c2\n1,2,3,4\n", wanted: ["a 1", "a_2 2", "c2_2 3", "c2 4"]),
    Case(text: "1,2\n3,4\n", wanted: ["c0 1 3", "c1 2 4"]) { $0.hasHeader = false },
    Case(text: "a;b\n1,5;-2,5e3\n", wanted: ["a 1.5", "b -2500"]) { $0.decimal = "," },
    Case(text: "a;b\n1.234,5;1.23\n", wanted: ["a 1234.5", "b 1.23"]) {
      $0.decimal = ","
      $0.thousands = "."
    },
    Case(text: "a b\n1 2\n", wanted: ["a 1", "b 2"]) { $0.separator = " " },
    Case(text: "a\n-\n1\n", wanted: ["a nan 1"]) { $0.missing = ["-"] },
    Case(text: "zip\n01234\n", wanted: ["zip 01234"]) { $0.texts = ["zip"] },
    Case(text: "# one\r\n# two\ra,b\n1,2\n", wanted: ["a 1", "b 2"]) { $0.skippedLines = 2 },
    Case(text: "a,b\n", wanted: ["a", "b"]),
  ]

  @Test("reads what is meant", arguments: readable)
  func readsWhatIsMeant(_ example: Case) throws {
    var options = CSV.Options()
    example.change(&options)
    #expect(try CSVTests.describe(CSV.read(Array(example.text.utf8), options: options)) == example.wanted)
  }

  @Test("a column that turns out to be text late keeps its first cells")
  func lateText() throws {
    let rows = (0..<5000).map { $0 == 4000 ? "x,\($0)" : "0\($0),\($0)" }
    let table = try CSV.read(Array(("a,b\n" + rows.joined(separator: "\n")).utf8))
    guard case .texts(let texts) = table.cells[0], case .numbers(let numbers) = table.cells[1] else {
      Issue.record("the columns have the wrong kinds")
      return
    }
    #expect(texts.first == "00" && texts[4000] == "x" && numbers[flat: 4999] == 4999)
  }

  static let mistakes: [(text: String, wanted: String)] = [
    ("", "empty"),
    ("\n\n", "empty"),
    ("a,b,c\n1,2,3\n4,5\n", "ragged(line: 3, column: 4, fields: 2, wanted: 3)"),
    ("a,b\n1,2\n\"x\ny\",2,3\n", "ragged(line: 4, column: 5, fields: 3, wanted: 2)"),
    ("a,b\n1,\"x\n", "text(\"this quote is not closed\", line: 2, column: 3)"),
    (
      "a,b\n\"x\"y,1\n",
      "text(\"text follows a closing quote; a quote inside quotes is doubled\", line: 2, column: 4)"
    ),
  ]

  @Test("mistakes have a place", arguments: mistakes)
  func mistakesHaveAPlace(_ example: (text: String, wanted: String)) {
    #expect(throws: FormatError.self) { try CSV.read(Array(example.text.utf8)) }
    do {
      _ = try CSV.read(Array(example.text.utf8))
    } catch {
      #expect("\(error)" == example.wanted)
    }
  }

  @Test("bytes that are not UTF-8 have a place")
  func encoding() {
    do {
      _ = try CSV.read(Array("a,b\n1,gr".utf8) + [0xFC] + Array("n\n".utf8))
      Issue.record("it was read")
    } catch {
      #expect("\(error)" == "encoding(line: 2, column: 5)")
    }
  }

  @Test("what is written reads back")
  func roundTrip() throws {
    let numbers = [
      0, -0.0, 1, -1.5, 1e-300, .leastNonzeroMagnitude, .pi, 1e21, 123_456_789_012_345_680, .infinity,
      -.infinity, .nan,
    ]
    let texts: [String?] = [
      nil, "", "a,b", "say \"hi\"", "two\nlines", "NA", "é🙂", " x ", "r\r", ";", "\t", "c",
    ]
    let truths = numbers.map { $0 > 0 }
    let names = ["x", "some, text", "t"]
    let table = TableColumns(
      names: names,
      cells: [.numbers(try Tensor(numbers)), .texts(ContiguousArray(texts)), .numbers(try Tensor(truths))])
    for separator: Unicode.Scalar in [",", ";", "\t"] {
      var writing = CSV.WritingOptions()
      var reading = CSV.Options()
      writing.separator = separator
      reading.separator = separator
      if separator == ";" { (writing.decimal, reading.decimal) = (",", ",") }
      let back = try CSV.read(CSV.write(table, options: writing), options: reading)
      #expect(CSVTests.describe(back) == CSVTests.describe(table))
    }
  }

  /// A line for each column: its name and its cells.
  static func describe(_ table: TableColumns) -> [String] {
    zip(table.names, table.cells).map { name, cells in
      switch cells {
      case .texts(let texts): return ([name] + texts.map { $0 ?? "none" }).joined(separator: " ")
      case .numbers(let tensor):
        let cells = (0..<tensor.count).map { index in
          if tensor.dtype == .bool { return tensor[flat: index] != 0 ? "true" : "false" }
          var bytes: [UInt8] = []
          DecimalWriter.append(tensor[flat: index], to: &bytes)
          return String(decoding: bytes, as: UTF8.self)
        }
        return ([name] + cells).joined(separator: " ")
      }
    }
  }
}

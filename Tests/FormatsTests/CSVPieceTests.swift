import Testing

@testable import Formats

@Suite("CSV in pieces")
struct CSVPieceTests {
  /// Parts that records are made of: what divides files where one should not, and what does not where one might.
  static let fields: [[String]] = [
    ["1", "-2.5", "1e300", "0.30037760331481478", "17"],
    ["1", "", "NA", "nan", " 7 "],
    ["plain", "a text of more than fifteen bytes", "é", "", "NA", "5\" pipe"],
    [
      "\"x\"", "\"a,b\"", "\"two\nlines\"", "\"\"\"\"", "\"\r\n\"", "\"\"",
      "\"say \"\"so\n\"\" to all of them\"",
    ],
    ["true", "false", "\"true\""],
  ]

  /// A file drawn at random; `isPlain` leaves out what is read in one piece.
  static func file(using generator: inout SplitMix, isPlain: Bool) -> String {
    let columns = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
      fields[Int.random(in: 0..<fields.count, using: &generator)]
    }
    let lineEnd = ["\n", "\r\n", "\r"][Int.random(in: 0..<3, using: &generator)]
    var lines = [columns.indices.map { "n\($0)" }.joined(separator: ",")]
    for _ in 0..<Int.random(in: 0...60, using: &generator) {
      var record = columns.map { $0.randomElement(using: &generator) ?? "" }
      if isPlain { record = record.map { $0.contains("pipe") ? "pipe" : $0 } }
      if !isPlain, Int.random(in: 0..<100, using: &generator) == 0 { record.append("1") }
      lines.append(record.joined(separator: ","))
      if !isPlain, Int.random(in: 0..<60, using: &generator) == 0 { lines.append("") }
      if !isPlain, Int.random(in: 0..<300, using: &generator) == 0 { lines.append("\"open") }
    }
    return lines.joined(separator: lineEnd) + (Bool.random(using: &generator) ? lineEnd : "")
  }

  /// The table or the error, as text.
  static func reading(_ text: String, pieces size: Int) -> [String] {
    var options = CSV.Options()
    options.pieceSize = size
    do { return try CSVTests.describe(CSV.read(Array(text.utf8), options: options)) } catch {
      return ["\(error)"]
    }
  }

  @Test("pieces of any size give the same as one", arguments: [1, 2, 7, 16, 63, 200])
  func sameInPieces(_ size: Int) {
    var generator = SplitMix(seed: UInt64(size))
    for round in 0..<600 {
      let text = CSVPieceTests.file(using: &generator, isPlain: round % 3 == 0)
      let (found, wanted) = (
        CSVPieceTests.reading(text, pieces: size), CSVPieceTests.reading(text, pieces: .max)
      )
      if found != wanted { Issue.record("\(text.debugDescription) in pieces is \(found), not \(wanted)") }
    }
  }

  @Test("pieces start with records", arguments: [1, 5, 16, 63, 64, 65, 200])
  func piecesStartWithRecords(_ size: Int) {
    var generator = SplitMix(seed: UInt64(size))
    for _ in 0..<300 {
      let bytes = Array(CSVPieceTests.file(using: &generator, isPlain: true).utf8)
      bytes.withUnsafeBufferPointer { buffer in
        let starts = CSVPieceTests.recordStarts(bytes)
        let end = bytes.lastIndex { $0 != 0x0A && $0 != 0x0D }.map { $0 + 1 } ?? 0
        guard let pieces = CSVPiece.cut(buffer, from: 0, to: end, size: size) else { return }
        let rows = pieces.map { starts[$0.firstRow] }
        if rows != pieces.map(\.start) || pieces.last.map({ $0.firstRow + $0.rowLimit }) != starts.count {
          Issue.record("\(pieces) of \(String(decoding: bytes, as: UTF8.self).debugDescription)")
        }
      }
    }
  }

  /// Where records start, empty lines at the end left out.
  private static func recordStarts(_ bytes: [UInt8]) -> [Int] {
    var (starts, isQuoted) = ([0], false)
    let end = bytes.lastIndex { $0 != 0x0A && $0 != 0x0D }.map { $0 + 1 } ?? 0
    for (index, byte) in bytes[..<end].enumerated() {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      let isPair = byte == 0x0D && bytes[index + 1] == 0x0A
      if !isQuoted, byte == 0x0A || byte == 0x0D, !isPair { starts.append(index + 1) }
    }
    return starts
  }

  @Test("equal long texts are found again, and others are not taken for them")
  func repeatedTexts() throws {
    let texts = (0..<5000).map { "a text that is number \($0 * $0 % 97) of all" }
    let table = try CSV.read(Array(("t\n" + texts.joined(separator: "\n")).utf8))
    guard case .texts(let found) = table.cells[0] else {
      Issue.record("the column is not made of texts")
      return
    }
    #expect(found.elementsEqual(texts.map { Optional($0) }))
  }

  @Test("many empty lines in a column take no longer than others", .timeLimit(.minutes(1)))
  func emptyLines() throws {
    let table = try CSV.read(Array(("t\n" + String(repeating: "\n", count: 1_000_000) + "1\n").utf8))
    #expect(table.rowCount == 1_000_001)
  }
}

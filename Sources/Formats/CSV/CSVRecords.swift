import Tensors

/// Reads records into columns.
struct CSVRecords {
  let scanner: CSVScanner
  private let bytes: UnsafeBufferPointer<UInt8>
  private let missing: [[UInt8]]
  /// Whether an unquoted cell that starts with this byte may stand for a missing value.
  private let startsMissing: [Bool]

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ syntax: CSVSyntax, missing texts: Set<String>) {
    self.bytes = bytes
    scanner = CSVScanner(bytes: bytes, syntax: syntax)
    missing = texts.map { Array($0.utf8) }
    var starts = Array(repeating: false, count: 256)
    for text in missing { if let first = text.first { starts[Int(first)] = true } }
    startsMissing = starts
  }

  /// What reading a piece gave.
  struct Outcome {
    var rowCount = 0
    /// Where the next record starts.
    var end: Int
    /// For each column, whether a cell was no number where numbers were expected.
    var failures: [Bool]
    /// Why the record at ``end`` cannot be read.
    var error: FormatError?
    fileprivate var cache: CSVTextCache

    init(from start: Int, columns: Int) {
      end = start
      failures = Array(repeating: false, count: columns)
      cache = CSVTextCache(columns: columns)
    }
  }

  /// Reads the records of a piece, as many as there is room for.
  func read(_ piece: CSVPiece, into columns: [CSVColumn]) -> Outcome {
    var outcome = Outcome(from: piece.start, columns: columns.count)
    do {
      try columns.withUnsafeBufferPointer { columns throws(FormatError) in
        while outcome.end < piece.end, outcome.rowCount < piece.rowLimit {
          // In a file of one column an empty line is a missing value.
          if columns.count > 1, bytes[outcome.end] == 0x0A || bytes[outcome.end] == 0x0D {
            outcome.end = scanner.nextRecord(after: outcome.end)
            continue
          }
          if outcome.rowCount & 0xFFF == 0 { try checkInterruption(at: outcome.end, of: bytes.count) }
          try readRecord(columns, piece.firstRow + outcome.rowCount, &outcome)
          outcome.rowCount += 1
        }
      }
    } catch { outcome.error = error }
    outcome.cache = CSVTextCache(columns: 0)
    return outcome
  }

  /// Reads the record at the outcome's end into a row and moves the end behind it.
  @inline(__always)
  private func readRecord(
    _ columns: UnsafeBufferPointer<CSVColumn>, _ row: Int, _ outcome: inout Outcome
  ) throws(FormatError) {
    let syntax = scanner.syntax
    var position = outcome.end
    let last = columns.count - 1
    for column in 0...last {
      if let numbers = columns[column].numbers,
        let number = DecimalReader.read(bytes, from: position, decimal: syntax.decimal),
        number.end == bytes.count || scanner.endsField(bytes[number.end])
      {
        numbers[row] = number.value
        position = number.end
      } else {
        position = try readOtherField(at: position, columns[column], column, row, &outcome)
      }
      let isSeparated = position < bytes.count && bytes[position] == syntax.separator
      guard isSeparated == (column < last) else { throw ragged(outcome.end, columns.count, at: position) }
      if isSeparated { position += 1 }
    }
    outcome.end = scanner.nextRecord(after: position)
  }

  /// Reads a text, a missing value or a number in one of its rarer forms; where its field ends.
  @inline(never)
  private func readOtherField(
    at start: Int, _ target: CSVColumn, _ column: Int, _ row: Int, _ outcome: inout Outcome
  ) throws(FormatError) -> Int {
    let field = try scanner.field(at: start)
    let isMissing = isMissing(field)
    if let texts = target.texts {
      // Nothing is lost by overwriting: the cell is still missing.
      if !isMissing { (texts + row).initialize(to: try outcome.cache.text(field, column, scanner)) }
    } else if let numbers = target.numbers, !outcome.failures[column] {
      if isMissing {
        numbers[row] = .nan
      } else if let number = CSVNumber(syntax: scanner.syntax).read(
        UnsafeBufferPointer(rebasing: bytes[field.content]))
      {
        numbers[row] = number
      } else {
        outcome.failures[column] = true
      }
    }
    return field.end
  }

  @inline(__always)
  private func isMissing(_ field: CSVField) -> Bool {
    if field.isQuoted { return false }
    if field.content.isEmpty { return true }
    guard startsMissing[Int(bytes[field.content.lowerBound])] else { return false }
    return missing.contains { $0.count == field.content.count && $0.elementsEqual(bytes[field.content]) }
  }

  private func ragged(_ start: Int, _ wanted: Int, at position: Int) -> FormatError {
    let fields = (try? texts(at: start).fields.count) ?? wanted
    let place = TextPlace(of: position, in: bytes)
    return .ragged(line: place.line, column: place.column, fields: fields, wanted: wanted)
  }

  /// The texts of one record and where the next one starts.
  func texts(at start: Int) throws(FormatError) -> (fields: [String], next: Int) {
    var fields: [String] = []
    var position = start
    while true {
      let field = try scanner.field(at: position)
      fields.append(try scanner.text(field))
      guard field.end < bytes.count, bytes[field.end] == scanner.syntax.separator else {
        return (fields, scanner.nextRecord(after: field.end))
      }
      position = field.end + 1
    }
  }
}

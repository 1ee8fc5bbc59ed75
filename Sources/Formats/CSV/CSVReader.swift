import Tensors

/// Reads the records of a file into columns.
///
/// Every column is taken for numbers until a cell says otherwise. The first records are read to find out, then all of
/// them; a column that turns out to be text only later makes the file be read once more.
struct CSVReader {
  /// Records that are read to find out about the columns.
  private static let sampleSize = 100

  private let bytes: UnsafeBufferPointer<UInt8>
  private let scanner: CSVScanner
  private let options: CSV.Options
  private let missing: [[UInt8]]
  private let start: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ syntax: CSVSyntax, _ options: CSV.Options) {
    self.bytes = bytes
    self.start = start
    self.options = options
    scanner = CSVScanner(bytes: bytes, syntax: syntax)
    missing = options.missing.map { Array($0.utf8) }
  }

  /// The whole table.
  func table() throws(FormatError) -> TableColumns {
    let firstRecord = skipBlankLines(from: start)
    guard firstRecord < bytes.count else { throw .empty }
    let (first, next) = try record(at: firstRecord)
    let names = CSVNames.unique(options.hasHeader ? first : first.map { _ in "" })
    let data = options.hasHeader ? next : firstRecord
    var isText = names.map { options.texts.contains($0) }
    let sample = try read(from: data, isText, limit: CSVReader.sampleSize, expecting: CSVReader.sampleSize)
    isText = zip(isText, sample.columns.failures).map { $0 || $1 }
    // A tenth more than the sample promises, so that the columns seldom grow.
    let perRecord = max(1, (sample.end - data) / max(1, sample.rowCount))
    let expected = (bytes.count - data) / perRecord * 11 / 10 + 1
    while true {
      let all = try read(from: data, isText, limit: .max, expecting: expected)
      let failures = all.columns.failures
      guard failures.contains(true) else {
        return TableColumns(names: names, cells: try all.columns.cells(precision: options.precision))
      }
      isText = zip(isText, failures).map { $0 || $1 }
    }
  }

  private func skipBlankLines(from start: Int) -> Int {
    var position = start
    while position < bytes.count, bytes[position] == 0x0A || bytes[position] == 0x0D { position += 1 }
    return position
  }

  /// The texts of one record and where the next one starts.
  private func record(at start: Int) throws(FormatError) -> (fields: [String], next: Int) {
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

  /// What reading some records gave.
  private struct Pass {
    var columns: CSVColumns
    var rowCount = 0
    var end: Int
  }

  private func read(
    from start: Int, _ isText: [Bool], limit: Int, expecting rows: Int
  ) throws(FormatError) -> Pass {
    var pass = Pass(columns: try CSVColumns(isText, rows: rows), end: start)
    try pass.columns.withColumns { columns throws(FormatError) in
      while pass.end < bytes.count, pass.rowCount < limit {
        if bytes[pass.end] == 0x0A || bytes[pass.end] == 0x0D, isBlank(pass.end, columns.count) {
          pass.end = scanner.nextRecord(after: pass.end)
          continue
        }
        if pass.rowCount & 0xFFF == 0 { try checkInterruption() }
        pass.end = try readRecord(at: pass.end, columns)
        pass.rowCount += 1
      }
    }
    return pass
  }

  /// Whether an empty line is no record. In a file of one column it is a missing value, unless only such lines follow.
  private func isBlank(_ position: Int, _ width: Int) -> Bool {
    width > 1 || skipBlankLines(from: position) == bytes.count
  }

  /// Reads one record into the columns; where the next one starts.
  @inline(__always)
  private func readRecord(
    at start: Int, _ columns: UnsafeMutableBufferPointer<CSVColumn>
  ) throws(FormatError) -> Int {
    var position = start
    let last = columns.count - 1
    for column in 0...last {
      position = try readField(at: position, &columns[column])
      let isSeparated = position < bytes.count && bytes[position] == scanner.syntax.separator
      guard isSeparated == (column < last) else { throw ragged(start, columns.count, at: position) }
      if isSeparated { position += 1 }
    }
    return scanner.nextRecord(after: position)
  }

  /// Reads one field into its column; where it ends.
  @inline(__always)
  private func readField(at start: Int, _ column: inout CSVColumn) throws(FormatError) -> Int {
    let syntax = scanner.syntax
    if column.isNumeric, let number = DecimalReader.read(bytes, from: start, decimal: syntax.decimal) {
      let end = number.end
      if end == bytes.count || bytes[end] == syntax.separator || bytes[end] == 0x0A || bytes[end] == 0x0D {
        try column.append(number.value)
        return end
      }
    }
    return try readOtherField(at: start, &column)
  }

  @inline(never)
  private func readOtherField(at start: Int, _ column: inout CSVColumn) throws(FormatError) -> Int {
    let field = try scanner.field(at: start)
    if column.hasFailed { return field.end }
    let isMissing = isMissing(field)
    if !column.isNumeric {
      column.append(isMissing ? nil : try scanner.text(field))
    } else if isMissing {
      try column.append(.nan)
    } else if let number = CSVNumber(syntax: scanner.syntax).read(
      UnsafeBufferPointer(rebasing: bytes[field.content]))
    {
      try column.append(number)
    } else {
      column.fail()
    }
    return field.end
  }

  private func isMissing(_ field: CSVField) -> Bool {
    if field.isQuoted { return false }
    if field.content.isEmpty { return true }
    return missing.contains { $0.count == field.content.count && $0.elementsEqual(bytes[field.content]) }
  }

  private func ragged(_ start: Int, _ wanted: Int, at position: Int) -> FormatError {
    let fields = (try? record(at: start).fields.count) ?? wanted
    let place = TextPlace(of: position, in: bytes)
    return .ragged(line: place.line, column: place.column, fields: fields, wanted: wanted)
  }
}

/// Gives columns names that differ.
enum CSVNames {
  /// The names of a header: an empty one becomes c and its position, a repeated one gets a number.
  static func unique(_ header: [String]) -> [String] {
    let given = Set(header)
    var taken: Set<String> = []
    var result: [String] = []
    for (column, name) in header.enumerated() {
      let wanted = name.isEmpty ? "c\(column)" : name
      var unique = wanted
      var number = 2
      // A name that stands in the header goes to the first column that has it.
      while taken.contains(unique) || (unique != name && given.contains(unique)) {
        unique = "\(wanted)_\(number)"
        number += 1
      }
      taken.insert(unique)
      result.append(unique)
    }
    return result
  }
}

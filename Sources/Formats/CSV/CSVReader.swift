import Tensors

/// Reads the table in a file.
///
/// Every column is taken for numbers until a cell says otherwise. The first records are read to find out, then all of
/// them; a column that turns out to be text only later makes the file be read once more.
struct CSVReader {
  /// Records that are read to find out about the columns.
  private static let sampleSize = 100

  private let bytes: UnsafeBufferPointer<UInt8>
  private let records: CSVRecords
  private let options: CSV.Options
  private let start: Int
  /// Where the last record ends, without empty lines behind it.
  private let end: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ syntax: CSVSyntax, _ options: CSV.Options) {
    self.bytes = bytes
    self.start = start
    self.options = options
    records = CSVRecords(bytes, syntax, missing: options.missing)
    var end = bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    self.end = end
  }

  /// The whole table.
  func table() throws(FormatError) -> TableColumns {
    var firstRecord = start
    while firstRecord < end, bytes[firstRecord] == 0x0A || bytes[firstRecord] == 0x0D { firstRecord += 1 }
    guard firstRecord < end else { throw .empty }
    let (first, next) = try records.texts(at: firstRecord)
    let names = CSVNames.unique(options.hasHeader ? first : first.map { _ in "" })
    let data = options.hasHeader ? min(next, end) : firstRecord
    var isText = names.map { options.texts.contains($0) }
    let whole = CSVPiece.whole(bytes, from: data, to: end, width: names.count)
    var sample = whole
    sample.rowLimit = min(whole.rowLimit, CSVReader.sampleSize)
    isText = zip(isText, try read([sample], isText).failures).map { $0 || $1 }
    while true {
      let all = try readAll(whole, isText)
      guard all.failures.contains(true) else { return TableColumns(names: names, cells: try cells(all)) }
      isText = zip(isText, all.failures).map { $0 || $1 }
    }
  }

  /// What reading pieces gave.
  private struct Pass {
    var numbers: [Tensor]
    var texts: CSVTexts
    /// For each column, whether it is among the texts.
    var isText: [Bool]
    /// For each column, whether a cell was no number where numbers were expected.
    var failures: [Bool]
    /// Rows that were read.
    var rowCount: Int
    /// Whether each piece was as promised.
    var isRegular: Bool
    /// What stopped the first piece that was stopped.
    var error: FormatError?
  }

  /// Reads everything, by several threads where the file is long and plain enough.
  private func readAll(_ whole: CSVPiece, _ isText: [Bool]) throws(FormatError) -> Pass {
    if let pieces = CSVPiece.cut(bytes, from: whole.start, to: whole.end, size: options.pieceSize) {
      let pass = try attempt(pieces, isText)
      if pass.isRegular { return pass }
      try checkInterruption()
    }
    return try read([whole], isText)
  }

  private func read(_ pieces: [CSVPiece], _ isText: [Bool]) throws(FormatError) -> Pass {
    let pass = try attempt(pieces, isText)
    if let error = pass.error { throw error }
    return pass
  }

  private func attempt(_ pieces: [CSVPiece], _ isText: [Bool]) throws(FormatError) -> Pass {
    let rows = pieces.last.map { $0.firstRow + $0.rowLimit } ?? 0
    let textCount = isText.count { $0 }
    let texts = try CSVTexts(textCount, rows: rows)
    var outcomes: [CSVRecords.Outcome?] = Array(repeating: nil, count: pieces.count)
    let numbers = try building { () throws(TensorError) in
      try Tensor.vectors(isText.count - textCount, length: rows) { numbers in
        let columns = CSVReader.columns(isText, numbers, texts)
        outcomes.withUnsafeMutableBufferPointer { outcomes in
          Threads.forEach(pieces.count, isShared: true) {
            outcomes[$0] = records.read(pieces[$0], into: columns)
          }
        }
      }
    }
    var pass = Pass(
      numbers: numbers, texts: texts, isText: isText, failures: isText.map { _ in false }, rowCount: 0,
      isRegular: true)
    for (index, piece) in pieces.enumerated() {
      guard let outcome = outcomes[index] else { continue }
      // Behind the last record there may be a line end.
      let endsRight = index + 1 < pieces.count ? outcome.end == piece.end : outcome.end >= piece.end
      pass.failures = zip(pass.failures, outcome.failures).map { $0 || $1 }
      pass.rowCount += outcome.rowCount
      pass.isRegular = pass.isRegular && endsRight && outcome.rowCount == piece.rowLimit
      pass.error = pass.error ?? outcome.error
    }
    return pass
  }

  /// Where the cells of each column go.
  private static func columns(
    _ isText: [Bool], _ numbers: [UnsafeMutablePointer<Double>], _ texts: CSVTexts
  ) -> [CSVColumn] {
    var textCount = 0
    return isText.enumerated().map { index, isText in
      defer { textCount += isText ? 1 : 0 }
      return isText
        ? CSVColumn(numbers: nil, texts: texts[textCount])
        : CSVColumn(numbers: numbers[index - textCount], texts: nil)
    }
  }

  /// The finished columns.
  private func cells(_ pass: Pass) throws(FormatError) -> [TableColumns.Cells] {
    var cells: [TableColumns.Cells] = []
    var textCount = 0
    for (index, isText) in pass.isText.enumerated() {
      if isText {
        cells.append(try TableColumns.Cells(pass.texts.take(textCount, rows: pass.rowCount)))
        textCount += 1
      } else {
        let numbers = pass.numbers[index - textCount]
        cells.append(
          try TableColumns.Cells(numbers, rows: pass.rowCount, precision: options.precision))
      }
    }
    return cells
  }
}

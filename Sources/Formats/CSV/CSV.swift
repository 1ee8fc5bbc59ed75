import Tensors

/// Tables as text (RFC 4180 and what is in use beyond it).
///
/// A column whose cells all are numbers, or missing, is a tensor; one whose cells all are true or false is a tensor of
/// truth values; any other is made of texts. An unquoted empty cell is missing, a quoted one is an empty text.
public enum CSV {
  /// What a file's bytes alone do not tell.
  public struct Options: Sendable {
    /// The character between fields; nil finds out from the first lines.
    public var separator: Unicode.Scalar?
    /// The character before the fraction of a number.
    public var decimal: Unicode.Scalar = "."
    /// The character between groups of three digits, if any.
    public var thousands: Unicode.Scalar?
    /// Whether the first record holds the names; otherwise they are c0, c1, …
    public var hasHeader = true
    /// Lines above the first record, such as comments, that are left out.
    public var skippedLines = 0
    /// Unquoted cells that stand for a missing value, beside empty ones.
    public var missing: Set<String> = ["NA", "N/A", "n/a", "#N/A", "NULL", "null"]
    /// Columns that stay texts though they could be numbers.
    public var texts: Set<String> = []
    /// What numbers become.
    public var precision = DType.f64
    /// Bytes that a thread reads at a time, so that they stay in a processor's cache.
    var pieceSize = 1 << 20

    /// The usual: everything is found out, the first record holds the names.
    public init() {}
  }

  /// The table in a file.
  ///
  /// Throws a ``FormatError`` with a line and a column: for a record that has more or fewer fields than the first, a
  /// quote that is not closed, bytes that are not UTF-8; and ``FormatError/empty`` for a file without a record.
  public static func read(_ bytes: [UInt8], options: Options = Options()) throws(FormatError) -> TableColumns
  {
    try bytes.withUnsafeBufferPointer { buffer throws(FormatError) in
      var start = 0
      if buffer.starts(with: TextPlace.byteOrderMark) { start = TextPlace.byteOrderMark.count }
      if buffer.starts(with: [0xFF, 0xFE]) || buffer.starts(with: [0xFE, 0xFF]) {
        throw .unsupported("the text is in UTF-16; save it as UTF-8")
      }
      for _ in 0..<max(0, options.skippedLines) where start < buffer.count {
        start = CSV.nextLine(in: buffer, from: start)
      }
      let separator = options.separator ?? CSVSeparator.find(in: buffer, from: start)
      let syntax = try CSVSyntax(separator: separator, options: options)
      return try CSVReader(buffer, from: start, syntax, options).table()
    }
  }

  private static func nextLine(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard let end = bytes[start...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
      return bytes.count
    }
    let isPair = bytes[end] == 0x0D && end + 1 < bytes.count && bytes[end + 1] == 0x0A
    return end + (isPair ? 2 : 1)
  }
}

/// The characters that matter in a file, as bytes.
struct CSVSyntax {
  let separator: UInt8
  let decimal: UInt8
  let thousands: UInt8?

  /// Throws ``FormatError/unsupported(_:)`` for characters that cannot be told apart.
  init(separator: Unicode.Scalar, options: CSV.Options) throws(FormatError) {
    let characters = [separator, options.decimal] + (options.thousands.map { [$0] } ?? [])
    for character in characters
    where !character.isASCII || "\"\r\n0123456789+-eE".unicodeScalars.contains(character) {
      throw .unsupported("the character \(character) cannot divide fields or the parts of numbers")
    }
    guard options.decimal != options.thousands else {
      throw .unsupported("\(options.decimal) cannot stand both before fractions and between thousands")
    }
    self.separator = UInt8(ascii: separator)
    decimal = UInt8(ascii: options.decimal)
    thousands = options.thousands.map { UInt8(ascii: $0) }
  }
}

/// Finds the character between the fields of a file.
enum CSVSeparator {
  private static let candidates: [Unicode.Scalar] = [",", ";", "\t", "|"]

  /// The candidate that divides each of the first records into the same number of fields, more than one; otherwise the
  /// one that the first record has most of, a comma when there is none.
  static func find(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Unicode.Scalar {
    var records: [[Int]] = []
    var counts = candidates.map { _ in 0 }
    var isQuoted = false
    var isEmpty = true
    for byte in bytes[start...].prefix(1 << 16) {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == 0x0A || byte == 0x0D {
        if !isEmpty { records.append(counts) }
        if records.count == 50 { break }
        counts = candidates.map { _ in 0 }
        isEmpty = true
        continue
      }
      isEmpty = false
      for (index, candidate) in candidates.enumerated() where byte == UInt8(ascii: candidate) {
        counts[index] += 1
      }
    }
    // The last record may be cut off by the limit.
    if records.isEmpty { records.append(counts) }
    for (index, candidate) in candidates.enumerated() {
      let count = records[0][index]
      if count > 0, records.allSatisfy({ $0[index] == count }) { return candidate }
    }
    let most = records[0].max() ?? 0
    guard most > 0, let index = records[0].firstIndex(of: most) else { return "," }
    return candidates[index]
  }
}

/// Remembers long texts, so that one which comes again needs no memory of its own.
///
/// Short ones lie within a `String` itself. A cache serves one thread, because counting references to what threads
/// share is slow.
struct CSVTextCache {
  private struct Entry {
    var start = 0
    var text: String?
  }

  /// Texts of fewer bytes are not looked up.
  static let shortest = 16
  private static let size = 1024
  private var entries: [Entry] = []
  /// For each column the texts that were found less a fraction of those that were not; far below zero, the column has
  /// too few equal texts to be worth looking.
  private var balances: [Int32]

  /// An empty cache for a file of this many columns.
  init(columns: Int) { balances = Array(repeating: 0, count: columns) }

  /// The text of a field in a column, from memory when an equal one was there.
  @inline(__always)
  mutating func text(
    _ field: CSVField, _ column: Int, _ scanner: CSVScanner
  ) throws(FormatError) -> String {
    guard field.content.count >= CSVTextCache.shortest, balances[column] > -512, !field.hasEscapes else {
      return try scanner.text(field)
    }
    return try lookUp(field, column, scanner)
  }

  private mutating func lookUp(
    _ field: CSVField, _ column: Int, _ scanner: CSVScanner
  ) throws(FormatError) -> String {
    if entries.isEmpty { entries = Array(repeating: Entry(), count: CSVTextCache.size) }
    let content = UnsafeBufferPointer(rebasing: scanner.bytes[field.content])
    let slot = CSVTextCache.slot(content)
    let start = entries[slot].start
    if let text = entries[slot].text, text.utf8.count == content.count,
      content.elementsEqual(UnsafeBufferPointer(rebasing: scanner.bytes[start..<(start + content.count)]))
    {
      balances[column] = min(balances[column] + 8, 512)
      return text
    }
    balances[column] -= 1
    let text = try scanner.text(field)
    entries[slot] = Entry(start: field.content.lowerBound, text: text)
    return text
  }

  /// A place for a text of at least ``shortest`` bytes, by its length, first and last ones.
  @inline(__always)
  private static func slot(_ content: UnsafeBufferPointer<UInt8>) -> Int {
    guard let base = content.baseAddress else { return 0 }
    let first = ByteSearch.load(base)
    let last = ByteSearch.load(base + content.count - 8)
    let mixed = (first ^ UInt64(content.count)) &* 0x9E37_79B9_7F4A_7C15 ^ last &* 0xC2B2_AE3D_27D4_EB4F
    return Int(((mixed ^ (mixed >> 29)) &* 0x9E37_79B9_7F4A_7C15) >> 54)
  }
}

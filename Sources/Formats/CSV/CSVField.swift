/// Where a field of a record lies.
struct CSVField {
  /// The content without the quotes around it.
  let content: Range<Int>
  /// Where the separator or the end of the record is.
  let end: Int
  let isQuoted: Bool
  /// Whether quotes in it are doubled.
  let hasEscapes: Bool
}

/// Finds fields in the bytes of a file.
struct CSVScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  let syntax: CSVSyntax
  private let separators: UInt64

  private static let quotes = ByteSearch.word(of: UInt8(ascii: "\""))
  private static let lineFeeds = ByteSearch.word(of: 0x0A)
  private static let returns = ByteSearch.word(of: 0x0D)

  init(bytes: UnsafeBufferPointer<UInt8>, syntax: CSVSyntax) {
    self.bytes = bytes
    self.syntax = syntax
    separators = ByteSearch.word(of: syntax.separator)
  }

  /// The field that starts at `start`.
  @inline(__always)
  func field(at start: Int) throws(FormatError) -> CSVField {
    if start < bytes.count, bytes[start] == UInt8(ascii: "\"") { return try quotedField(at: start) }
    let end = plainEnd(from: start)
    return CSVField(content: start..<end, end: end, isQuoted: false, hasEscapes: false)
  }

  /// Where a field without quotes ends.
  @inline(__always)
  private func plainEnd(from start: Int) -> Int {
    guard let base = bytes.baseAddress else { return start }
    var position = start
    while bytes.count - position >= 8 {
      let word = ByteSearch.load(base + position)
      let marks =
        ByteSearch.marks(word, separators) | ByteSearch.marks(word, CSVScanner.lineFeeds)
        | ByteSearch.marks(word, CSVScanner.returns)
      if marks != 0 { return position + ByteSearch.index(ofFirst: marks) }
      position += 8
    }
    while position < bytes.count, !endsField(bytes[position]) { position += 1 }
    return position
  }

  private func quotedField(at start: Int) throws(FormatError) -> CSVField {
    var position = start + 1
    var hasEscapes = false
    while true {
      position = nextQuote(from: position)
      guard position < bytes.count else { throw mistake("this quote is not closed", at: start) }
      let next = position + 1
      guard next < bytes.count, bytes[next] == UInt8(ascii: "\"") else {
        guard next == bytes.count || endsField(bytes[next]) else {
          throw mistake("text follows a closing quote; a quote inside quotes is doubled", at: next)
        }
        return CSVField(content: (start + 1)..<position, end: next, isQuoted: true, hasEscapes: hasEscapes)
      }
      hasEscapes = true
      position += 2
    }
  }

  /// The position of the first quote from `start` on, the number of bytes when there is none.
  @inline(__always)
  private func nextQuote(from start: Int) -> Int {
    guard let base = bytes.baseAddress else { return start }
    var position = start
    while bytes.count - position >= 8 {
      let marks = ByteSearch.marks(ByteSearch.load(base + position), CSVScanner.quotes)
      if marks != 0 { return position + ByteSearch.index(ofFirst: marks) }
      position += 8
    }
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") { position += 1 }
    return position
  }

  /// Whether a field ends before this byte.
  @inline(__always)
  func endsField(_ byte: UInt8) -> Bool { byte == syntax.separator || byte == 0x0A || byte == 0x0D }

  /// Where the next record starts, when `end` is the end of one.
  @inline(__always)
  func nextRecord(after end: Int) -> Int {
    let isPair = end + 1 < bytes.count && bytes[end] == 0x0D && bytes[end + 1] == 0x0A
    return min(end + (isPair ? 2 : 1), bytes.count)
  }

  /// The text of a field.
  func text(_ field: CSVField) throws(FormatError) -> String {
    let content = UnsafeBufferPointer(rebasing: bytes[field.content])
    if field.hasEscapes {
      return try withoutEscapes(content).withUnsafeBufferPointer { plain throws(FormatError) in
        try text(plain, at: field)
      }
    }
    return try text(content, at: field)
  }

  private func text(_ content: UnsafeBufferPointer<UInt8>, at field: CSVField) throws(FormatError) -> String {
    // Validation costs far more than the rest, and most texts need none: 3x on short ones.
    if ByteSearch.isASCII(content) {
      return String(unsafeUninitializedCapacity: content.count) { $0.initialize(fromContentsOf: content) }
    }
    if let text = String(validating: content, as: UTF8.self) { return text }
    let raw = UnsafeBufferPointer(rebasing: bytes[field.content])
    let place = TextPlace(of: field.content.lowerBound + TextPlace.firstInvalid(in: raw), in: bytes)
    throw .encoding(line: place.line, column: place.column)
  }

  /// The content with single quotes for doubled ones.
  private func withoutEscapes(_ content: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(content.count)
    var isSecond = false
    for byte in content {
      isSecond = byte == UInt8(ascii: "\"") && !isSecond
      // The second one of two is left out.
      if byte != UInt8(ascii: "\"") || isSecond { plain.append(byte) }
    }
    return plain
  }

  /// A mistake in the file.
  func mistake(_ text: String, at position: Int) -> FormatError {
    let place = TextPlace(of: position, in: bytes)
    return .text(text, line: place.line, column: place.column)
  }
}

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

  /// The field that starts at `start`.
  @inline(__always)
  func field(at start: Int) throws(FormatError) -> CSVField {
    if start < bytes.count, bytes[start] == UInt8(ascii: "\"") { return try quotedField(at: start) }
    var end = start
    while end < bytes.count, !endsField(bytes[end]) { end += 1 }
    return CSVField(content: start..<end, end: end, isQuoted: false, hasEscapes: false)
  }

  private func quotedField(at start: Int) throws(FormatError) -> CSVField {
    var position = start + 1
    var hasEscapes = false
    while position < bytes.count {
      guard bytes[position] == UInt8(ascii: "\"") else {
        position += 1
        continue
      }
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
    throw mistake("this quote is not closed", at: start)
  }

  @inline(__always)
  private func endsField(_ byte: UInt8) -> Bool { byte == syntax.separator || byte == 0x0A || byte == 0x0D }

  /// Where the next record starts, when `end` is the end of one.
  @inline(__always)
  func nextRecord(after end: Int) -> Int {
    let isPair = end + 1 < bytes.count && bytes[end] == 0x0D && bytes[end + 1] == 0x0A
    return min(end + (isPair ? 2 : 1), bytes.count)
  }

  /// The text of a field.
  func text(_ field: CSVField) throws(FormatError) -> String {
    let content = UnsafeBufferPointer(rebasing: bytes[field.content])
    // Validation costs far more than the rest, and most texts need none: 3x on short ones.
    let isASCII = content.allSatisfy { $0 < 0x80 }
    guard
      let text = isASCII
        ? String(decoding: content, as: UTF8.self) : String(validating: content, as: UTF8.self)
    else {
      let place = TextPlace(of: field.content.lowerBound + TextPlace.firstInvalid(in: content), in: bytes)
      throw .encoding(line: place.line, column: place.column)
    }
    return field.hasEscapes ? text.replacing("\"\"", with: "\"") : text
  }

  /// A mistake in the file.
  func mistake(_ text: String, at position: Int) -> FormatError {
    let place = TextPlace(of: position, in: bytes)
    return .text(text, line: place.line, column: place.column)
  }
}

/// What a multi-line string leaves out of its source: the first and last line end and the indentation.
struct StringLayout {
  private var isLaidOut = false
  private var indentation = 0
  /// Where the line of the closing quotes starts, if they stand alone on it.
  private var lastLineEnd: Int?

  /// The layout of a string that is taken as it stands.
  init() {}

  /// The layout of a string made of texts and, where they are nil, interpolations.
  init(_ texts: [SourceSpan?], closing: Int, bytes: [UInt8]) {
    guard let first = texts.first, let first, Self.lineEndLength(at: Int(first.start), bytes) > 0 else {
      return
    }
    isLaidOut = true
    var common: ArraySlice<UInt8>?
    for case .some(let span) in texts {
      for offset in Int(span.start)..<Int(span.end) where bytes[offset] == UInt8(ascii: "\n") {
        let blanks = bytes[(offset + 1)..<Int(span.end)].prefix {
          $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t")
        }
        let isClosingLine = blanks.endIndex == closing
        if isClosingLine { lastLineEnd = offset }
        let isBlank = blanks.endIndex < Int(span.end) && Self.lineEndLength(at: blanks.endIndex, bytes) > 0
        guard !isBlank else { continue }
        let length = common.map { zip($0, blanks).prefix { $0 == $1 }.count } ?? blanks.count
        common = blanks.prefix(length)
      }
    }
    indentation = common?.count ?? 0
  }

  /// The byte ranges of a text that belong to the string; the line ends among them are all `\n`.
  func lines(of span: SourceSpan, isFirst: Bool, isLast: Bool, bytes: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var offset = Int(span.start)
    if isLaidOut, isFirst {
      offset = skippingIndentation(offset + Self.lineEndLength(at: offset, bytes), span, bytes)
    }
    let end = isLast ? lastLineEnd.map { $0 } ?? Int(span.end) : Int(span.end)
    var start = offset
    while offset < end {
      if bytes[offset] == UInt8(ascii: "\n") {
        ranges.append(start..<(offset + 1))
        offset = isLaidOut ? skippingIndentation(offset + 1, span, bytes) : offset + 1
        start = offset
      } else if Self.lineEndLength(at: offset, bytes) == 2 {
        ranges.append(start..<offset)
        offset += 1
        start = offset
      } else {
        offset += 1
      }
    }
    if start < end { ranges.append(start..<end) }
    return ranges
  }

  private func skippingIndentation(_ offset: Int, _ span: SourceSpan, _ bytes: [UInt8]) -> Int {
    var end = offset
    while end < Int(span.end), end - offset < indentation,
      bytes[end] == UInt8(ascii: " ") || bytes[end] == UInt8(ascii: "\t")
    {
      end += 1
    }
    return end
  }

  /// The length of the line end at an offset: 1, 2 with a carriage return, or 0 for none.
  private static func lineEndLength(at offset: Int, _ bytes: [UInt8]) -> Int {
    guard offset < bytes.count else { return 0 }
    if bytes[offset] == UInt8(ascii: "\n") { return 1 }
    guard bytes[offset] == UInt8(ascii: "\r"), offset + 1 < bytes.count else { return 0 }
    return bytes[offset + 1] == UInt8(ascii: "\n") ? 2 : 0
  }
}

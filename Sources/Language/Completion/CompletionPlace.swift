/// What stands before a cursor, as far as completion is concerned with it.
struct CompletionPlace {
  /// A string that is open at the cursor.
  struct OpenString {
    /// Where its first quote, or the `r` before it, stands.
    var opening: Int
    /// Where its text begins.
    var start: Int
    var isRaw: Bool
    /// How many tokens stand before it.
    var tokensBefore: Int
  }

  let bytes: [UInt8]
  let cursor: Int
  /// The tokens that end before the partial word.
  let tokens: [Token]
  let source: Source
  /// The identifier that ends at the cursor, empty when something else does.
  let partial: String
  /// The bytes of the partial word.
  let range: Range<Int>
  /// The string that is open at the cursor, if one is.
  let string: OpenString?
  /// Whether the cursor stands in a comment.
  let isComment: Bool

  init(_ bytes: [UInt8], from start: Int, cursor: Int) {
    self.bytes = bytes
    self.cursor = cursor
    source = Source(name: "cell", bytes: bytes)
    var lexer = Lexer(source, in: start..<cursor)
    lexer.run()
    let read = lexer.tokens.filter { $0.kind != .end && $0.kind != .invalid }
    let word = CompletionPlace.word(in: bytes, from: start, to: cursor)
    range = word..<cursor
    partial = String(decoding: bytes[word..<cursor], as: UTF8.self)
    if let context = lexer.contexts.last, context.kind == .string {
      let isRaw = bytes[context.opening] == UInt8(ascii: "r")
      let start = context.opening + (context.isMultiline ? 3 : 1) + (isRaw ? 1 : 0)
      string = OpenString(
        opening: context.opening, start: min(start, cursor), isRaw: isRaw,
        tokensBefore: read.count { Int($0.span.end) <= context.opening })
    } else {
      string = nil
    }
    tokens = read.filter { Int($0.span.end) <= word }
    let gap = bytes[(tokens.last.map { Int($0.span.end) } ?? start)..<word]
    let line = gap.lastIndex(of: UInt8(ascii: "\n")).map { gap[$0...] } ?? gap
    isComment = string == nil && line.contains(UInt8(ascii: "#"))
  }

  /// Where the word that ends at an offset begins.
  private static func word(in bytes: [UInt8], from start: Int, to end: Int) -> Int {
    var first = end
    while first > start, isWordByte(bytes[first - 1]) { first -= 1 }
    return first
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  /// Whether a text can be written as a name.
  static func isIdentifier(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, Scalars.startsIdentifier(first) else { return false }
    return text.unicodeScalars.allSatisfy(Scalars.continuesIdentifier)
  }
}

extension CompletionPlace {
  /// Whether the word at the cursor begins with a digit.
  var isNumber: Bool {
    partial.utf8.first.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
  }

  /// Whether the word at the cursor stands behind the dot of a field.
  var isField: Bool {
    guard let last = tokens.last else { return false }
    return last.kind == .dot && Int(last.span.end) == range.lowerBound
  }

  /// Whether a text follows the cursor.
  func isFollowed(by text: String) -> Bool { bytes[cursor...].starts(with: text.utf8) }

  /// The names in the rest of the text, which may become names of the session.
  var otherNames: [String] {
    tokens.indices.filter { index in
      tokens[index].kind == .identifier && (index == 0 || tokens[index - 1].kind != .dot)
    }.map { source.text(of: tokens[$0].span) }
  }

  /// The value before the dot at the cursor.
  var valueBeforeDot: StoredPath? { StoredPath(source, tokens.dropLast()) }

  /// The call between whose brackets the cursor stands: its bracket among the tokens.
  var openCall: Int? {
    var depth = 0
    for index in tokens.indices.reversed() {
      switch tokens[index].kind {
      case .rightRound, .rightSquare, .rightCurly, .interpolationEnd: depth += 1
      case .leftSquare, .leftCurly, .interpolationStart, .leftRound:
        guard depth == 0 else {
          depth -= 1
          continue
        }
        guard tokens[index].kind == .leftRound, index > 0, tokens[index - 1].kind.endsValue,
          !tokens[index].followsSpace
        else { return nil }
        return index
      default: break
      }
    }
    return nil
  }
}

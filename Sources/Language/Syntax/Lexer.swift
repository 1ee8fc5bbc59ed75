/// Cuts a text into tokens.
///
/// The lexer never fails: where it cannot go on it leaves an `invalid` token, and the parser reports
/// `failure` if nothing before it is wrong.
struct Lexer {
  /// Something opened and not yet closed.
  struct Context {
    enum Kind { case round, square, curly, string, interpolation }

    var kind: Kind
    var opening: Int
    /// Whether a string started with `"""`.
    var isMultiline = false
  }

  let source: Source
  let bytes: [UInt8]
  /// Where the text to be read ends.
  let limit: Int
  var offset: Int
  var tokens: [Token] = []
  var contexts: [Context] = []
  /// How many open strings do not allow a line end inside.
  var openLineStrings = 0
  /// What stopped the lexer.
  var failure: Diagnostic?
  /// Whether it stopped because the text ends inside a multi-line string.
  var endsInsideString = false
  private var sawSpace = false
  private var sawLineEnd = false

  /// A lexer at the start of a part of `source`.
  init(_ source: Source, in range: Range<Int>) {
    self.source = source
    bytes = source.bytes
    offset = range.lowerBound
    limit = range.upperBound
    tokens.reserveCapacity(range.count / 3)
  }

  /// Cuts the whole text.
  mutating func run() {
    if let invalid = Scalars.firstInvalidOffset(in: bytes[offset..<limit]) {
      offset = invalid
      let byte = String(bytes[invalid], radix: 16)
      fail(
        "the byte 0x\(byte) is not valid UTF-8", from: invalid, to: invalid + 1,
        hint: "save the file as UTF-8")
    }
    if offset == 0, has("\u{feff}", at: 0) { offset = 3 }
    while failure == nil {
      if let context = contexts.last, context.kind == .string {
        readStringText(context)
      } else {
        skipBlanks()
        if failure != nil || offset >= limit { break }
        readToken()
      }
    }
    if failure == nil { checkStringsAreClosed() }
    emit(failure == nil ? .end : .invalid, from: min(offset, limit), to: limit)
  }

  /// The byte at an offset, or zero past the end.
  func byte(at offset: Int) -> UInt8 { offset < limit ? bytes[offset] : 0 }

  /// Whether the bytes at an offset are those of `text`.
  func has(_ text: StaticString, at offset: Int) -> Bool {
    guard offset + text.utf8CodeUnitCount <= limit else { return false }
    for index in 0..<text.utf8CodeUnitCount where bytes[offset + index] != text.utf8Start[index] {
      return false
    }
    return true
  }

  /// Whether an identifier could start at an offset.
  func startsIdentifier(at offset: Int) -> Bool {
    offset < limit && Scalars.startsIdentifier(Scalars.scalar(in: bytes, at: offset).value)
  }

  /// Adds the token that ends at `end` and goes on from there.
  mutating func emit(_ kind: Token.Kind, from start: Int, to end: Int) {
    let goesOn = kind.continuesLineAbove || kind == .end || tokens.last?.kind.awaitsMore == true
    let isOpen = contexts.last.map { $0.kind == .curly } ?? true
    tokens.append(
      Token(
        kind: kind, startsLine: sawLineEnd && isOpen && !goesOn, followsSpace: sawSpace,
        span: SourceSpan(start, end)))
    offset = end
    sawSpace = false
    sawLineEnd = false
  }

  /// Stops at an error.
  mutating func fail(_ message: String, from start: Int, to end: Int, hint: String? = nil) {
    failure = Diagnostic(message, kind: .syntax, at: SourceSpan(start, end), in: source, hint: hint)
  }

  private mutating func skipBlanks() {
    while offset < limit {
      switch bytes[offset] {
      case UInt8(ascii: "\n"):
        if openLineStrings > 0 { return failUnclosedString() }
        sawLineEnd = true
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), 0x0b, 0x0c: break
      case UInt8(ascii: "#"):
        while offset + 1 < limit, bytes[offset + 1] != UInt8(ascii: "\n") { offset += 1 }
      default: return
      }
      sawSpace = true
      offset += 1
    }
  }

  private mutating func readToken() {
    switch bytes[offset] {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
      readWord()
    case UInt8(ascii: "0")...UInt8(ascii: "9"): readNumber()
    case UInt8(ascii: "."):
      if isDigit(at: offset + 1), sawSpace || tokens.last?.kind.endsValue != true {
        readNumber()
      } else {
        readSign()
      }
    case UInt8(ascii: "\""): openString()
    case UInt8(ascii: "'"):
      if !sawSpace, tokens.last?.kind.endsValue == true { readSign() } else { failQuotedText() }
    case 0x80...:
      if startsIdentifier(at: offset) { readWord() } else { readSign() }
    default: readSign()
    }
  }

  private mutating func readWord() {
    if has("r\"", at: offset) { return readRawString() }
    let end = wordEnd(from: offset)
    let isField = !sawSpace && tokens.last?.kind == .dot
    var kind = Token.Kind.identifier
    if end - offset <= 8, !isField, let word = Token.Kind.spelled[Token.Kind.packed(bytes[offset..<end])] {
      kind = word
    }
    emit(kind, from: offset, to: end)
  }

  /// The offset just past the identifier that starts at `start`.
  func wordEnd(from start: Int) -> Int {
    var end = start
    while end < limit {
      switch bytes[end] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        end += 1
      case 0x80...:
        let scalar = Scalars.scalar(in: bytes, at: end)
        guard Scalars.continuesIdentifier(scalar.value) else { return end }
        end += scalar.length
      default: return end
      }
    }
    return end
  }
}

extension Lexer {
  /// Reads the operator or bracket at the current offset, the longest there is.
  mutating func readSign() {
    if byte(at: offset) == UInt8(ascii: ":"), contexts.last?.kind == .interpolation { return readFormat() }
    for length in stride(from: signLength, through: 1, by: -1) {
      let packed = Token.Kind.packed(bytes[offset..<(offset + length)])
      if let kind = Token.Kind.spelled[packed] { return emitSign(kind, length: length) }
      if let hint = ForeignSign.hints[packed] {
        let spelling = String(decoding: bytes[offset..<(offset + length)], as: UTF8.self)
        return fail("`\(spelling)` is not an operator here", from: offset, to: offset + length, hint: hint)
      }
    }
    failUnknownCharacter()
  }

  /// How many bytes an operator here can have at most.
  private var signLength: Int {
    var length = 1
    switch bytes[offset] {
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","):
      return 1
    default: break
    }
    while length < 3, offset + length < limit {
      switch bytes[offset + length] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), 0...32:
        return length
      default: length += 1
      }
    }
    return length
  }

  private mutating func emitSign(_ kind: Token.Kind, length: Int) {
    if kind == .rightCurly, contexts.last?.kind == .interpolation {
      emit(.interpolationEnd, from: offset, to: offset + length)
      contexts.removeLast()
      return
    }
    let start = offset
    emit(kind, from: start, to: start + length)
    switch kind {
    case .leftRound: contexts.append(Context(kind: .round, opening: start))
    case .leftSquare: contexts.append(Context(kind: .square, opening: start))
    case .leftCurly: contexts.append(Context(kind: .curly, opening: start))
    case .rightRound: close(.round)
    case .rightSquare: close(.square)
    case .rightCurly: close(.curly)
    default: break
    }
  }

  /// Closes the innermost bracket if it is of the right kind; the parser reports it otherwise.
  private mutating func close(_ kind: Context.Kind) {
    if contexts.last?.kind == kind { contexts.removeLast() }
  }

  private mutating func failUnknownCharacter() {
    let (scalar, length) = Scalars.scalar(in: bytes, at: offset)
    let code =
      "U+" + String(repeating: "0", count: max(0, 4 - String(scalar.value, radix: 16).count))
      + String(scalar.value, radix: 16, uppercase: true)
    let isVisible =
      !scalar.properties.isWhitespace && scalar.value > 32 && scalar.properties.generalCategory != .control
      && scalar.properties.generalCategory != .format
    // Nothing reads worse than a backtick between backticks.
    let quoted = scalar == "`" ? "\"`\"" : "`\(scalar)`"
    fail(
      "the character \(isVisible ? quoted : code) has no meaning here", from: offset,
      to: offset + length,
      hint: isVisible ? nil : "replace it by a space")
  }
}

/// Signs of other languages and of typography, and what to write instead.
enum ForeignSign {
  /// What to write instead of a sign, by its bytes.
  static let hints: [UInt64: String] = {
    let rows: [([String], String)] = [
      (["**"], "the power is written `^`"),
      (["&&"], "write `and`; elementwise `&`"),
      (["||"], "write `or`; elementwise `|`"),
      (["=>"], "a lambda is written with `->`, and at least with `>=`"),
      (["==="], "write `==`, or `same(a, b)` for one bool"),
      (["!==", "<>", "≠", "~="], "write `!=`"),
      ([":=", "←"], "write `=`"),
      ([".."], "a range is written `lo..<hi` or `lo...hi`"),
      (["~"], "the elementwise opposite is written `!`"),
      (["?"], "a choice is written `if c { a } else { b }`"),
      (["≤"], "write `<=`"),
      (["≥"], "write `>=`"),
      (["×", "·", "⋅"], "write `*`"),
      (["√"], "the square root is written `sqrt(x)`"),
      (["∑"], "a sum is written `sum(x)`"),
      (["∞"], "infinity is called `inf`"),
      (["²", "³"], "a power is written `x^2`"),
      (["÷"], "write `/`"),
      (["−", "–", "—"], "write `-`"),
      (["→"], "write `->`"),
      (["…"], "write `...`"),
      (["∈"], "write `in`"),
      (["“", "”", "„", "‘", "’"], "strings are written with `\"`"),
    ]
    var hints: [UInt64: String] = [:]
    for (signs, hint) in rows {
      for sign in signs { hints[Token.Kind.packed(sign.utf8)] = hint }
    }
    return hints
  }()
}

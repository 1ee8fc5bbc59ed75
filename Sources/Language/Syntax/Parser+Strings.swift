extension Parser {
  /// Reads a string with its escapes and interpolations.
  ///
  /// A multi-line string whose opening quotes end their line is laid out: that first line end does not
  /// count, nor does the last one when the closing quotes stand alone, and the indentation common to all
  /// lines that are not blank, the closing quotes' line included, is taken away.
  func parseString() throws(SyntaxError) -> Expression {
    let start = advance().span
    var pieces: [Piece] = []
    while kind != .stringEnd {
      switch kind {
      case .stringText: pieces.append(.text(advance().span))
      case .interpolationStart: pieces.append(try parseInterpolation())
      default: throw unexpected(.value)
      }
    }
    let closing = advance().span
    let layout =
      start.end - start.start == 3
      ? StringLayout(pieces.map(\.textSpan), closing: Int(closing.start), bytes: source.bytes)
      : StringLayout()
    var parts: [StringPart] = []
    for (index, piece) in pieces.enumerated() {
      switch piece {
      case .value(let value, let format): parts.append(.value(value, format: format))
      case .text(let span):
        let text = try decode(span, layout, isFirst: index == 0, isLast: index == pieces.count - 1)
        if !text.isEmpty { parts.append(.text(text)) }
      }
    }
    return try string(of: parts, span(from: start))
  }

  private func string(of parts: [StringPart], _ span: SourceSpan) throws(SyntaxError) -> Expression {
    guard let first = parts.first else { return Expression(.string(""), span) }
    if parts.count == 1, case .text(let text) = first { return Expression(.string(text), span) }
    return try make(.interpolation(parts), span)
  }

  /// Reads `r"…"` or `r"""…"""`, where nothing is special but the closing quotes.
  func parseRawString() -> Expression {
    let span = advance().span
    let quotes = source.bytes[Int(span.start) + 1..<Int(span.end)].starts(with: Array("\"\"\"".utf8)) ? 3 : 1
    let inner = SourceSpan(Int(span.start) + 1 + quotes, Int(span.end) - quotes)
    let layout =
      quotes == 3 ? StringLayout([inner], closing: Int(inner.end), bytes: source.bytes) : StringLayout()
    let pieces = layout.lines(of: inner, isFirst: true, isLast: true, bytes: source.bytes)
    return Expression(
      .string(pieces.map { String(decoding: source.bytes[$0], as: UTF8.self) }.joined()), span)
  }

  private func parseInterpolation() throws(SyntaxError) -> Piece {
    let opening = advance().span
    if kind == .interpolationEnd || kind == .leftCurly {
      throw failure("an interpolation needs a value", at: opening, hint: "a brace itself is written `\\{`")
    }
    let value = try parseExpression()
    let format = kind == .format ? source.text(of: advance().span) : nil
    guard kind == .interpolationEnd else { throw unexpected(.separator(.interpolationEnd)) }
    advance()
    return .value(value, format)
  }

  /// The text of a piece with its escapes replaced and its line ends as `\n`.
  private func decode(
    _ span: SourceSpan, _ layout: StringLayout, isFirst: Bool, isLast: Bool
  ) throws(SyntaxError) -> String {
    var result: [UInt8] = []
    for line in layout.lines(of: span, isFirst: isFirst, isLast: isLast, bytes: source.bytes) {
      var offset = line.lowerBound
      while offset < line.upperBound {
        guard source.bytes[offset] == UInt8(ascii: "\\") else {
          result.append(source.bytes[offset])
          offset += 1
          continue
        }
        let (scalar, length) = try escape(at: offset)
        result.append(contentsOf: String(Character(scalar)).utf8)
        offset += length
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The scalar an escape stands for, and the number of its bytes.
  private func escape(at offset: Int) throws(SyntaxError) -> (Unicode.Scalar, Int) {
    guard offset + 1 < source.bytes.count else { throw unknownEscape(at: offset) }
    switch source.bytes[offset + 1] {
    case UInt8(ascii: "n"): return ("\n", 2)
    case UInt8(ascii: "t"): return ("\t", 2)
    case UInt8(ascii: "r"): return ("\r", 2)
    case UInt8(ascii: "\""): return ("\"", 2)
    case UInt8(ascii: "\\"): return ("\\", 2)
    case UInt8(ascii: "{"): return ("{", 2)
    case UInt8(ascii: "}"): return ("}", 2)
    case UInt8(ascii: "u"): return try scalarEscape(at: offset)
    default: throw unknownEscape(at: offset)
    }
  }

  private func scalarEscape(at offset: Int) throws(SyntaxError) -> (Unicode.Scalar, Int) {
    let digits = source.bytes[(offset + 2)...].dropFirst().prefix { $0 != UInt8(ascii: "}") }.prefix(9)
    let length = 4 + digits.count
    guard offset + length <= source.bytes.count, source.bytes[offset + 2] == UInt8(ascii: "{"),
      source.bytes[offset + length - 1] == UInt8(ascii: "}"), digits.count <= 8,
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
      let scalar = Unicode.Scalar(value)
    else {
      throw failure(
        "`\\u` needs the number of a character in braces", at: SourceSpan(offset, offset + 2),
        hint: "write it in hexadecimal: `\\u{3b1}` is α")
    }
    return (scalar, length)
  }

  private func unknownEscape(at offset: Int) -> SyntaxError {
    guard offset + 1 < source.bytes.count, source.bytes[offset + 1] >= 32 else {
      return failure(
        "a line cannot end in `\\`", at: SourceSpan(offset, offset + 1),
        hint: "a backslash itself is written `\\\\`")
    }
    let length = Scalars.scalar(in: source.bytes, at: offset + 1).length
    let span = SourceSpan(offset, offset + 1 + length)
    return failure(
      "`\(source.text(of: span))` is not an escape", at: span,
      hint: "a backslash itself is written `\\\\`; in `r\"…\"` nothing is special")
  }
}

/// A stretch of text or an interpolation, as it stands in the source.
private enum Piece {
  case text(SourceSpan)
  case value(Expression, String?)

  /// Where its text stands; nil for an interpolation.
  var textSpan: SourceSpan? {
    if case .text(let span) = self { span } else { nil }
  }
}

extension Lexer {
  /// Reads the quotes that open a string.
  mutating func openString() {
    let isMultiline = has("\"\"\"", at: offset)
    let start = offset
    emit(.stringStart, from: start, to: start + (isMultiline ? 3 : 1))
    contexts.append(Context(kind: .string, opening: start, isMultiline: isMultiline))
    if !isMultiline { openLineStrings += 1 }
  }

  /// Reads text up to the next interpolation or to the closing quotes, and these.
  mutating func readStringText(_ context: Context) {
    let start = offset
    var end = offset
    while end < limit {
      switch bytes[end] {
      case UInt8(ascii: "\\"):
        end = escapeEnd(from: end)
        continue
      case UInt8(ascii: "{"):
        if end > start { emit(.stringText, from: start, to: end) }
        emit(.interpolationStart, from: end, to: end + 1)
        contexts.append(Context(kind: .interpolation, opening: end))
        return
      case UInt8(ascii: "\"") where !context.isMultiline || has("\"\"\"", at: end):
        if end > start { emit(.stringText, from: start, to: end) }
        emit(.stringEnd, from: end, to: end + (context.isMultiline ? 3 : 1))
        contexts.removeLast()
        if !context.isMultiline { openLineStrings -= 1 }
        return
      case UInt8(ascii: "\n") where openLineStrings > 0:
        offset = end
        return failUnclosedString()
      default: end += 1
      }
    }
    offset = limit
    failUnclosedString()
  }

  /// Steps over an escape without judging it, so that `\"`, `\{` and `\u{3b1}` end nothing.
  private func escapeEnd(from start: Int) -> Int {
    guard has("\\u{", at: start) else {
      return byte(at: start + 1) == UInt8(ascii: "\n") ? start + 1 : min(start + 2, limit)
    }
    var end = start + 3
    while Unicode.Scalar(byte(at: end)).properties.isASCIIHexDigit { end += 1 }
    return byte(at: end) == UInt8(ascii: "}") ? end + 1 : end
  }

  /// Reads what stands between the `:` of an interpolation and its `}`.
  mutating func readFormat() {
    let start = offset + 1
    var end = start
    while end < limit, bytes[end] != UInt8(ascii: "}") {
      if bytes[end] == UInt8(ascii: "\"") || bytes[end] == UInt8(ascii: "\n") {
        return fail("the format after `:` is not closed", from: offset, to: end, hint: "close it with `}`")
      }
      end += 1
    }
    guard end < limit else {
      offset = end
      return failUnclosedString()
    }
    emit(.format, from: start, to: end)
  }

  /// Reads `r"…"` or `r"""…"""`.
  mutating func readRawString() {
    let start = offset
    let isMultiline = has("\"\"\"", at: offset + 1)
    var end = offset + (isMultiline ? 4 : 2)
    while end < limit {
      if isMultiline ? has("\"\"\"", at: end) : bytes[end] == UInt8(ascii: "\"") {
        return emit(.rawString, from: start, to: end + (isMultiline ? 3 : 1))
      }
      if bytes[end] == UInt8(ascii: "\n"), !isMultiline || openLineStrings > 0 { break }
      end += 1
    }
    contexts.append(Context(kind: .string, opening: start, isMultiline: isMultiline))
    if !isMultiline { openLineStrings += 1 }
    offset = end
    failUnclosedString()
  }

  /// Reports a string that is still open where the text ends.
  mutating func checkStringsAreClosed() {
    if contexts.contains(where: { $0.kind == .string }) { failUnclosedString() }
  }

  /// Reports the string that the end of the line or of the text cuts off.
  mutating func failUnclosedString() {
    let strings = contexts.filter { $0.kind == .string }
    guard let broken = strings.last(where: { !$0.isMultiline }) ?? strings.last else { return }
    if openLineStrings == 0 {
      endsInsideString = true
      return fail(
        "this string is not closed", from: broken.opening, to: broken.opening + 3,
        hint: "close it with `\"\"\"`")
    }
    fail(
      "this string is not closed", from: broken.opening, to: offset,
      hint: "close it with `\"`; a string of several lines stands between `\"\"\"`")
  }

  /// Reports `'text'`.
  mutating func failQuotedText() {
    var end = offset + 1
    while end < limit, bytes[end] != UInt8(ascii: "'"), bytes[end] != UInt8(ascii: "\n") { end += 1 }
    guard byte(at: end) == UInt8(ascii: "'") else {
      return fail(
        "`'` is the derivative and has no function before it", from: offset, to: offset + 1,
        hint: "it follows its function without a space: `f'`")
    }
    let text = String(decoding: bytes[(offset + 1)..<end], as: UTF8.self)
    fail("strings are written with double quotes", from: offset, to: end + 1, hint: "write `\"\(text)\"`")
  }
}

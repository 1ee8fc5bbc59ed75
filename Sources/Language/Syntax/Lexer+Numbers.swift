extension Lexer {
  /// Whether the byte at an offset is a decimal digit.
  func isDigit(at offset: Int) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte(at: offset))
  }

  /// Reads the number at the current offset.
  mutating func readNumber() {
    var end = offset
    if has("0x", at: offset) || has("0X", at: offset) {
      end = digitsEnd(from: offset + 2) { byte in Unicode.Scalar(byte).properties.isASCIIHexDigit }
    } else if has("0b", at: offset) || has("0B", at: offset) {
      end = digitsEnd(from: offset + 2) { byte in byte == UInt8(ascii: "0") || byte == UInt8(ascii: "1") }
    } else {
      end = decimalEnd()
    }
    if end == offset + 2, byte(at: offset + 1) | 0x20 > UInt8(ascii: "9"), bytes[offset] == UInt8(ascii: "0")
    {
      let prefix = String(decoding: bytes[offset..<end], as: UTF8.self)
      return fail("digits must follow `\(prefix)`", from: offset, to: end)
    }
    guard !isDigit(at: end), !startsIdentifier(at: end) else {
      return failLetterAfterNumber(from: offset, to: end)
    }
    emit(.number, from: offset, to: end)
  }

  private func decimalEnd() -> Int {
    let isDecimal = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    var end = digitsEnd(from: offset, where: isDecimal)
    // `1...5` is a range and `1.T` a field.
    if byte(at: end) == UInt8(ascii: "."), byte(at: end + 1) != UInt8(ascii: "."),
      !startsIdentifier(at: end + 1)
    {
      end = digitsEnd(from: end + 1, where: isDecimal)
    }
    if byte(at: end) | 0x20 == UInt8(ascii: "e") {
      let isSigned = byte(at: end + 1) == UInt8(ascii: "-") || byte(at: end + 1) == UInt8(ascii: "+")
      let exponent = end + (isSigned ? 2 : 1)
      if isDigit(at: exponent) { end = digitsEnd(from: exponent, where: isDecimal) }
    }
    return end
  }

  /// The offset just past digits with single `_` between them.
  private func digitsEnd(from start: Int, where isDigit: (UInt8) -> Bool) -> Int {
    var end = start
    while isDigit(byte(at: end))
      || (byte(at: end) == UInt8(ascii: "_") && end > start && byte(at: end - 1) != UInt8(ascii: "_")
        && isDigit(byte(at: end + 1)))
    {
      end += 1
    }
    return end
  }

  private mutating func failLetterAfterNumber(from start: Int, to end: Int) {
    let number = String(decoding: bytes[start..<end], as: UTF8.self)
    let wordEnd = wordEnd(from: end)
    let word = String(decoding: bytes[end..<wordEnd], as: UTF8.self)
    if word.hasPrefix("_") {
      return fail(
        "`\(number)\(word)` is not a number", from: start, to: wordEnd,
        hint: "a `_` stands between two digits")
    }
    if number == "0", word.hasPrefix("o") {
      return fail("there are no octal numbers", from: start, to: wordEnd, hint: "write it as `0x…` or `0b…`")
    }
    if isDigit(at: end) {
      return fail("`\(number)\(word)` is not a binary number", from: start, to: wordEnd)
    }
    fail(
      "`\(word)` follows the number \(number) directly", from: start, to: wordEnd,
      hint: "a product is written with `*`: `\(number)*\(word)`")
  }
}

extension Lexer {
  /// The value of a number token, correctly rounded; nil when it is too large.
  static func value(ofNumber text: String) -> Double? {
    // Most numbers need no preparation.
    if let value = Double(text), value.isFinite { return value }
    let digits = text.filter { $0 != "_" }.lowercased()
    let value = digits.hasPrefix("0b") ? Double(hexadecimal(fromBinary: digits.dropFirst(2))) : Double(digits)
    guard let value, value.isFinite else { return nil }
    return value
  }

  /// Any number of bits as a text that `Double` rounds correctly.
  private static func hexadecimal(fromBinary bits: Substring) -> String {
    var digits = ""
    var rest = String(repeating: "0", count: (4 - bits.count % 4) % 4) + bits
    while !rest.isEmpty {
      digits += String(Int(rest.prefix(4), radix: 2) ?? 0, radix: 16)
      rest.removeFirst(4)
    }
    return "0x" + digits
  }
}

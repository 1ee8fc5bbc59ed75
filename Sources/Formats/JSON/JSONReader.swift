/// Reads one JSON document from bytes that outlive the reader.
struct JSONReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var depth = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    if bytes.starts(with: TextPlace.byteOrderMark) { position = TextPlace.byteOrderMark.count }
  }

  /// The whole document.
  mutating func document() throws(FormatError) -> JSON {
    skipSpaces()
    guard position < bytes.count else { throw .empty }
    let result = try value()
    skipSpaces()
    guard position == bytes.count else { throw mistake("something follows the end of the document") }
    return result
  }

  private func mistake(_ text: String, at place: Int? = nil) -> FormatError {
    let place = TextPlace(of: place ?? position, in: bytes)
    return .text(text, line: place.line, column: place.column)
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpaces() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private mutating func accept(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func value() throws(FormatError) -> JSON {
    guard let byte = next else { throw mistake("the document ends where a value belongs") }
    switch byte {
    case UInt8(ascii: "{"): return .object(try nested { reader throws(FormatError) in try reader.members() })
    case UInt8(ascii: "["): return .array(try nested { reader throws(FormatError) in try reader.items() })
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    default: throw mistake("this starts no JSON value")
    }
  }

  private mutating func nested<Result>(
    _ body: (inout JSONReader) throws(FormatError) -> Result
  ) throws(FormatError) -> Result {
    depth += 1
    defer { depth -= 1 }
    guard depth <= JSON.maximumDepth else {
      throw mistake("arrays and objects lie more than \(JSON.maximumDepth) levels deep")
    }
    if position & 0xFFFF == 0 { try checkInterruption(at: position, of: bytes.count) }
    position += 1
    return try body(&self)
  }

  private mutating func items() throws(FormatError) -> [JSON] {
    var result: [JSON] = []
    skipSpaces()
    if accept("]") { return result }
    while true {
      skipSpaces()
      result.append(try value())
      skipSpaces()
      if accept("]") { return result }
      guard accept(",") else { throw mistake("a comma or ] belongs here") }
    }
  }

  private mutating func members() throws(FormatError) -> [JSON.Member] {
    var result: [JSON.Member] = []
    skipSpaces()
    if accept("}") { return result }
    while true {
      skipSpaces()
      guard next == UInt8(ascii: "\"") else { throw mistake("a name in double quotes belongs here") }
      let name = try string()
      skipSpaces()
      guard accept(":") else { throw mistake("a colon belongs here") }
      skipSpaces()
      result.append(JSON.Member(name, try value()))
      skipSpaces()
      if accept("}") { return result }
      guard accept(",") else { throw mistake("a comma or } belongs here") }
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSON) throws(FormatError) -> JSON {
    let end = position + word.utf8CodeUnitCount
    guard end <= bytes.count,
      word.withUTF8Buffer({ $0.elementsEqual(UnsafeBufferPointer(rebasing: bytes[position..<end])) })
    else { throw mistake("this starts no JSON value") }
    position = end
    return value
  }

  private mutating func number() throws(FormatError) -> Double {
    let start = position
    func isDigit(_ offset: Int) -> Bool { offset < bytes.count && bytes[offset] &- 0x30 < 10 }
    let first = bytes[start] == UInt8(ascii: "-") ? start + 1 : start
    guard let number = DecimalReader.read(bytes, from: start), isDigit(first),
      !(bytes[first] == UInt8(ascii: "0") && isDigit(first + 1))
    else { throw mistake("this is no JSON number", at: start) }
    // A point without digits behind it is allowed in CSV only.
    if let point = bytes[start..<number.end].firstIndex(of: UInt8(ascii: ".")), !isDigit(point + 1) {
      throw mistake("digits belong behind the point", at: point)
    }
    position = number.end
    return number.value
  }
}

extension JSONReader {
  private mutating func string() throws(FormatError) -> String {
    let opening = position
    position += 1
    var start = position
    var result = ""
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        defer { position += 1 }
        return try result + text(start..<position)
      case UInt8(ascii: "\\"):
        result += try text(start..<position)
        result.unicodeScalars.append(try escape())
        start = position
      case 0..<0x20: throw mistake("a control character in a string; write it as an escape")
      default: position += 1
      }
    }
    throw mistake("this string does not end", at: opening)
  }

  private func text(_ range: Range<Int>) throws(FormatError) -> String {
    let part = UnsafeBufferPointer(rebasing: bytes[range])
    guard let text = String(validating: part, as: UTF8.self) else {
      let place = TextPlace(of: range.lowerBound + TextPlace.firstInvalid(in: part), in: bytes)
      throw .encoding(line: place.line, column: place.column)
    }
    return text
  }

  private mutating func escape() throws(FormatError) -> Unicode.Scalar {
    let start = position
    position += 1
    guard let letter = next else { throw mistake("this string does not end", at: start) }
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): break
    default: throw mistake("there is no such escape", at: start)
    }
    let first = try hexadecimal(start)
    if let scalar = Unicode.Scalar(first) { return scalar }
    // Characters beyond the first plane come as a pair of surrogates; one alone is no character.
    guard first < 0xDC00, accept("\\"), accept("u") else { return "\u{FFFD}" }
    let second = try hexadecimal(start)
    guard (0xDC00..<0xE000).contains(second) else { return "\u{FFFD}" }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
  }

  private mutating func hexadecimal(_ start: Int) throws(FormatError) -> UInt32 {
    let end = position + 4
    guard end <= bytes.count else { throw mistake("four hexadecimal digits belong here", at: start) }
    var result: UInt32 = 0
    for byte in bytes[position..<end] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw mistake("four hexadecimal digits belong here", at: start)
      }
      result = result << 4 | UInt32(digit)
    }
    position = end
    return result
  }
}

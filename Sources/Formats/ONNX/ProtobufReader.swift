/// A walk over the fields of a message in the wire format of protocol buffers.
struct ProtobufReader {
  /// What a field holds.
  enum Value {
    /// A whole number or truth value.
    case integer(UInt64)
    /// Four bytes: a number of single precision.
    case four(UInt32)
    /// Eight bytes: a number of double precision.
    case eight(UInt64)
    /// A text, a message inside, or several numbers.
    case bytes(ArraySlice<UInt8>)
  }

  private var rest: ArraySlice<UInt8>

  /// Starts at the first field of a message.
  init(_ message: ArraySlice<UInt8>) { rest = message }

  /// The next field's number and value, nil behind the last one.
  ///
  /// Throws a ``FormatError`` for a field that goes over the end, and for the wire types that are no longer in use.
  mutating func next() throws(FormatError) -> (number: Int, value: Value)? {
    if rest.isEmpty { return nil }
    let tag = try integer()
    let number = Int(tag >> 3)
    guard number > 0, number < 1 << 29 else {
      throw ProtobufReader.malformed("a field has the number \(tag >> 3)")
    }
    switch tag & 7 {
    case 0: return (number, .integer(try integer()))
    case 1: return (number, .eight(try word(8)))
    case 2:
      let count = try integer()
      guard count <= rest.count else {
        throw .truncated(
          part: "field \(number) of a message", wanted: Int(clamping: count), found: rest.count)
      }
      defer { rest = rest.dropFirst(Int(count)) }
      return (number, .bytes(rest.prefix(Int(count))))
    case 5: return (number, .four(UInt32(truncatingIfNeeded: try word(4))))
    default: throw ProtobufReader.malformed("field \(number) is of the unknown wire type \(tag & 7)")
    }
  }

  /// A number of up to ten bytes with seven bits each, the lowest ones first.
  private mutating func integer() throws(FormatError) -> UInt64 {
    var result: UInt64 = 0
    for shift in stride(from: UInt64(0), through: 63, by: 7) {
      guard let byte = rest.popFirst() else { throw .truncated(part: "a message", wanted: 1, found: 0) }
      result |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return result }
    }
    throw ProtobufReader.malformed("a number has more than ten bytes")
  }

  private mutating func word(_ count: Int) throws(FormatError) -> UInt64 {
    guard rest.count >= count else { throw .truncated(part: "a message", wanted: count, found: rest.count) }
    var result: UInt64 = 0
    for byte in rest.prefix(count).reversed() { result = result << 8 | UInt64(byte) }
    rest = rest.dropFirst(count)
    return result
  }

  private static func malformed(_ text: String) -> FormatError { .malformed(part: "a message", text) }
}

extension ProtobufReader {
  /// Adds the whole numbers of a field that may be packed, as many as `most` in all.
  ///
  /// Throws a ``FormatError`` when there are more, or when they are no whole numbers.
  static func addIntegers(of value: Value, to integers: inout [Int64], most: Int = .max) throws(FormatError) {
    switch value {
    case .integer(let integer): integers.append(Int64(bitPattern: integer))
    case .bytes(let bytes):
      var reader = ProtobufReader(bytes)
      while !reader.rest.isEmpty, integers.count <= most {
        integers.append(Int64(bitPattern: try reader.integer()))
      }
    case .four, .eight: throw malformed("a list of whole numbers holds other ones")
    }
    guard integers.count <= most else { throw malformed("a list has more than \(most) numbers") }
  }

  /// The bytes of the numbers of `size` bytes in a field that may be packed.
  static func addWords(of value: Value, size: Int, to bytes: inout [UInt8]) throws(FormatError) {
    switch value {
    case .four(let word) where size == 4: bytes.append(little: word)
    case .eight(let word) where size == 8: bytes.append(little: word)
    case .bytes(let packed): bytes += packed
    case .integer, .four, .eight: throw malformed("a list of numbers holds others")
    }
  }

  /// A text.
  static func text(_ value: Value) throws(FormatError) -> String {
    guard case .bytes(let bytes) = value, let text = String(validating: bytes, as: UTF8.self) else {
      throw malformed("a name is no UTF-8 text")
    }
    return text
  }

  /// The bytes of a message inside, or of a text.
  static func bytes(_ value: Value) throws(FormatError) -> ArraySlice<UInt8> {
    guard case .bytes(let bytes) = value else { throw malformed("a number stands where a message should be") }
    return bytes
  }

  /// A whole number.
  static func integer(_ value: Value) throws(FormatError) -> Int64 {
    guard case .integer(let integer) = value else {
      throw malformed("no whole number stands where one should be")
    }
    return Int64(bitPattern: integer)
  }
}

/// A walk over bytes that knows where they end.
struct ByteReader {
  private let bytes: ArraySlice<UInt8>
  /// Where the next byte is read, counted from the first one.
  private(set) var position = 0

  /// Starts at the first of `bytes`.
  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  /// How many bytes are left.
  var remaining: Int { bytes.count - position }

  /// The next `count` bytes, named for the error when there are fewer.
  mutating func take(_ count: Int, _ part: String) throws(FormatError) -> ArraySlice<UInt8> {
    guard count >= 0, count <= remaining else {
      throw .truncated(part: part, wanted: count, found: remaining)
    }
    let start = bytes.startIndex + position
    position += count
    return bytes[start..<(start + count)]
  }

  /// The rest of the bytes.
  mutating func takeRest() -> ArraySlice<UInt8> {
    defer { position = bytes.count }
    return bytes[(bytes.startIndex + position)...]
  }

  /// An unsigned integer whose least significant byte comes first.
  mutating func little<Integer: FixedWidthInteger>(_: Integer.Type, _ part: String) throws(FormatError)
    -> Integer
  {
    var result: Integer = 0
    for byte in try take(MemoryLayout<Integer>.size, part).reversed() {
      result = result << 8 | Integer(truncatingIfNeeded: byte)
    }
    return result
  }

  /// An unsigned integer whose most significant byte comes first.
  mutating func big<Integer: FixedWidthInteger>(_: Integer.Type, _ part: String) throws(FormatError)
    -> Integer
  {
    Integer(littleEndian: try little(Integer.self, part)).byteSwapped
  }
}

extension [UInt8] {
  /// Adds an integer, its least significant byte first.
  mutating func append(little integer: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: integer.littleEndian) { append(contentsOf: $0) }
  }

  /// Adds an integer, its most significant byte first.
  mutating func append(big integer: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: integer.bigEndian) { append(contentsOf: $0) }
  }
}

/// Finds bytes in words of eight.
enum ByteSearch {
  /// A word with `byte` in every place.
  static func word(of byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// The eight bytes at `pointer`, the first in the lowest place.
  @inline(__always)
  static func load(_ pointer: UnsafePointer<UInt8>) -> UInt64 {
    UnsafeRawPointer(pointer).loadUnaligned(as: UInt64.self).littleEndian
  }

  /// Marks where `word` equals `pattern` by the highest bit of the byte.
  ///
  /// Behind the first place that is right, others may be marked too.
  @inline(__always)
  static func marks(_ word: UInt64, _ pattern: UInt64) -> UInt64 {
    let difference = word ^ pattern
    return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
  }

  /// How many bytes lie before the first mark.
  @inline(__always)
  static func index(ofFirst marks: UInt64) -> Int { marks.trailingZeroBitCount >> 3 }

  /// Whether all bytes are ASCII characters.
  @inline(__always)
  static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    var union: UInt64 = 0
    var position = 0
    while bytes.count - position >= 8 {
      union |= load(base + position)
      position += 8
    }
    while position < bytes.count {
      union |= UInt64(base[position])
      position += 1
    }
    return union & 0x8080_8080_8080_8080 == 0
  }
}

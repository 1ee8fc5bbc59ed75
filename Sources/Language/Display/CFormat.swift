#if canImport(Glibc)
  import Glibc
#endif

/// The C library's exact conversion of numbers to decimals.
enum CFormat {
  /// A number in one of the styles `e`, `f` and `g` of `printf`, with so many digits.
  static func text(_ number: Double, precision: Int, style: Character) -> String {
    let format = "%.\(max(0, precision))\(style)"
    return withVaList([number]) { arguments in
      var buffer = [CChar](repeating: 0, count: 64)
      let length = Int(vsnprintf(&buffer, buffer.count, format, arguments))
      guard length >= buffer.count else { return String(decoding: bytes(buffer, length), as: UTF8.self) }
      return long(number, format, length)
    }
  }

  private static func long(_ number: Double, _ format: String, _ length: Int) -> String {
    withVaList([number]) { arguments in
      var buffer = [CChar](repeating: 0, count: length + 1)
      let written = Int(vsnprintf(&buffer, buffer.count, format, arguments))
      return String(decoding: bytes(buffer, min(written, length)), as: UTF8.self)
    }
  }

  private static func bytes(_ buffer: [CChar], _ length: Int) -> [UInt8] {
    buffer.prefix(max(0, length)).map { UInt8(bitPattern: $0) }
  }
}

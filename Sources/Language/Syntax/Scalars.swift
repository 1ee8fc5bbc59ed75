import CUTF8Proc

/// Reading of UTF-8 bytes as Unicode scalars.
enum Scalars {
  /// The offset of the first byte that is not part of well-formed UTF-8.
  static func firstInvalidOffset(in bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.contains(where: { $0 >= 0x80 }) else { return nil }
    var decoder = Unicode.UTF8.ForwardParser()
    var offset = bytes.startIndex
    var iterator = bytes.makeIterator()
    while true {
      switch decoder.parseScalar(from: &iterator) {
      case .valid(let scalar): offset += scalar.count
      case .error: return offset
      case .emptyInput: return nil
      }
    }
  }

  /// The scalar at `offset` of well-formed bytes and the number of its bytes.
  static func scalar(in bytes: [UInt8], at offset: Int) -> (value: Unicode.Scalar, length: Int) {
    let first = UInt32(bytes[offset])
    if first < 0x80 { return (Unicode.Scalar(UInt8(first)), 1) }
    let length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
    var value = first & (0x7f >> UInt32(length))
    for following in bytes[(offset + 1)..<min(offset + length, bytes.count)] {
      value = value << 6 | UInt32(following & 0x3f)
    }
    return (Unicode.Scalar(value) ?? "\u{fffd}", length)
  }

  /// Whether an identifier may start with the scalar: XID_Start or `_`.
  static func startsIdentifier(_ scalar: Unicode.Scalar) -> Bool {
    guard !scalar.isASCII else {
      return scalar == "_" || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }
    return scalar.properties.isXIDStart
  }

  /// Whether an identifier may go on with the scalar: XID_Continue or a subscript digit.
  static func continuesIdentifier(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isXIDContinue || ("₀"..."₉").contains(scalar)
  }

  /// The text in Unicode's normalisation form C.
  static func normalized(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(where: { $0 >= 0x80 }) else { return String(decoding: bytes, as: UTF8.self) }
    var composed: UnsafeMutablePointer<UInt8>?
    let options = utf8proc_option_t(UTF8PROC_STABLE.rawValue | UTF8PROC_COMPOSE.rawValue)
    let length = bytes.withUnsafeBufferPointer {
      utf8proc_map($0.baseAddress, $0.count, &composed, options)
    }
    guard length >= 0, let composed else { return String(decoding: bytes, as: UTF8.self) }
    defer { free(composed) }
    return String(decoding: UnsafeBufferPointer(start: composed, count: length), as: UTF8.self)
  }
}

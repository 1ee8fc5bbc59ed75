import Tensors

/// Turns the stored elements of a file into a tensor.
enum ElementDecoder {
  /// The tensor whose elements are `bytes` in row-major order.
  ///
  /// Truth values stay truth values, all other elements become `precision`. The declared size is compared with the
  /// bytes at hand before anything is allocated. Throws ``FormatError/truncated(part:wanted:found:)`` or
  /// ``FormatError/surplus(bytes:after:)`` when they differ.
  static func tensor(
    _ bytes: ArraySlice<UInt8>, _ kind: ElementKind, isBigEndian: Bool = false, lengths: [Int],
    precision: DType
  ) throws(FormatError) -> Tensor {
    guard let wanted = kind.byteCount(lengths), wanted <= bytes.count else {
      throw .truncated(part: "the data", wanted: kind.byteCount(lengths) ?? Int.max, found: bytes.count)
    }
    guard wanted == bytes.count else { throw .surplus(bytes: bytes.count - wanted, after: "the data") }
    let shape = try building { () throws(TensorError) in try Shape(checking: lengths) }
    let dtype: DType = kind == .bool ? .bool : precision == .f32 ? .f32 : .f64
    return try building { () throws(TensorError) in
      try Tensor(shape, dtype) { target in
        bytes.withUnsafeBytes { copy($0, kind, isBigEndian, into: target, dtype) }
      }
    }
  }

  private static func copy(
    _ source: UnsafeRawBufferPointer, _ kind: ElementKind, _ isBigEndian: Bool,
    into target: UnsafeMutableRawBufferPointer, _ dtype: DType
  ) {
    let isStoredAlike = (kind == .f64 && dtype == .f64) || (kind == .f32 && dtype == .f32)
    if isStoredAlike, !isBigEndian { return target.copyMemory(from: source) }
    if dtype == .bool {
      for (index, byte) in source.enumerated() { target[index] = byte == 0 ? 0 : 1 }
      return
    }
    let words = Words(source: source, target: target, isBigEndian: isBigEndian, isDouble: dtype == .f64)
    switch kind {
    case .bool, .u8: words.convert(UInt8.self) { Double($0) }
    case .i8: words.convert(UInt8.self) { Double(Int8(bitPattern: $0)) }
    case .u16: words.convert(UInt16.self) { Double($0) }
    case .i16: words.convert(UInt16.self) { Double(Int16(bitPattern: $0)) }
    case .u32: words.convert(UInt32.self) { Double($0) }
    case .i32: words.convert(UInt32.self) { Double(Int32(bitPattern: $0)) }
    case .u64: words.convert(UInt64.self) { Double($0) }
    case .i64: words.convert(UInt64.self) { Double(Int64(bitPattern: $0)) }
    case .f16: words.convert(UInt16.self) { Double(Float16(bitPattern: $0)) }
    case .bf16: words.convert(UInt16.self) { Double(Float(bitPattern: UInt32($0) << 16)) }
    case .f32: words.convert(UInt32.self) { Double(Float(bitPattern: $0)) }
    case .f64: words.convert(UInt64.self) { Double(bitPattern: $0) }
    }
  }

  /// Stored words on their way into a tensor.
  private struct Words {
    let source: UnsafeRawBufferPointer
    let target: UnsafeMutableRawBufferPointer
    let isBigEndian: Bool
    let isDouble: Bool

    @inline(__always)
    func convert<Word: FixedWidthInteger & BitwiseCopyable>(_: Word.Type, _ number: (Word) -> Double) {
      let count = source.count / MemoryLayout<Word>.size
      for index in 0..<count {
        let stored = source.loadUnaligned(fromByteOffset: index * MemoryLayout<Word>.size, as: Word.self)
        let value = number(isBigEndian ? Word(bigEndian: stored) : Word(littleEndian: stored))
        if isDouble {
          target.storeBytes(of: value, toByteOffset: 8 * index, as: Double.self)
        } else {
          target.storeBytes(of: Float(value), toByteOffset: 4 * index, as: Float.self)
        }
      }
    }
  }
}

import Tensors

/// Reads the tensors of a model.
enum ONNXTensorReader {
  /// The element types that are read, by their numbers in the format.
  static let kinds: [Int64: ElementKind] = [
    1: .f32, 2: .u8, 3: .i8, 4: .u16, 5: .i16, 6: .i32, 7: .i64, 9: .bool, 10: .f16, 11: .f64, 12: .u32,
    13: .u64,
    16: .bf16,
  ]

  /// The parts of a tensor's message.
  private struct Parts {
    var name = ""
    var lengths: [Int64] = []
    var kind: Int64 = 0
    /// The elements as they lie in memory.
    var raw: ArraySlice<UInt8>?
    /// The same for numbers of four or eight bytes, one field for each or all in one.
    var words: [UInt8] = []
    /// The elements of the other types.
    var integers: [Int64] = []
  }

  /// A tensor with its name.
  static func constant(_ bytes: ArraySlice<UInt8>) throws(FormatError) -> ONNX.Constant {
    let parts = try parts(bytes)
    guard let kind = kinds[parts.kind] else {
      throw .unsupported("the elements of \(parts.name) are of the type \(parts.kind), which is not read")
    }
    let lengths = parts.lengths.map { Int($0) }
    let isFloating: Bool
    let precision: DType
    switch kind {
    case .f32, .f16, .bf16: (isFloating, precision) = (true, .f32)
    case .f64: (isFloating, precision) = (true, .f64)
    case .bool, .i8, .u8, .i16, .u16, .i32, .u32, .i64, .u64: (isFloating, precision) = (false, .f64)
    }
    let tensor = try ElementDecoder.tensor(
      try elements(parts, kind, lengths), kind, lengths: lengths, precision: precision)
    return ONNX.Constant(name: parts.name, tensor: tensor, isFloating: isFloating)
  }

  private static func parts(_ bytes: ArraySlice<UInt8>) throws(FormatError) -> Parts {
    var parts = Parts()
    var reader = ProtobufReader(bytes)
    while let (number, value) = try reader.next() {
      switch number {
      case 1: try ProtobufReader.addIntegers(of: value, to: &parts.lengths, most: 64)
      case 2: parts.kind = try ProtobufReader.integer(value)
      case 4: try ProtobufReader.addWords(of: value, size: 4, to: &parts.words)
      case 5, 7, 11: try ProtobufReader.addIntegers(of: value, to: &parts.integers)
      case 8: parts.name = try ProtobufReader.text(value)
      case 9: parts.raw = try ProtobufReader.bytes(value)
      case 10: try ProtobufReader.addWords(of: value, size: 8, to: &parts.words)
      case 13: throw outside(parts.name)
      case 14: if try ProtobufReader.integer(value) != 0 { throw outside(parts.name) }
      default: break
      }
    }
    return parts
  }

  private static func outside(_ name: String) -> FormatError {
    .unsupported("the elements of \(name) lie in another file; save the model with its weights inside")
  }

  /// The elements as bytes, the lowest one first.
  private static func elements(
    _ parts: Parts, _ kind: ElementKind, _ lengths: [Int]
  ) throws(FormatError) -> ArraySlice<UInt8> {
    if let raw = parts.raw { return raw }
    if kind == .f32 || kind == .f64 { return parts.words[...] }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(parts.integers.count * kind.size)
    for integer in parts.integers {
      // Of half numbers the bits are given.
      switch kind.size {
      case 1: bytes.append(UInt8(truncatingIfNeeded: integer))
      case 2: bytes.append(little: UInt16(truncatingIfNeeded: integer))
      case 4: bytes.append(little: UInt32(truncatingIfNeeded: integer))
      default: bytes.append(little: integer)
      }
    }
    return bytes[...]
  }
}

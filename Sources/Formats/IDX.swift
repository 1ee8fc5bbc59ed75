import Tensors

/// The format of the MNIST files: a typed array behind a short header, most significant bytes first.
public enum IDX {
  private static let kinds: [(code: UInt8, kind: ElementKind)] = [
    (0x08, .u8), (0x09, .i8), (0x0B, .i16), (0x0C, .i32), (0x0D, .f32), (0x0E, .f64),
  ]

  /// The tensor in a file, its elements as `precision`.
  ///
  /// Throws a ``FormatError``; the length of the file must be exact.
  public static func read(_ bytes: [UInt8], precision: DType = .f64) throws(FormatError) -> Tensor {
    guard !bytes.isEmpty else { throw .empty }
    var reader = ByteReader(bytes[...])
    guard try reader.big(UInt16.self, "the header") == 0 else { throw .signature(format: "IDX") }
    let code = try reader.big(UInt8.self, "the header")
    guard let kind = kinds.first(where: { $0.code == code })?.kind else {
      throw .malformed(part: "the header", "type code \(code) is not one of 8, 9, 11, 12, 13, 14")
    }
    let rank = Int(try reader.big(UInt8.self, "the header"))
    var lengths: [Int] = []
    for axis in 0..<rank { lengths.append(Int(try reader.big(UInt32.self, "length \(axis)"))) }
    return try ElementDecoder.tensor(
      reader.takeRest(), kind, isBigEndian: true, lengths: lengths, precision: precision)
  }

  /// The bytes of a file that holds `tensor`, in the smallest type that keeps its elements: bytes and 32-bit
  /// integers for whole numbers, else floats.
  ///
  /// Throws a ``FormatError`` when a length does not fit into 32 bits.
  public static func write(_ tensor: Tensor) throws(FormatError) -> [UInt8] {
    let numbers = try building { () throws(TensorError) in try tensor.doubles() }
    let kind = smallest(for: numbers, tensor.dtype)
    var result: [UInt8] = [0, 0, kinds.first { $0.kind == kind }?.code ?? 0x0E, UInt8(tensor.shape.rank)]
    for length in tensor.shape {
      guard let length = UInt32(exactly: length) else {
        throw .unsupported("an axis of \(length) elements is too long: IDX has 32 bits for a length")
      }
      result.append(big: length)
    }
    result.reserveCapacity(result.count + numbers.count * kind.size)
    for number in numbers {
      switch kind {
      case .u8: result.append(UInt8(number))
      case .i32: result.append(big: Int32(number))
      case .f32: result.append(big: Float(number).bitPattern)
      default: result.append(big: number.bitPattern)
      }
    }
    return result
  }

  private static func smallest(for numbers: [Double], _ dtype: DType) -> ElementKind {
    if numbers.allSatisfy({ UInt8(exactly: $0) != nil }) { return .u8 }
    if numbers.allSatisfy({ Int32(exactly: $0) != nil }) { return .i32 }
    return dtype == .f32 ? .f32 : .f64
  }
}

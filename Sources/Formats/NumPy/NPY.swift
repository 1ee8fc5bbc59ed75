import Tensors

/// NumPy's file of one array.
public enum NPY {
  private static let signature: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// The tensor in a file: truth values as they are, all other numbers as `precision`.
  ///
  /// Throws a ``FormatError``; arrays of objects and of records are refused.
  public static func read(_ bytes: [UInt8], precision: DType = .f64) throws(FormatError) -> Tensor {
    try read(bytes[...], precision: precision)
  }

  static func read(_ bytes: ArraySlice<UInt8>, precision: DType) throws(FormatError) -> Tensor {
    guard !bytes.isEmpty else { throw .empty }
    guard bytes.starts(with: signature) else { throw .signature(format: "npy") }
    var reader = ByteReader(bytes)
    _ = try reader.take(signature.count, "the signature")
    let version = try reader.little(UInt8.self, "the version")
    _ = try reader.little(UInt8.self, "the version")
    let length: Int
    switch version {
    case 1: length = Int(try reader.little(UInt16.self, "the header's length"))
    case 2, 3: length = Int(try reader.little(UInt32.self, "the header's length"))
    default: throw .unsupported("version \(version) of the npy format is unknown; 1 to 3 are read")
    }
    let header = try NPYHeader(reading: try reader.take(length, "the header"))
    // The first index of a Fortran array varies fastest: it is the row-major array of the reversed shape, transposed.
    let lengths = header.isFortran ? header.shape.reversed() : header.shape
    let stored = try ElementDecoder.tensor(
      reader.takeRest(), header.kind, isBigEndian: header.isBigEndian, lengths: lengths, precision: precision)
    guard header.isFortran, lengths.count > 1 else { return stored }
    let transposed = try building { () throws(TensorError) in try Quantity.tensor(stored).transpose() }
    guard case .tensor(let tensor) = transposed else { return stored }
    return tensor
  }

  /// The bytes of a file that holds `tensor`: version 1.0, least significant byte first, C order.
  ///
  /// Throws a ``FormatError`` when memory is short.
  public static func write(_ tensor: Tensor) throws(FormatError) -> [UInt8] {
    let kind =
      switch tensor.dtype {
      case .f64: "<f8"
      case .f32: "<f4"
      case .bool: "|b1"
      }
    let lengths = tensor.shape.map(String.init)
    let shape = lengths.count == 1 ? "(\(lengths[0]),)" : "(\(lengths.joined(separator: ", ")))"
    let header = "{'descr': '\(kind)', 'fortran_order': False, 'shape': \(shape), }"
    // Signature, version, length, header, padding and line end together are a multiple of 64 bytes.
    let fixed = signature.count + 4
    let total = (fixed + header.utf8.count + 1 + 63) / 64 * 64
    var result = signature + [1, 0]
    result.reserveCapacity(total + tensor.count * tensor.dtype.size)
    result.append(little: UInt16(total - fixed))
    result += header.utf8
    result += repeatElement(UInt8(ascii: " "), count: total - result.count - 1)
    result.append(UInt8(ascii: "\n"))
    try building { () throws(TensorError) in try tensor.withBytes { result += $0 } }
    return result
  }
}

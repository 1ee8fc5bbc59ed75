import Tensors

/// NumPy's file of several named arrays: a zip archive of npy files.
public enum NPZ {
  private static let ending = ".npy"

  /// The tensors in a file with their names, in the order of the archive.
  ///
  /// Throws a ``FormatError``.
  public static func read(_ bytes: [UInt8], precision: DType = .f64) throws(FormatError) -> [NamedTensor] {
    let archive = try ZipArchive(reading: bytes)
    var result: [NamedTensor] = []
    for member in archive.members {
      guard member.name.hasSuffix(ending) else {
        throw .unsupported("the member \(member.name.prefix(80)) is no npy file")
      }
      let content = try archive.content(of: member)
      let name = String(member.name.dropLast(ending.count))
      result.append(NamedTensor(name, try NPY.read(content, precision: precision)))
    }
    return result
  }

  /// The bytes of a file that holds these tensors, not compressed.
  ///
  /// Throws a ``FormatError`` for two tensors of one name and for more than 4 GB.
  public static func write(_ tensors: [NamedTensor]) throws(FormatError) -> [UInt8] {
    var writer = ZipWriter()
    for tensor in tensors { try writer.add(tensor.name + ending, try NPY.write(tensor.tensor)) }
    return try writer.finished()
  }
}

/// A tensor with its name in a file.
public struct NamedTensor {
  /// The name, which may contain dots.
  public var name: String
  /// The tensor, of rank 0 for a single number.
  public var tensor: Tensor

  /// A tensor under a name.
  public init(_ name: String, _ tensor: Tensor) {
    self.name = name
    self.tensor = tensor
  }
}

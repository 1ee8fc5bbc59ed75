/// A JSON document (RFC 8259).
public enum JSON: Equatable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  /// A name and its value; an object may hold a name twice.
  public struct Member: Equatable, Sendable {
    /// The name.
    public var name: String
    /// What stands behind it.
    public var value: JSON

    /// A value under a name.
    public init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  /// How deep arrays and objects may lie inside one another, so that no document overflows the stack.
  public static let maximumDepth = 512

  /// The document in `bytes`.
  ///
  /// Numbers are correctly rounded; those too large for a float become infinite. Throws a ``FormatError`` with the
  /// line and the column of the first mistake.
  public init(reading bytes: [UInt8]) throws(FormatError) { try self.init(reading: bytes[...]) }

  init(reading bytes: ArraySlice<UInt8>) throws(FormatError) {
    guard !bytes.isEmpty else { throw .empty }
    self = try bytes.withUnsafeBufferPointer { buffer throws(FormatError) in
      var reader = JSONReader(buffer)
      return try reader.document()
    }
  }
}

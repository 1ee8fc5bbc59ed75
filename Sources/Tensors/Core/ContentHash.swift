import CKernels

/// 128 bits that tell one content from another: XXH3, which is fast and no defence against forgery.
public struct ContentHash: Hashable, Sendable {
  /// The upper half.
  public var high: UInt64
  /// The lower half.
  public var low: UInt64

  /// The hash of some bytes.
  public init(of bytes: UnsafeRawBufferPointer) {
    high = 0
    low = 0
    nns_hash(bytes.baseAddress, bytes.count, &high, &low)
  }

  /// The hash with these bytes, 16 of them in big-endian order; nil for another number of bytes.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    low = bytes.dropFirst(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Its 16 bytes in big-endian order.
  public var bytes: [UInt8] {
    [high, low].flatMap { half in
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: half >> $0) }
    }
  }
}

/// Hashes of consecutive pieces of a block of memory, forgotten where the memory was written since.
struct PieceTable {
  /// Bytes of a piece.
  static let pieceSize = 4 << 20
  /// How many bytes the table is about.
  private(set) var length = 0
  private var hashes: [ContentHash?] = []

  /// Whether nothing is known.
  @inline(__always) var isEmpty: Bool { hashes.isEmpty }

  /// The hash of a piece of a content of `length` bytes, if it is known.
  func known(_ piece: Int, length: Int) -> ContentHash? {
    guard hashes.indices.contains(piece) else { return nil }
    // The last piece may have been shorter or longer when it was hashed.
    let end = (piece + 1) * PieceTable.pieceSize
    guard min(end, length) == min(end, self.length) else { return nil }
    return hashes[piece]
  }

  /// Remembers the hashes of all pieces of a content of `length` bytes.
  mutating func remember(_ hashes: [ContentHash], length: Int) {
    self.hashes = hashes
    self.length = length
  }

  /// Forgets the pieces that hold these bytes, or all.
  mutating func forget(_ bytes: Range<Int>?) {
    guard let bytes else {
      hashes = []
      return
    }
    guard !bytes.isEmpty else { return }
    let last = min((bytes.upperBound - 1) / PieceTable.pieceSize, hashes.count - 1)
    for piece in stride(from: bytes.lowerBound / PieceTable.pieceSize, through: last, by: 1) {
      hashes[piece] = nil
    }
  }
}

/// The bytes of a tensor in pieces of a few MiB, each known by its hash.
extension Tensor {
  /// A piece of the bytes: where it is, and its hash.
  public struct Piece: Sendable {
    /// The bytes it takes.
    public var range: Range<Int>
    /// The hash of its bytes.
    public var hash: ContentHash
    /// Whether the hash is remembered from an earlier call: nobody wrote there since.
    public var isUnchanged: Bool
  }

  /// How many bytes there are.
  public var byteCount: Int { count * dtype.size }

  /// The pieces of the bytes.
  ///
  /// Hashes are remembered with the memory, so only what was written since the last call is hashed. Throws
  /// ``TensorError/allocation(bytes:limit:)`` when a sequence does not fit into memory.
  public func pieces() throws(TensorError) -> [Piece] {
    let length = byteCount
    let result = try withBytes { bytes in
      let table = pieceTable
      return stride(from: 0, to: length, by: PieceTable.pieceSize).map { start in
        let range = start..<Swift.min(start + PieceTable.pieceSize, length)
        let known = table.known(start / PieceTable.pieceSize, length: length)
        let hash = known ?? ContentHash(of: UnsafeRawBufferPointer(rebasing: bytes[range]))
        return Piece(range: range, hash: hash, isUnchanged: known != nil)
      }
    }
    rememberPieces(result.map(\.hash))
    return result
  }

  /// Remembers the hashes of all pieces, which came with the bytes.
  public func rememberPieces(_ hashes: [ContentHash]) {
    pieceTable.remember(hashes, length: byteCount)
  }
}

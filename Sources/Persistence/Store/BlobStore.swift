import CSQLite
import Glibc
import Language
import Tensors

/// Tensors in a database: each piece of their bytes is kept once, however many tensors have it.
struct BlobStore {
  let database: Database
}

extension BlobStore {
  /// The number of a tensor's blob, which is added unless it is there. Only pieces that were written since the
  /// tensor was last saved are hashed.
  func save(_ tensor: Tensor) throws -> Int {
    let pieces = try tensor.pieces()
    let shape = "[" + tensor.shape.array.map(String.init).joined(separator: ",") + "]"
    var content = Array("\(tensor.dtype.name) \(shape)".utf8)
    for piece in pieces { content += piece.hash.bytes }
    let hash = content.withUnsafeBytes { ContentHash(of: $0) }.bytes
    var ids: [Int] = []
    for piece in pieces { ids.append(try save(piece, of: tensor)) }
    let known = try database.rows(
      "SELECT id FROM blob WHERE hash = ? AND dtype = ? AND shape = ?", hash, tensor.dtype.name, shape
    ) {
      $0.integer(0)
    }
    for blob in known where try self.pieces(of: blob) == ids { return blob }
    try database.run(
      "INSERT INTO blob (hash, dtype, shape, size) VALUES (?, ?, ?, ?)", hash, tensor.dtype.name, shape,
      tensor.byteCount)
    let blob = database.lastInserted
    for (number, piece) in ids.enumerated() {
      try database.run("INSERT INTO blob_piece (blob, number, piece) VALUES (?, ?, ?)", blob, number, piece)
    }
    return blob
  }

  private func pieces(of blob: Int) throws(DatabaseError) -> [Int] {
    try database.rows("SELECT piece FROM blob_piece WHERE blob = ? ORDER BY number", blob) { $0.integer(0) }
  }

  private func save(_ piece: Tensor.Piece, of tensor: Tensor) throws -> Int {
    let hash = piece.hash.bytes
    let candidates = try database.rows("SELECT id FROM piece WHERE hash = ?", hash) { $0.integer(0) }
    // What came from here or was confirmed before need not be compared again.
    if piece.isUnchanged, let known = candidates.first { return known }
    let saved = try tensor.withBytes { bytes in
      Result<Int, any Error> {
        let content = UnsafeRawBufferPointer(rebasing: bytes[piece.range])
        for candidate in candidates where try isEqual(candidate, content) { return candidate }
        let statement = try database.statement("INSERT INTO piece (hash, bytes) VALUES (?, ?)", [hash])
        defer { statement.reset() }
        try statement.bind(content, at: 1)
        _ = try statement.step()
        return database.lastInserted
      }
    }
    return try saved.get()
  }

  private func isEqual(_ piece: Int, _ content: UnsafeRawBufferPointer) throws(DatabaseError) -> Bool {
    try database.first("SELECT bytes FROM piece WHERE id = ?", piece) { row in
      let bytes = row.bytes(0)
      guard bytes.count == content.count, let a = bytes.baseAddress, let b = content.baseAddress else {
        return false
      }
      return memcmp(a, b, bytes.count) == 0
    } ?? false
  }
}

extension BlobStore {
  /// The tensor of a blob.
  ///
  /// Throws a diagnostic when its bytes are not those that were saved.
  func tensor(_ blob: Int) throws -> Tensor {
    let row = try database.first("SELECT dtype, shape, size FROM blob WHERE id = ?", blob) { row in
      (DType(name: row.text(0)), BlobStore.lengths(row.text(1)), row.integer(2))
    }
    guard let row, let dtype = row.0, let lengths = row.1 else { throw BlobStore.damaged(blob) }
    let shape = try Shape(checking: lengths)
    guard shape.count * dtype.size == row.2 else { throw BlobStore.damaged(blob) }
    let pieces = try database.rows(
      "SELECT p.id, p.hash, length(p.bytes) FROM blob_piece b JOIN piece p ON p.id = b.piece WHERE b.blob = ? ORDER BY b.number",
      blob
    ) { (id: $0.integer(0), hash: ContentHash(bytes: Array($0.bytes(1))), size: $0.integer(2)) }
    guard pieces.reduce(0, { $0 + $1.size }) == row.2 else { throw BlobStore.damaged(blob) }
    var failure: (any Error)?
    let tensor = try Tensor(shape, dtype) { target in
      do {
        var start = 0
        for piece in pieces {
          let part = UnsafeMutableRawBufferPointer(rebasing: target[start..<start + piece.size])
          try database.read(piece.id, into: part)
          guard ContentHash(of: UnsafeRawBufferPointer(part)) == piece.hash else {
            throw BlobStore.damaged(blob)
          }
          start += piece.size
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    tensor.rememberPieces(pieces.compactMap(\.hash))
    return tensor
  }

  private static func damaged(_ blob: Int) -> Diagnostic {
    Diagnostic("the tensor \(blob) of the store is damaged", kind: .file)
  }

  /// The lengths that `[2,3]` spells.
  static func lengths(_ text: String) -> [Int]? {
    guard text.hasPrefix("["), text.hasSuffix("]") else { return nil }
    let parts = text.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false)
    if parts.count == 1, parts[0].isEmpty { return [] }
    let lengths = parts.compactMap { Int($0) }
    return lengths.count == parts.count ? lengths : nil
  }
}

extension Database {
  /// Reads the bytes of a piece straight to where they belong, without assembling them first.
  fileprivate func read(_ piece: Int, into target: UnsafeMutableRawBufferPointer) throws(DatabaseError) {
    guard !target.isEmpty else { return }
    var blob: OpaquePointer?
    var code = sqlite3_blob_open(handle, "main", "piece", "bytes", sqlite3_int64(piece), 0, &blob)
    defer { sqlite3_blob_close(blob) }
    if code == SQLITE_OK { code = sqlite3_blob_read(blob, target.baseAddress, Int32(target.count), 0) }
    guard code == SQLITE_OK else { throw failure(code, "read a piece") }
  }
}

import Language
import Tensors

/// Values in a database, each kept once.
struct ValueStore {
  let database: Database
  private var blobs: BlobStore { BlobStore(database: database) }

  init(_ database: Database) { self.database = database }
}

extension ValueStore {
  /// The number of a value, which is added unless it is there.
  func save(_ stored: StoredValue) throws -> Int {
    var ids: [Int] = []
    for tensor in stored.tensors { ids.append(try blobs.save(tensor)) }
    let content = Array((ids.map(String.init).joined(separator: " ") + "\n" + stored.structure).utf8)
    let hash = content.withUnsafeBytes { ContentHash(of: $0) }.bytes
    let known = try database.rows(
      "SELECT id FROM value WHERE hash = ? AND structure = ?", hash, stored.structure
    ) {
      $0.integer(0)
    }
    for value in known where try blobs(of: value) == ids { return value }
    try database.run(
      "INSERT INTO value (hash, type, summary, structure) VALUES (?, ?, ?, ?)", hash, stored.type,
      stored.summary,
      stored.structure)
    let value = database.lastInserted
    for (number, blob) in ids.enumerated() {
      try database.run("INSERT INTO value_blob (value, number, blob) VALUES (?, ?, ?)", value, number, blob)
    }
    return value
  }

  private func blobs(of value: Int) throws(DatabaseError) -> [Int] {
    try database.rows("SELECT blob FROM value_blob WHERE value = ? ORDER BY number", value) { $0.integer(0) }
  }

  /// The value of a number; nil when there is none.
  func load(_ value: Int) throws -> StoredValue? {
    let row = try database.first("SELECT type, summary, structure FROM value WHERE id = ?", value) {
      StoredValue(type: $0.text(0), summary: $0.text(1), structure: $0.text(2), tensors: [])
    }
    guard var stored = row else { return nil }
    for blob in try blobs(of: value) { stored.tensors.append(try blobs.tensor(blob)) }
    return stored
  }
}

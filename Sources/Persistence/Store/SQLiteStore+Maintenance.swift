import Glibc
import Language
import Tensors

/// What `nns store` does.
extension SQLiteStore {
  /// Facts about the store, a name and a value each.
  public func facts() throws(Diagnostic) -> [(name: String, value: String)] {
    try reading {
      func count(_ table: String) throws -> String {
        try "\(database.integer("SELECT count(*) FROM \(table)"))"
      }
      var status = stat()
      let bytes = stat(path, &status) == 0 ? Int(status.st_size) : 0
      let logBytes = stat(path + "-wal", &status) == 0 ? Int(status.st_size) : 0
      let content = try database.integer("SELECT coalesce(sum(length(bytes)), 0) FROM piece")
      return [
        ("path", path), ("schema", "\(try database.schemaVersion)"), ("size", SQLiteStore.size(bytes)),
        ("log", SQLiteStore.size(logBytes)),
        ("sessions", try count("session")), ("cells", try count("cell")), ("datasets", try count("dataset")),
        ("checkpoints", try count("checkpoint")), ("runs", try count("run")),
        ("tensors", "\(try count("blob")) in \(try count("piece")) pieces, \(SQLiteStore.size(content))"),
      ]
    }
  }

  /// A number of bytes for a reader.
  public static func size(_ bytes: Int) -> String {
    let units = ["B", "KB", "MB", "GB", "TB"]
    var (amount, unit) = (Double(bytes), 0)
    while amount >= 1000, unit + 1 < units.count {
      amount /= 1000
      unit += 1
    }
    let tenths = (amount * 10).rounded() / 10
    return (unit == 0 ? "\(bytes)" : Display.number(tenths)) + " " + units[unit]
  }

  /// In what the cells of a session were evaluated otherwise than here, a line each.
  public func foreignEnvironments(ofSession session: Int) throws(Diagnostic) -> [String] {
    try reading {
      try database.rows(
        """
        SELECT nns, processor, blas, min(number), max(number) FROM cell JOIN environment e ON e.id = cell.environment
        WHERE session = ? AND (nns, processor, blas) <> (?, ?, ?) GROUP BY e.id
        """, session, environment.version, environment.processor, environment.blas
      ) {
        "cells \($0.integer(3)) to \($0.integer(4)) were evaluated by nns \($0.text(0)) on \($0.text(1)) with \($0.text(2))"
      }
    }
  }

  /// Copies the store as it is now into a new file.
  public func backUp(to target: String) throws(Diagnostic) {
    guard access(target, F_OK) != 0 else {
      throw Diagnostic("there is a file \(target) already", kind: .file, hint: "choose another name")
    }
    try reading { try database.backUp(to: target) }
  }

  /// Verifies every hash and every reference; a line for each problem, with the names it concerns.
  public func problems() throws(Diagnostic) -> [String] {
    try reading {
      var problems = try database.rows("PRAGMA integrity_check") { $0.text(0) }.filter { $0 != "ok" }
      problems += try database.rows("PRAGMA foreign_key_check") {
        "\($0.text(0)): row \($0.integer(1)) refers to a \($0.text(2)) that is not there"
      }
      for piece in try damagedPieces() {
        let users = try names(using: piece)
        problems.append(
          "piece \(piece) is damaged, which is part of \(users.isEmpty ? "nothing" : users.joined(separator: ", "))"
        )
      }
      problems += try database.rows(
        """
        SELECT id FROM blob WHERE size <> (
          SELECT coalesce(sum(length(p.bytes)), 0) FROM blob_piece b JOIN piece p ON p.id = b.piece WHERE b.blob = blob.id)
        """
      ) { "tensor \($0.integer(0)) is incomplete" }
      problems += try database.rows("SELECT id FROM cell WHERE parent >= id") {
        "cell \($0.integer(0)) comes after a later one"
      }
      return problems
    }
  }

  private func damagedPieces() throws -> [Int] {
    var damaged: [Int] = []
    for piece in try database.rows("SELECT id FROM piece", read: { $0.integer(0) }) {
      if Interruption.isRequested { throw Diagnostic("interrupted", kind: .interrupted) }
      let isWhole = try database.first("SELECT hash, bytes FROM piece WHERE id = ?", piece) { row in
        ContentHash(bytes: Array(row.bytes(0))) == ContentHash(of: row.bytes(1))
      }
      if isWhole == false { damaged.append(piece) }
    }
    return damaged
  }

  /// What a piece is part of: names in cells, datasets and checkpoints.
  private func names(using piece: Int) throws(DatabaseError) -> [String] {
    try database.rows(
      """
      WITH used(value) AS (
        SELECT v.value FROM blob_piece b JOIN value_blob v ON v.blob = b.blob WHERE b.piece = ?)
      SELECT DISTINCT b.name || ' in cell ' || c.number || coalesce(' of ' || s.name, '')
        FROM used JOIN binding b USING (value) JOIN cell c ON c.id = b.cell LEFT JOIN session s ON s.id = c.session
      UNION SELECT 'out[' || c.number || ']' || coalesce(' of ' || s.name, '')
        FROM used JOIN cell c ON c.shown = used.value LEFT JOIN session s ON s.id = c.session
      UNION SELECT 'dataset ' || name || ' ' || version FROM used JOIN dataset USING (value)
      UNION SELECT 'checkpoint ' || name || ' ' || version
        FROM used JOIN checkpoint c ON used.value IN (c.value, c.state)
      """, piece
    ) { $0.text(0) }
  }
}

import Language

/// Giving back the room of what nothing leads to.
extension SQLiteStore {
  /// Removes what no session, dataset or checkpoint leads to; with `undone`, cells that were undone too.
  ///
  /// Returns how many cells, values and bytes of tensors went.
  public func collectGarbage(undone: Bool) throws(Diagnostic) -> (cells: Int, values: Int, bytes: Int) {
    // Rows that lose what they refer to are dealt with a table at a time. SQLite would look for them through
    // whole tables for every row that goes, or would need an index on each reference, which every cell would pay.
    try reading { try database.execute("PRAGMA foreign_keys = OFF") }
    defer { try? database.execute("PRAGMA foreign_keys = ON") }
    let result = try changing {
      let cells = try removeCells(undone: undone)
      let values = try removeValues()
      let bytes = try removeTensors()
      guard try database.rows("PRAGMA foreign_key_check", read: { $0.text(0) }).isEmpty else {
        throw Diagnostic(
          "the store is damaged, nothing was removed", kind: .file, hint: "nns store check tells what")
      }
      return (cells, values, bytes)
    }
    // Gives the room back to the file system; not worth an error when somebody else is reading.
    try? database.execute("VACUUM")
    foldLog()
    return result
  }

  private func removeCells(undone: Bool) throws(DatabaseError) -> Int {
    try database.run(
      """
      WITH RECURSIVE needed(id) AS (
        SELECT head FROM session WHERE head IS NOT NULL
        UNION SELECT id FROM cell WHERE session IS NOT NULL AND NOT ?
        UNION SELECT parent FROM cell JOIN needed USING (id) WHERE parent IS NOT NULL)
      DELETE FROM cell WHERE id NOT IN needed
      """, undone ? 1 : 0)
    let count = database.changes
    for table in ["cell_output", "binding", "cell_read", "cell_input"] {
      try database.run("DELETE FROM \(table) WHERE cell NOT IN (SELECT id FROM cell)")
    }
    for (table, column) in [("cell_read", "writer"), ("run", "cell"), ("session", "parent_cell")] {
      try database.run("UPDATE \(table) SET \(column) = NULL WHERE \(column) NOT IN (SELECT id FROM cell)")
    }
    return count
  }

  private func removeValues() throws(DatabaseError) -> Int {
    try database.run(
      """
      DELETE FROM value WHERE id NOT IN (
        SELECT value FROM binding WHERE value IS NOT NULL UNION SELECT shown FROM cell WHERE shown IS NOT NULL
        UNION SELECT value FROM dataset
        UNION SELECT value FROM checkpoint UNION SELECT state FROM checkpoint WHERE state IS NOT NULL)
      """)
    return database.changes
  }

  private func removeTensors() throws(DatabaseError) -> Int {
    let size = "SELECT coalesce(sum(length(bytes)), 0) FROM piece"
    let before = try database.integer(size)
    try database.run("DELETE FROM value_blob WHERE value NOT IN (SELECT id FROM value)")
    try database.run("DELETE FROM blob WHERE id NOT IN (SELECT blob FROM value_blob)")
    try database.run("DELETE FROM blob_piece WHERE blob NOT IN (SELECT id FROM blob)")
    try database.run("DELETE FROM piece WHERE id NOT IN (SELECT piece FROM blob_piece)")
    return before - (try database.integer(size))
  }
}

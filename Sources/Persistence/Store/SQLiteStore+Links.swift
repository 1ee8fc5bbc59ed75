import Language

extension SQLiteStore {
  /// What a cell and each before it took from elsewhere and changed, the oldest first.
  public func links(upTo cell: Int) throws(Diagnostic) -> [CellLinks] {
    try reading {
      let cells = try database.rows("\(SQLiteStore.path) SELECT id FROM path ORDER BY number", cell) {
        $0.integer(0)
      }
      var links = Dictionary(cells.map { ($0, CellLinks(cell: $0)) }, uniquingKeysWith: { first, _ in first })
      let reads = try database.rows(
        "\(SQLiteStore.path) SELECT r.cell, r.name, r.writer, r.deferred FROM path JOIN cell_read r ON r.cell = path.id",
        cell
      ) {
        ($0.integer(0), CellRead($0.text(1), writer: $0.optionalInteger(2), isDeferred: $0.integer(3) != 0))
      }
      for (cell, read) in reads { links[cell]?.reads.append(read) }
      // A row with another writer is a copy, which makes the state at its cell quick to find.
      let writes = try database.rows(
        "\(SQLiteStore.path) SELECT b.cell, b.name, b.value FROM path JOIN binding b ON b.cell = path.id AND b.writer = path.id",
        cell
      ) { ($0.integer(0), (name: $0.text(1), value: $0.optionalInteger(2))) }
      for (cell, write) in writes { links[cell]?.writes.append(write) }
      let inputs = try database.rows(
        "\(SQLiteStore.path) SELECT i.cell, i.kind, i.name, i.version FROM path JOIN cell_input i ON i.cell = path.id",
        cell
      ) { ($0.integer(0), CellInput.Kind(rawValue: $0.text(1)), $0.text(2), $0.integer(3)) }
      for (cell, kind, name, version) in inputs {
        guard let kind else { continue }
        links[cell]?.inputs.append(CellInput(kind, name, version: version > 0 ? version : nil))
      }
      return cells.compactMap { links[$0] }
    }
  }

  /// A cell and those before it.
  private static let path = """
    WITH RECURSIVE path(id, parent, number) AS (
      SELECT id, parent, number FROM cell WHERE id = ?
      UNION ALL SELECT c.id, c.parent, c.number FROM cell c JOIN path p ON c.id = p.parent WHERE c.id < p.id)
    """
}

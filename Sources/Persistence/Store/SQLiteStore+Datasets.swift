import Language

extension SQLiteStore {
  /// Adds a version and returns its number.
  public func save(_ dataset: Dataset) throws(Diagnostic) -> Int {
    try changing {
      let version = try database.integer("SELECT 1 + max(version) FROM dataset WHERE name = ?", dataset.name)
      let extent = dataset.value.extent
      try database.run(
        """
        INSERT INTO dataset (name, version, created, rows, columns, note, source, value)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """, dataset.name, max(1, version), dataset.created, extent.rows, extent.columns, dataset.note,
        dataset.source, try save(dataset.value, .closed))
      return max(1, version)
    }
  }

  /// A version, the latest when it is nil.
  public func dataset(named name: String, version: Int?) throws(Diagnostic) -> Dataset? {
    let row = try reading {
      try database.first(
        """
        SELECT version, created, note, source, value FROM dataset
        WHERE name = ? AND version = coalesce(?, version) ORDER BY version DESC
        """, name, version
      ) {
        (
          version: $0.integer(0), created: $0.number(1), note: $0.text(2), source: $0.text(3),
          value: $0.integer(4)
        )
      }
    }
    guard let row else { return nil }
    var dataset = Dataset(
      name: name, created: row.created, note: row.note, source: row.source, value: try value(row.value))
    dataset.version = row.version
    return dataset
  }

  /// All versions, by name and version.
  public func datasets() throws(Diagnostic) -> [DatasetEntry] {
    try reading {
      try database.rows(
        "SELECT name, version, created, rows, columns, note, source FROM dataset ORDER BY name, version"
      ) {
        DatasetEntry(
          name: $0.text(0), version: $0.integer(1), created: $0.number(2), rows: $0.optionalInteger(3),
          columns: $0.optionalInteger(4), note: $0.text(5), source: $0.text(6))
      }
    }
  }
}

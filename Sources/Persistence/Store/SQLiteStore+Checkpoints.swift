import Language

extension SQLiteStore {
  /// Adds a version and returns its number.
  public func save(_ checkpoint: Checkpoint) throws(Diagnostic) -> Int {
    try changing {
      let version = max(
        1, try database.integer("SELECT 1 + max(version) FROM checkpoint WHERE name = ?", checkpoint.name))
      var state: Int?
      if case .none = checkpoint.state {} else { state = try save(checkpoint.state, .closed) }
      try database.run(
        """
        INSERT INTO checkpoint (name, version, created, run, epoch, metrics, value, state)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """, checkpoint.name, version, checkpoint.created, checkpoint.run, checkpoint.epoch,
        PlainFields.json(checkpoint.metrics), try save(checkpoint.value, .closed), state)
      return version
    }
  }

  /// A version, the latest when it is nil.
  public func checkpoint(named name: String, version: Int?) throws(Diagnostic) -> Checkpoint? {
    let row = try reading {
      try database.first(
        """
        SELECT version, created, run, epoch, metrics, value, state FROM checkpoint
        WHERE name = ? AND version = coalesce(?, version) ORDER BY version DESC
        """, name, version
      ) { row in
        (
          version: row.integer(0), created: row.number(1), run: row.optionalInteger(2),
          epoch: row.optionalInteger(3), metrics: row.text(4), value: row.integer(5),
          state: row.optionalInteger(6)
        )
      }
    }
    guard let row else { return nil }
    var checkpoint = Checkpoint(name: name, created: row.created, value: try value(row.value))
    checkpoint.version = row.version
    checkpoint.run = row.run
    checkpoint.epoch = row.epoch
    checkpoint.metrics = PlainFields.figures(row.metrics)
    if let state = row.state { checkpoint.state = try value(state) }
    return checkpoint
  }

  /// All versions of a name, or of all names, by name and version.
  public func checkpoints(named name: String?) throws(Diagnostic) -> [CheckpointEntry] {
    try reading {
      try database.rows(
        """
        SELECT name, version, created, run, epoch, metrics FROM checkpoint
        WHERE name = coalesce(?, name) ORDER BY name, version
        """, name
      ) {
        CheckpointEntry(
          name: $0.text(0), version: $0.integer(1), created: $0.number(2), run: $0.optionalInteger(3),
          epoch: $0.optionalInteger(4), metrics: PlainFields.figures($0.text(5)))
      }
    }
  }
}

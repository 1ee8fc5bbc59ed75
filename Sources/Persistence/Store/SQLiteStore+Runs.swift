import Language

extension SQLiteStore {
  /// Starts a record and returns the run's number.
  public func begin(_ run: Run) throws(Diagnostic) -> Int {
    try changing { try insert(run, cell: nil) }
  }

  /// Adds points; one that is there already is replaced.
  public func record(_ points: [SeriesPoint], ofRun number: Int) throws(Diagnostic) {
    try changing { try insert(points, ofRun: number) }
  }

  /// Adds a run in the running transaction.
  func insert(_ run: Run, cell: Int?) throws(DatabaseError) -> Int {
    try database.run(
      """
      INSERT INTO run (kind, session, cell, started, seconds, status, configuration, figures)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """, run.kind, currentSession, cell, run.started, run.seconds, run.status,
      PlainFields.json(run.configuration), PlainFields.json(run.figures))
    return database.lastInserted
  }

  /// Adds points in the running transaction.
  func insert(_ points: [SeriesPoint], ofRun number: Int) throws(DatabaseError) {
    let statement = try database.statement(
      "INSERT OR REPLACE INTO metric (run, name, step, number) VALUES (?, ?, ?, ?)", [number])
    defer { statement.reset() }
    // A series at a time, because that is how the table is ordered: rows then go to its end.
    var names: [String] = []
    for point in points where names.last != point.series && !names.contains(point.series) {
      names.append(point.series)
    }
    for name in names {
      try statement.bind(name, at: 1)
      for point in points where point.series == name {
        try statement.bind(point.step, at: 2)
        try statement.bind(point.value, at: 3)
        _ = try statement.step()
        statement.rewind()
      }
    }
  }

  /// Replaces what a run was asked to do.
  public func configure(_ number: Int, _ configuration: [(name: String, value: Value)]) throws(Diagnostic) {
    try changing {
      try database.run(
        "UPDATE run SET configuration = ? WHERE id = ?", PlainFields.json(configuration), number)
    }
  }

  /// Notes how a run ended.
  public func end(
    _ number: Int, status: String, seconds: Double, figures: [(name: String, value: Double)]
  ) throws(Diagnostic) {
    try changing {
      try database.run(
        "UPDATE run SET status = ?, seconds = ?, figures = ? WHERE id = ?", status, seconds,
        PlainFields.json(figures), number)
    }
  }

  /// All runs, the oldest first.
  public func runs() throws(Diagnostic) -> [Run] {
    try reading {
      try database.rows(
        "SELECT id, kind, configuration, started, seconds, status, figures FROM run ORDER BY id",
        read: SQLiteStore.run)
    }
  }

  /// A run and its points by series and step.
  public func run(_ number: Int) throws(Diagnostic) -> (run: Run, points: [SeriesPoint])? {
    try reading {
      let run = try database.first(
        "SELECT id, kind, configuration, started, seconds, status, figures FROM run WHERE id = ?", number,
        read: SQLiteStore.run)
      guard let run else { return nil }
      let points = try database.rows(
        "SELECT name, step, number FROM metric WHERE run = ? ORDER BY name, step", number
      ) { SeriesPoint(series: $0.text(0), step: $0.integer(1), value: $0.number(2)) }
      return (run, points)
    }
  }

  private static func run(_ row: Statement) -> Run {
    var run = Run(kind: row.text(1), configuration: PlainFields.fields(row.text(2)), started: row.number(3))
    run.number = row.integer(0)
    run.seconds = row.number(4)
    run.status = row.text(5)
    run.figures = PlainFields.figures(row.text(6))
    return run
  }
}

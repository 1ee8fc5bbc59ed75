import Language
import Tensors

extension SQLiteStore {
  /// Every so many cells the bindings of one are complete, so that a state is found in a few steps.
  private static let fullInterval = 64

  /// Adds a cell, which becomes the session's head.
  public func append(
    _ cell: CellEntry, _ changes: CellChanges, to session: Int
  ) throws(Diagnostic) -> SavedCell {
    try changing {
      var notes: [String] = []
      // The shown value stands in the output as well, so nothing is said about it.
      var unsaid: [String] = []
      let shown = try changes.shown.flatMap { try saveIfPossible($0, named: "", &unsaid) }
      let isFull = cell.number % SQLiteStore.fullInterval == 0
      try database.run(
        """
        INSERT INTO cell (session, parent, number, kind, source, origin, line, column, output, status, started, seconds, random, precision,
          shown, is_full, environment)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, session, cell.parent, cell.number, cell.code == nil ? "note" : "code", cell.source, cell.origin,
        cell.place.line,
        cell.place.column, cell.output, cell.status.rawValue, cell.started,
        cell.seconds, SQLiteStore.text(cell.random), cell.precision.name,
        shown, isFull ? 1 : 0, try environmentNumber())
      let id = database.lastInserted
      var saved = SavedCell(id: id, values: [:], shown: shown)
      for (name, value) in changes.bindings {
        saved.values[name] = try value.flatMap { try saveIfPossible($0, named: name, &notes) }
        try database.run(
          "INSERT INTO binding (cell, name, value, writer) VALUES (?, ?, ?, ?)", id, name, saved.values[name],
          id)
      }
      for (number, part) in cell.parts.enumerated() {
        try database.run(
          "INSERT INTO cell_output (cell, number, line, lines, svg) VALUES (?, ?, ?, ?, ?)", id, number,
          part.line, part.count,
          part.svg)
      }
      let earlier = isFull || !changes.reads.isEmpty ? try cell.parent.map(nearestBindings) ?? [] : []
      for read in changes.reads {
        let writer = earlier.first { $0.name == read.name }?.writer
        try database.run(
          "INSERT INTO cell_read (cell, name, writer, deferred) VALUES (?, ?, ?, ?)", id, read.name, writer,
          read.isDeferred ? 1 : 0)
      }
      for input in changes.inputs {
        try database.run(
          "INSERT INTO cell_input (cell, kind, name, version) VALUES (?, ?, ?, ?)", id, input.kind.rawValue,
          input.name, input.version ?? 0)
      }
      if isFull {
        for (name, value, writer) in earlier {
          try database.run(
            "INSERT OR IGNORE INTO binding (cell, name, value, writer) VALUES (?, ?, ?, ?)", id, name, value,
            writer)
        }
      }
      for (run, points) in changes.finishedRuns { try insert(points, ofRun: insert(run, cell: id)) }
      for run in changes.runs { try database.run("UPDATE run SET cell = ? WHERE id = ?", id, run) }
      try database.run("UPDATE session SET head = ?, modified = ? WHERE id = ?", id, cell.started, session)
      saved.notes = notes
      return saved
    }
  }

  /// The number of a name's value; nil with a remark for one that has no stored form.
  private func saveIfPossible(_ value: Value, named name: String, _ notes: inout [String]) throws -> Int? {
    guard let codec else { throw Diagnostic("no session uses the store", kind: .file) }
    let stored: StoredValue
    do throws(Diagnostic) {
      stored = try codec.encode(value, .toSession)
    } catch {
      notes.append("\(name) is not kept: \(error.message)")
      return nil
    }
    return try ValueStore(database).save(stored)
  }

  /// The cells typed into a session and those that lead to them, the oldest first.
  public func cells(ofSession session: Int) throws(Diagnostic) -> [CellEntry] {
    try reading {
      var cells = try database.rows(
        """
        \(SQLiteStore.neededCells)
        SELECT id, parent, number, source, output, status, started, seconds, random, precision,
          origin, line, column
        FROM cell JOIN needed USING (id) ORDER BY id
        """, session
      ) { row in
        let id = row.integer(0)
        var cell = CellEntry(
          // A later one can only stand in a damaged file, and would lead in a circle.
          parent: row.optionalInteger(1).flatMap { $0 < id ? $0 : nil },
          number: SQLiteStore.bounded(row.integer(2)), source: row.text(3),
          output: row.text(4),
          status: CellEntry.Status(rawValue: row.text(5)) ?? .ok, started: row.number(6),
          seconds: row.number(7),
          random: SQLiteStore.random(row.text(8)), precision: DType(name: row.text(9)) ?? .f64)
        cell.id = id
        cell.origin = row.text(10)
        cell.place = (SQLiteStore.bounded(row.integer(11)), SQLiteStore.bounded(row.integer(12)))
        return cell
      }
      let parts = try database.rows(
        """
        \(SQLiteStore.neededCells)
        SELECT cell, line, lines, svg FROM cell_output JOIN needed ON needed.id = cell ORDER BY cell, cell_output.number
        """, session
      ) {
        (
          cell: $0.integer(0),
          part: OutputPart(
            line: SQLiteStore.bounded($0.integer(1)), count: SQLiteStore.bounded($0.integer(2)),
            svg: $0.optionalText(3))
        )
      }
      let partsByCell = Dictionary(grouping: parts, by: \.cell)
      for index in cells.indices { cells[index].parts = partsByCell[cells[index].id]?.map(\.part) ?? [] }
      return cells
    }
  }

  /// The cells of a session and all that lead to them.
  private static let neededCells = """
    WITH RECURSIVE needed(id) AS (
      SELECT id FROM cell WHERE session = ?1
      UNION SELECT head FROM session WHERE id = ?1 AND head IS NOT NULL
      UNION SELECT parent FROM cell JOIN needed USING (id) WHERE parent IS NOT NULL)
    """

  /// For every name that has a value after a cell, the number of that value.
  public func bindings(after cell: Int) throws(Diagnostic) -> [(name: String, value: Int)] {
    try reading {
      try nearestBindings(upTo: cell).compactMap { name, value, _ in value.map { (name, $0) } }
    }
  }

  /// The values shown by a cell and those before it.
  public func shownValues(upTo cell: Int) throws(Diagnostic) -> [(cell: Int, value: Int)] {
    try reading {
      try database.rows(
        """
        WITH RECURSIVE path(id) AS (
          SELECT ? UNION ALL SELECT parent FROM cell JOIN path USING (id) WHERE parent < id)
        SELECT number, shown FROM cell JOIN path USING (id) WHERE shown IS NOT NULL ORDER BY number
        """, cell
      ) { (SQLiteStore.bounded($0.integer(0)), $0.integer(1)) }
    }
  }

  /// For every name that a cell or one before it changed: the number of its value, nil when it was removed.
  ///
  /// Parents are followed up to the nearest cell whose bindings are complete. Of the rows for a name SQLite keeps
  /// the one with the greatest number of its cell, as it promises for max() beside bare columns.
  private func nearestBindings(upTo cell: Int) throws(DatabaseError) -> [(
    name: String, value: Int?, writer: Int
  )] {
    try database.rows(
      """
      WITH RECURSIVE path(id, parent, number, is_full) AS (
        SELECT id, parent, number, is_full FROM cell WHERE id = ?
        UNION ALL
        SELECT c.id, c.parent, c.number, c.is_full FROM cell c JOIN path p ON c.id = p.parent
        WHERE NOT p.is_full AND c.id < p.id)
      SELECT name, value, writer, max(number) FROM path JOIN binding ON binding.cell = path.id GROUP BY name ORDER BY name
      """, cell
    ) { ($0.text(0), $0.optionalInteger(1), $0.integer(2)) }
  }

  private func environmentNumber() throws(DatabaseError) -> Int {
    let parts = [environment.version, environment.processor, environment.blas]
    try database.run(
      "INSERT OR IGNORE INTO environment (nns, processor, blas) VALUES (?, ?, ?)", parts[0], parts[1],
      parts[2])
    return try database.integer(
      "SELECT id FROM environment WHERE nns = ? AND processor = ? AND blas = ?", parts[0], parts[1], parts[2])
  }

  /// A number as no session has it would be harmful where it counts things: a damaged one is cut to what could be.
  static func bounded(_ number: Int) -> Int { min(max(0, number), 1 << 22) }

  /// Key and position of a stream, in hexadecimal.
  private static func text(_ random: RandomStream) -> String {
    String(random.key, radix: 16) + ":" + String(random.counter, radix: 16)
  }

  private static func random(_ text: String) -> RandomStream {
    let parts = text.split(separator: ":").map { UInt64($0, radix: 16) ?? 0 }
    guard parts.count == 2 else { return RandomStream(key: 0) }
    return RandomStream(key: parts[0], counter: parts[1])
  }
}

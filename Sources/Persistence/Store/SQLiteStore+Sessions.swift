import Language
import Tensors

extension SQLiteStore {
  /// Starts a session in the state after a cell of any session, or from nothing.
  public func startSession(
    named name: String?, after cell: Int?, at date: Double
  ) throws(Diagnostic) -> SessionEntry {
    try changing {
      let name = try name ?? freeName(at: date)
      guard try database.integer("SELECT count(*) FROM session WHERE name = ?", name) == 0 else {
        throw Diagnostic.sessionExists(name)
      }
      try database.run(
        """
        INSERT INTO session (name, created, modified, head, parent_session, parent_cell)
        VALUES (?, ?, ?, ?, (SELECT session FROM cell WHERE id = ?), ?)
        """, name, date, date, cell, cell, cell)
      let id = database.lastInserted
      let depth = try database.integer("SELECT coalesce(max(number), 0) FROM cell WHERE id = ?", cell)
      return SessionEntry(
        id: id, name: name, created: date, modified: date, head: cell, cellCount: SQLiteStore.bounded(depth))
    }
  }

  /// A name made of the date that no session has: `2026-03-01`, `2026-03-01 2`.
  private func freeName(at date: Double) throws(DatabaseError) -> String {
    let day = try database.first("SELECT date(?, 'unixepoch', 'localtime')", date) { $0.text(0) } ?? "session"
    var (name, number) = (day, 1)
    while try database.integer("SELECT count(*) FROM session WHERE name = ?", name) > 0 {
      number += 1
      name = "\(day) \(number)"
    }
    return name
  }

  /// All sessions, the last used first.
  public func sessions() throws(Diagnostic) -> [SessionEntry] {
    try reading {
      try database.rows(
        """
        SELECT id, name, created, modified, head, (SELECT number FROM cell WHERE cell.id = session.head)
        FROM session ORDER BY modified DESC, id DESC
        """
      ) {
        SessionEntry(
          id: $0.integer(0), name: $0.text(1), created: $0.number(2), modified: $0.number(3),
          head: $0.optionalInteger(4), cellCount: SQLiteStore.bounded($0.optionalInteger(5) ?? 0))
      }
    }
  }

  /// Gives a session another name.
  public func rename(session: Int, to name: String) throws(Diagnostic) {
    try changing {
      guard
        try database.integer("SELECT count(*) FROM session WHERE name = ? AND id <> ?", name, session) == 0
      else { throw Diagnostic.sessionExists(name) }
      try database.run("UPDATE session SET name = ? WHERE id = ?", name, session)
    }
  }

  /// Removes a session; its cells go with the next ``collectGarbage(undone:)``, unless others continue them.
  ///
  /// What was typed into it goes too. Only of a session without cells, which nobody asked to remove, it stays.
  public func delete(session: Int) throws(Diagnostic) {
    try changing {
      try database.run(
        "DELETE FROM input WHERE session = ? AND EXISTS (SELECT 1 FROM cell WHERE cell.session = ?)", session,
        session)
      try database.run("DELETE FROM session WHERE id = ?", session)
    }
  }

  /// Claims a session for this process until it ends or claims another; false when another has it.
  public func claim(session: Int) throws(Diagnostic) -> Bool {
    guard session != currentSession else { return true }
    guard locks.claim(session) else { return false }
    if let currentSession { locks.release(currentSession) }
    currentSession = session
    return true
  }

  /// Moves a session to the state after a cell, or before the first.
  public func move(session: Int, to cell: Int?, at date: Double) throws(Diagnostic) {
    try changing {
      try database.run("UPDATE session SET head = ?, modified = ? WHERE id = ?", cell, date, session)
    }
  }
}

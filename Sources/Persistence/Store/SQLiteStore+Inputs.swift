import Language

extension SQLiteStore {
  /// How many inputs are kept for certain; more are removed now and then.
  private static let inputLimit = 20_000

  /// Adds what was typed into a session; returns the number it got.
  public func remember(_ input: String, session: Int?, at date: Double) throws(Diagnostic) -> Int {
    try changing {
      try database.run("INSERT INTO input (session, text, typed) VALUES (?, ?, ?)", session, input, date)
      let number = database.lastInserted
      if number.isMultiple(of: 1000) {
        try database.run("DELETE FROM input WHERE id <= ?", number - SQLiteStore.inputLimit)
      }
      return number
    }
  }

  /// The newest inputs with numbers above `number`, at most `limit` of them, the oldest first.
  public func inputs(after number: Int, limit: Int) throws(Diagnostic) -> [InputEntry] {
    try reading {
      try database.rows(
        "SELECT id, session, text FROM input WHERE id > ? ORDER BY id DESC LIMIT ?", number, limit
      ) { InputEntry(id: $0.integer(0), session: $0.optionalInteger(1), text: $0.text(2)) }.reversed()
    }
  }

  /// The newest inputs of a session, at most `limit` of them, the oldest first.
  public func inputs(ofSession session: Int, limit: Int) throws(Diagnostic) -> [InputEntry] {
    try reading {
      try database.rows(
        "SELECT id, session, text FROM input WHERE session = ? ORDER BY id DESC LIMIT ?", session, limit
      ) { InputEntry(id: $0.integer(0), session: $0.optionalInteger(1), text: $0.text(2)) }.reversed()
    }
  }
}

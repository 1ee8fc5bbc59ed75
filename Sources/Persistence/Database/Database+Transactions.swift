extension Database {
  /// Runs `body` so that all of its changes happen or none; within another transaction, as a savepoint of it.
  func transaction<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws -> Result {
    let depth = openTransactions
    // Immediate, so that waiting for another writer happens here and not in the middle.
    try execute(depth == 0 ? "BEGIN IMMEDIATE" : "SAVEPOINT level\(depth)")
    openTransactions += 1
    defer { openTransactions -= 1 }
    do {
      let result = try body()
      try execute(depth == 0 ? "COMMIT" : "RELEASE level\(depth)")
      return result
    } catch {
      // SQLite may have rolled back by itself already, on a full disk for example.
      if depth == 0 {
        if isInTransaction { rollBack("ROLLBACK") }
      } else if isInTransaction {
        rollBack("ROLLBACK TO level\(depth); RELEASE level\(depth)")
      }
      throw error
    }
  }
}

import CSQLite

/// Restricts what statements may do while they are prepared.
enum Authoriser {
  /// Runs `body`, during which only reading is allowed on the connection.
  static func readingOnly<Result, Failure: Error>(
    _ database: Database, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    sqlite3_set_authorizer(
      database.handle,
      { _, action, _, function, _, _ in
        switch action {
        case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return SQLITE_OK
        case SQLITE_FUNCTION:
          let name = function.map { String(cString: $0).lowercased() }
          return name == "load_extension" ? SQLITE_DENY : SQLITE_OK
        default: return SQLITE_DENY
        }
      }, nil)
    defer { sqlite3_set_authorizer(database.handle, nil, nil) }
    return try body()
  }
}

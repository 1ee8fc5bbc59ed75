import CSQLite

/// A connection to a SQLite database: statements kept prepared, typed errors, transactions that nest.
///
/// Not to be used by two threads at once.
final class Database {
  /// Where the data is.
  enum Place {
    case memory
    case file(String)
    /// A file that is not made when it is not there.
    case existingFile(String)
    /// A file that is only read.
    case readOnlyFile(String)
  }

  let handle: OpaquePointer
  private var prepared: [String: Statement] = [:]
  /// How many transactions and savepoints are open.
  var openTransactions = 0
  /// Asked before a statement runs: a result code to fail with, nil to go on. Tests of failures set it.
  var fault: (_ sql: String) -> Int32? = { _ in nil }

  /// Opens a database, creating the file when it may be written.
  ///
  /// The connection trusts nothing in the file: its schema may call no function with an effect, and nobody
  /// can write to SQLite's own tables.
  init(_ place: Place) throws(DatabaseError) {
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(place.path, &opened, place.flags | SQLITE_OPEN_NOMUTEX, nil)
    guard let opened else { throw DatabaseError(code: code, message: "there is no memory", sql: nil) }
    guard code == SQLITE_OK else {
      let message = String(cString: sqlite3_errmsg(opened))
      let extended = sqlite3_extended_errcode(opened)
      sqlite3_close_v2(opened)
      throw DatabaseError(code: extended, message: message, sql: nil)
    }
    handle = opened
    sqlite3_extended_result_codes(handle, 1)
    _ = nns_sqlite_set(handle, SQLITE_DBCONFIG_DEFENSIVE, 1)
    _ = nns_sqlite_set(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    _ = nns_sqlite_set(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
    _ = nns_sqlite_set(handle, SQLITE_DBCONFIG_DQS_DML, 0)
    _ = nns_sqlite_set(handle, SQLITE_DBCONFIG_DQS_DDL, 0)
  }

  // SQLite waits with closing until the statements are gone.
  deinit { sqlite3_close_v2(handle) }
}

extension Database.Place {
  fileprivate var path: String {
    switch self {
    case .memory: ":memory:"
    case .file(let path), .existingFile(let path), .readOnlyFile(let path): path
    }
  }

  fileprivate var flags: Int32 {
    switch self {
    case .memory: SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY
    case .file: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    case .existingFile: SQLITE_OPEN_READWRITE
    case .readOnlyFile: SQLITE_OPEN_READONLY
    }
  }
}

extension Database {
  /// Runs statements separated by semicolons, without values and results.
  func execute(_ script: String) throws(DatabaseError) {
    if let code = fault(script) { throw failure(code, script) }
    let code = sqlite3_exec(handle, script, nil, nil, nil)
    guard code == SQLITE_OK else { throw failure(code, script) }
  }

  /// Runs one statement with values for its `?`.
  func run(_ sql: String, _ values: any Bindable...) throws(DatabaseError) {
    let statement = try statement(sql, values)
    defer { statement.reset() }
    while try statement.step() {}
  }

  /// What `read` makes of every row of the answer.
  func rows<Result>(
    _ sql: String, _ values: any Bindable..., read: (Statement) -> Result
  ) throws(DatabaseError) -> [Result] {
    let statement = try statement(sql, values)
    defer { statement.reset() }
    var results: [Result] = []
    while try statement.step() { results.append(read(statement)) }
    return results
  }

  /// What `read` makes of the first row, nil when there is none.
  func first<Result>(
    _ sql: String, _ values: any Bindable..., read: (Statement) -> Result
  ) throws(DatabaseError) -> Result? {
    let statement = try statement(sql, values)
    defer { statement.reset() }
    return try statement.step() ? read(statement) : nil
  }

  /// The single number that a question such as `SELECT count(*)` is answered with; 0 without an answer.
  func integer(_ sql: String, _ values: any Bindable...) throws(DatabaseError) -> Int {
    let statement = try statement(sql, values)
    defer { statement.reset() }
    return try statement.step() ? statement.integer(0) : 0
  }

  /// A statement ready to be stepped, prepared on first use, with these values bound.
  func statement(_ sql: String, _ values: [any Bindable] = []) throws(DatabaseError) -> Statement {
    let statement: Statement
    if let known = prepared[sql], !known.isRunning {
      statement = known
    } else {
      statement = try Statement(sql, in: self)
      if prepared[sql] == nil { prepared[sql] = statement }
    }
    if let code = fault(sql) { throw failure(code, sql) }
    try statement.bind(values)
    return statement
  }

  /// Sets how many milliseconds a lock of another process is waited for.
  func wait(upTo milliseconds: Int32) { sqlite3_busy_timeout(handle, milliseconds) }

  /// The identifier of the row that was inserted last.
  var lastInserted: Int { Int(sqlite3_last_insert_rowid(handle)) }

  /// How many rows the last statement changed.
  var changes: Int { Int(sqlite3_changes64(handle)) }

  /// Whether a transaction is open in SQLite's own eyes.
  var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  /// Gives up changes; past every injected failure, and failing would change nothing.
  func rollBack(_ script: String) { sqlite3_exec(handle, script, nil, nil, nil) }

  /// The error behind a result code.
  func failure(_ code: Int32, _ sql: String?) -> DatabaseError {
    // An injected failure has left no words behind.
    let isReported = sqlite3_errcode(handle) == code & 0xff || sqlite3_extended_errcode(handle) == code
    let words = isReported ? sqlite3_errmsg(handle) : sqlite3_errstr(code)
    return DatabaseError(code: code, message: words.map { String(cString: $0) } ?? "error \(code)", sql: sql)
  }
}

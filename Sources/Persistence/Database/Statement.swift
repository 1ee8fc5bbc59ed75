import CSQLite

/// A prepared statement: values in, rows out.
final class Statement {
  private let handle: OpaquePointer
  private unowned let database: Database
  private let sql: String
  /// Whether it was stepped and not reset.
  private(set) var isRunning = false

  /// Prepares the first statement of `sql`.
  init(_ sql: String, in database: Database) throws(DatabaseError) {
    self.sql = sql
    self.database = database
    var prepared: OpaquePointer?
    let code = sqlite3_prepare_v3(
      database.handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
    guard code == SQLITE_OK else { throw database.failure(code, sql) }
    guard let prepared else {
      throw DatabaseError(code: SQLITE_MISUSE, message: "there is no statement", sql: sql)
    }
    handle = prepared
  }

  deinit { sqlite3_finalize(handle) }
}

extension Statement {
  /// Goes to the next row; false at the end.
  func step() throws(DatabaseError) -> Bool {
    isRunning = true
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw database.failure(code, sql)
    }
  }

  /// Makes it ready for other values.
  func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
    isRunning = false
  }

  /// Makes it ready for the next row; values stay until others take their places.
  func rewind() {
    sqlite3_reset(handle)
    isRunning = false
  }

  /// Its first parameter as it is written, `:k` or `?`; nil without any.
  var firstParameter: String? {
    guard sqlite3_bind_parameter_count(handle) > 0 else { return nil }
    return sqlite3_bind_parameter_name(handle, 1).map { String(cString: $0) } ?? "?"
  }

  /// Sets the value of one `?`, counted from 0.
  func bind(_ value: some Bindable, at index: Int) throws(DatabaseError) {
    let code = value.bind(handle, Int32(index + 1))
    guard code == SQLITE_OK else { throw database.failure(code, sql) }
  }

  /// Sets the values of its `?`.
  func bind(_ values: [any Bindable]) throws(DatabaseError) {
    for (index, value) in values.enumerated() { try bind(value, at: index) }
  }

  /// Sets the value of one `?`, counted from 0, to bytes that stay where they are until the next reset.
  func bind(_ bytes: UnsafeRawBufferPointer, at index: Int) throws(DatabaseError) {
    let code =
      bytes.isEmpty
      ? sqlite3_bind_zeroblob(handle, Int32(index + 1), 0)
      : nns_sqlite_bind_static_blob(handle, Int32(index + 1), bytes.baseAddress, UInt64(bytes.count))
    guard code == SQLITE_OK else { throw database.failure(code, sql) }
  }
}

/// Reading the current row; columns count from 0.
extension Statement {
  /// How many columns a row has.
  var columnCount: Int { Int(sqlite3_column_count(handle)) }

  /// What a column is called.
  func columnName(_ column: Int) -> String {
    sqlite3_column_name(handle, Int32(column)).map { String(cString: $0) } ?? ""
  }

  /// The type a column was declared with; nil for an expression.
  func declaredType(_ column: Int) -> String? {
    sqlite3_column_decltype(handle, Int32(column)).map { String(cString: $0) }
  }

  /// The type of the value in a column, one of SQLite's five.
  func type(_ column: Int) -> Int32 { sqlite3_column_type(handle, Int32(column)) }

  /// Whether there is no value in a column.
  func isNull(_ column: Int) -> Bool { type(column) == SQLITE_NULL }

  /// A column as a whole number, 0 for none.
  func integer(_ column: Int) -> Int { Int(sqlite3_column_int64(handle, Int32(column))) }

  /// A column as a whole number, nil for none.
  func optionalInteger(_ column: Int) -> Int? { isNull(column) ? nil : integer(column) }

  /// A column as a number, nan for none.
  func number(_ column: Int) -> Double {
    isNull(column) ? .nan : sqlite3_column_double(handle, Int32(column))
  }

  /// A column as text, empty for none.
  func text(_ column: Int) -> String {
    // In this order: asking for the text may convert the value, which changes its length.
    guard let start = sqlite3_column_text(handle, Int32(column)) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, Int32(column)))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// A column as text, nil for none.
  func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }

  /// The bytes of a column, which stay valid until the next step or reset.
  func bytes(_ column: Int) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(handle, Int32(column))
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, Int32(column))))
  }

  /// Whether anything but space and comments follows the first statement in a text.
  static func isFollowed(_ sql: String, in database: Database) -> Bool {
    sql.withCString { start in
      var first: OpaquePointer?
      var tail: UnsafePointer<CChar>?
      let isWhole = sqlite3_prepare_v2(database.handle, start, -1, &first, &tail) == SQLITE_OK
      sqlite3_finalize(first)
      guard isWhole, let rest = tail, rest.pointee != 0 else { return false }
      var second: OpaquePointer?
      let code = sqlite3_prepare_v2(database.handle, rest, -1, &second, nil)
      defer { sqlite3_finalize(second) }
      return code != SQLITE_OK || second != nil
    }
  }
}

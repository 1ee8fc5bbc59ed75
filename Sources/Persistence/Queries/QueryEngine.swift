import CSQLite
import Language
import Tensors

/// Answers SQL over tables, and over the store's documented views where there is a store.
///
/// Tables of a question are copied into temporary tables of a connection that is made for it, so nothing a
/// question could do outlives it; an authoriser lets it only read.
public final class QueryEngine: Queries {
  /// The store's file; nil when there is none to be asked.
  private let storePath: () -> String?

  /// Answers questions about tables, and about the store whose file `storePath` gives.
  public init(storePath: @escaping () -> String? = { nil }) { self.storePath = storePath }

  /// The answer to one question that only reads.
  public func answer(
    _ sql: String, over tables: [(name: String, table: Table)], precision: DType
  ) throws(Diagnostic) -> Table {
    let path = storePath()
    do throws(DatabaseError) {
      return try answer(sql, over: tables, in: path.map { .readOnlyFile($0) } ?? .memory, precision)
    } catch {
      guard let path, error.concernsFile else { throw error.asked(sql) }
      // The question may be about the tables alone.
      if let table = try? answer(sql, over: tables, in: .memory, precision) { return table }
      throw error.diagnostic(path)
    }
  }

  private func answer(
    _ sql: String, over tables: [(name: String, table: Table)], in place: Database.Place, _ precision: DType
  ) throws(DatabaseError) -> Table {
    let database = try connection(place)
    for (name, table) in tables { try TableLoader(database).load(table, named: name) }
    return try answer(sql, in: database, precision: precision)
  }

  private func connection(_ place: Database.Place) throws(DatabaseError) -> Database {
    let database = try Database(place)
    // A reader of the store never waits for its writer, except where the log is being recovered.
    database.wait(upTo: 10_000)
    try database.execute("PRAGMA temp_store = MEMORY")
    // Polled about every millisecond.
    sqlite3_progress_handler(database.handle, 10_000, { _ in Threads.isInterrupted ? 1 : 0 }, nil)
    return database
  }

  private func answer(
    _ sql: String, in database: Database, precision: DType
  ) throws(DatabaseError) -> Table {
    let statement = try Authoriser.readingOnly(database) { () throws(DatabaseError) in
      guard !Statement.isFollowed(sql, in: database) else {
        throw DatabaseError(code: SQLITE_MISUSE, message: "there is more than one statement", sql: sql)
      }
      return try database.statement(sql)
    }
    // The authoriser is not asked about everything that is no question: VACUUM INTO writes a file.
    guard statement.columnCount > 0 else {
      throw DatabaseError(code: SQLITE_AUTH, message: "this is no question", sql: sql)
    }
    // SQLite would take it for NULL, which nothing equals.
    if let parameter = statement.firstParameter {
      throw DatabaseError(code: SQLITE_MISUSE, message: "\(unbound)\(parameter) has no value", sql: sql)
    }
    defer { statement.reset() }
    var columns = (0..<statement.columnCount).map { ColumnBuilder(statement, $0, precision: precision) }
    var rowCount = 0
    while try statement.step() {
      for index in columns.indices { try columns[index].append(statement) }
      rowCount += 1
      guard rowCount % 4096 != 0 || rowCount * columns.count * 16 < Storage.limit else {
        throw DatabaseError(code: SQLITE_NOMEM, message: "the answer does not fit into memory", sql: sql)
      }
    }
    let names = QueryEngine.distinct(columns.map(\.name))
    return Table(
      names: names, columns: try columns.map { (column) throws(DatabaseError) in try column.column() },
      rowCount: rowCount)
  }

  /// Names that differ from one another: `n`, `n_2`.
  private static func distinct(_ names: [String]) -> [String] {
    var taken: Set<String> = []
    return names.map { name in
      var (candidate, number) = (name, 1)
      while !taken.insert(candidate).inserted {
        number += 1
        candidate = "\(name)_\(number)"
      }
      return candidate
    }
  }
}

/// How the message about a parameter begins.
private let unbound = "the parameter "

extension DatabaseError {
  /// Whether it is about the file and not about the question.
  fileprivate var concernsFile: Bool {
    switch kind {
    case .readOnly, .cannotOpen, .notADatabase, .damaged, .busy, .diskFull: true
    case .interrupted, .notAllowed, .constraint, .other: false
    }
  }

  /// The error as an answer to somebody's question.
  fileprivate func asked(_ sql: String) -> Diagnostic {
    switch kind {
    case .interrupted: return Diagnostic("interrupted", kind: .interrupted)
    case .notAllowed:
      return Diagnostic(
        "sql: only questions are answered, nothing is changed", kind: .value,
        hint: "begin with select; tables change by assignment: t.c = v")
    case .busy, .diskFull, .readOnly, .cannotOpen, .notADatabase, .damaged, .constraint, .other:
      var hint: String?
      if message.hasPrefix("no such table: ") {
        let name = message.dropFirst("no such table: ".count)
        hint = "give the table by name: sql(\"…\", \(name): \(name))"
      } else if message.hasPrefix("no such column: ") {
        hint = "texts stand in single quotes in SQL, names of columns in double ones or none"
      } else if message.hasPrefix(unbound) {
        hint = "braces put a value into the question: sql(\"… id > {k}\", …); texts stand in single quotes"
      }
      return Diagnostic("sql: \(message)", kind: .value, hint: hint)
    }
  }
}

import CSQLite
import Language
import Tensors

/// Copies a table into a temporary table of a connection.
struct TableLoader {
  private let database: Database

  init(_ database: Database) { self.database = database }

  /// Makes the temporary table and fills it.
  func load(_ table: Table, named name: String) throws(DatabaseError) {
    guard !table.names.isEmpty else {
      throw DatabaseError(code: SQLITE_ERROR, message: "the table \(name) has no columns", sql: nil)
    }
    let declarations = zip(table.names, table.columns).map { "\(quoted($0)) \($1.declaredType)" }
    try database.execute("CREATE TEMP TABLE \(quoted(name)) (\(declarations.joined(separator: ", ")))")
    let places = Array(repeating: "?", count: table.columns.count).joined(separator: ", ")
    let statement = try database.statement("INSERT INTO temp.\(quoted(name)) VALUES (\(places))")
    try database.execute("BEGIN")
    for row in 0..<table.rowCount {
      if row % 4096 == 0, Threads.isInterrupted {
        throw DatabaseError(code: SQLITE_INTERRUPT, message: "interrupted", sql: nil)
      }
      for (index, column) in table.columns.enumerated() {
        try statement.bind(column.value(at: row), at: index)
      }
      _ = try statement.step()
      statement.rewind()
    }
    statement.reset()
    try database.execute("COMMIT")
  }

  private func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }
}

extension Table.Column {
  /// The type of its column in SQL, which ``ColumnBuilder`` knows again.
  fileprivate var declaredType: String {
    switch self {
    case .text: "TEXT"
    case .tensor(let tensor):
      switch tensor.dtype {
      case .f64: ColumnBuilder.DeclaredType.f64.rawValue
      case .f32: ColumnBuilder.DeclaredType.f32.rawValue
      case .bool: ColumnBuilder.DeclaredType.bool.rawValue
      }
    }
  }

  /// An item as SQL has it.
  fileprivate func value(at row: Int) -> any Bindable {
    switch self {
    case .text(let vector): vector.items[row]
    case .tensor(let tensor): tensor[flat: row]
    }
  }
}

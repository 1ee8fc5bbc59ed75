import Tensors

/// Data seen as rows: tensors along axis 0, text vectors, lists and tables.
enum Rows {
  /// How many rows there are.
  ///
  /// Throws a diagnostic for what has none; `role` is how the message calls it.
  static func count(_ value: Value, _ role: String) throws(Diagnostic) -> Int {
    switch value {
    case .tensor, .text, .list, .table, .traced:
      if let count = Collections.count(value) { return count }
    default: break
    }
    throw Diagnostic(
      "\(role) must be a tensor, a text vector, a list or a table, not \(value.kind)", kind: .type)
  }

  /// How many rows there are, for work that lists them all.
  ///
  /// Throws a diagnostic as ``count(_:_:)`` does, and when such a list would not fit into memory.
  static func listableCount(_ value: Value, _ role: String) throws -> Int {
    let count = try count(value, role)
    try Storage.checkRoom(for: count, Int.self)
    return count
  }

  /// The rows at the given positions.
  static func picking(_ rows: [Int], of value: Value) throws -> Value {
    try Collections.picked(rows, of: value, list(value))
  }

  /// Rows that follow one another; those of a tensor are not copied.
  static func slice(_ rows: Range<Int>, of value: Value) throws -> Value {
    switch value {
    case .tensor, .traced:
      let quantity = value.quantity ?? 0
      return Value(try quantity.indexed([.slice(start: rows.lowerBound, stop: rows.upperBound, step: 1)]))
    case .table(let table):
      var columns: [Table.Column] = []
      for column in table.columns {
        columns.append(Table.changed(try slice(rows, of: column.value), rowCount: rows.count))
      }
      return .table(Table(names: table.names, columns: columns, rowCount: rows.count))
    default: return try Collections.picked(Array(rows), of: value, list(value))
    }
  }

  private static func list(_ value: Value) -> [Value] {
    if case .list(let list) = value { list.items.map(\.unfixed) } else { [] }
  }

  /// Throws unless two sets of data have equally many rows.
  static func requireSame(_ x: Value, _ y: Value, _ function: String) throws(Diagnostic) {
    let (first, second) = (try count(x, "\(function): x"), try count(y, "\(function): y"))
    guard first != second else { return }
    throw Diagnostic("\(function): x has \(first) rows and y has \(second)", kind: .shape)
  }
}

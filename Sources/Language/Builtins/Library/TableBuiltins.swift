import Tensors

/// Making tables and looking into them.
extension BuiltinTable {
  static let tableBuiltins: [Builtin] = [
    Builtin(
      "table(...columns)", .data,
      "Table of named columns, of a list of records (its rows), or of a matrix and the names of its columns.",
      convention:
        "a column is a tensor of rank 1 or a text vector; a single value fills one; a field that a record lacks is missing",
      example: """
        t = table(name: ["ann", "bob"], age: [31, 47])
        t.age
        #> [31, 47]
        table(((x: 1, y: 2), (x: 3, y: 4))).y
        #> [2, 4]
        table([[1, 2], [3, 4]], ("a", "b")).b
        #> [2, 4]
        """, collectsNames: true
    ) { call in .table(try TableCall(call).made()) },
    Builtin(
      "head(x, n: 5)", .data, "First n rows of a table or tensor, or items of a list or text vector.",
      example: """
        head(0..<100, 3)
        #> [0, 1, 2]
        """
    ) { call in
      let count = min(try call.count(1), try Rows.count(call[0], "head: x"))
      return try Rows.slice(0..<count, of: call[0])
    },
    Builtin(
      "describe(t)", .data,
      "Table with the count, missing and different values, mean, spread and quartiles of every column.",
      convention: "missing values are left out; std divides by n, as std does",
      example: """
        d = describe(table(x: [1, 2, 3, nan]))
        (d.count[0], d.missing[0], d.mean[0], d.median[0])
        #> (3, 1, 2, 2)
        """
    ) { call in .table(try Description.table(of: TableCall.table(call[0], "describe: t"))) },
    Builtin(
      "matrix(t, columns: none)", .data, "Columns of a table side by side, as a tensor [rows, columns].",
      convention: "without columns, all that hold numbers or truth values; truth values count 0 and 1",
      example: """
        matrix(table(a: [1, 2], b: [3, 4], c: ["x", "y"]), ("a", "b"))[1]
        #> [2, 4]
        """
    ) { call in
      let table = try call.table(0)
      let names = call.isMissing(1) ? table.numericNames : try call.names(1)
      var parts: [Quantity] = []
      for name in names {
        guard case .tensor(let tensor) = try table.column(name) else {
          throw Diagnostic(
            "matrix: column \(name) holds texts", kind: .type,
            hint: "categories(t.\(name)).labels numbers them, onehot(t.\(name)) makes a column of each")
        }
        parts.append(.tensor(tensor.dtype == .bool ? try tensor.converted(to: call.state.precision) : tensor))
      }
      guard !parts.isEmpty else {
        return Value(.tensor(try .filled(0, Shape(checking: [table.rowCount, 0]), call.state.precision)))
      }
      return Value(try Quantity.stack(parts, axis: 1))
    },
    Builtin(
      "categories(x)", .data,
      "Different values of a column in ascending order and the number of each item's value, as (labels:, names:).",
      convention: "a missing value is an error",
      example: """
        c = categories(["pear", "fig", "pear"])
        c.labels
        #> [1, 0, 1]
        c.names
        #> ["fig", "pear"]
        """
    ) { call in
      let categories = try Categories(try TableCall.column(call[0], "categories: x"))
      let labels = try Tensor(categories.labels("categories")).converted(to: call.state.precision)
      return .record(try Record([("labels", .tensor(labels)), ("names", categories.names.value)]))
    },
  ]
}

extension Call {
  /// A table.
  func table(_ position: Int) throws(Diagnostic) -> Table {
    guard case .table(let table) = self[position] else {
      throw wrong(position, "a table", hint: "table(x: …, y: …) makes one")
    }
    return table
  }
}

extension Table {
  /// Names of the columns that hold numbers or truth values.
  var numericNames: [String] {
    zip(names, columns).compactMap { name, column in
      if case .tensor = column { name } else { nil }
    }
  }
}

/// What a table is made of.
struct TableCall {
  private let columns: Value
  private let precision: DType

  /// The arguments of `table`.
  init(_ call: borrowing Call) {
    columns = call[0]
    precision = call.state.precision
  }

  /// The table.
  func made() throws -> Table {
    guard case .list(let given) = columns else { return try TableCall.table(columns, "table") }
    switch given.items.count {
    case 1:
      if case .list(let rows) = given.items[0].unfixed {
        return try Table(rows: rows.items, precision: precision)
      }
      return try TableCall.table(given.items[0].unfixed, "table")
    case 2:
      if let names = Call.names(given.items[1]) { return try TableCall.matrix(given.items[0].unfixed, names) }
    default: break
    }
    throw Diagnostic(
      "table takes named columns, a list of records, or a matrix and names", kind: .argument,
      hint: "table(x: [1, 2], y: [3, 4])")
  }

  private static func matrix(_ value: Value, _ names: [String]) throws -> Table {
    guard let matrix = value.quantity, matrix.shape.rank == 2 else {
      throw Diagnostic("table: names of columns belong to a matrix, not to \(value.kind)", kind: .type)
    }
    guard matrix.shape[1] == names.count else {
      throw Diagnostic(
        "table: the matrix has \(matrix.shape[1]) columns, but there are \(names.count) names", kind: .shape)
    }
    return try Table(
      names.enumerated().map { ($1, Value(try matrix.indexed([.all, .at($0)]))) })
  }

  /// A table, a record of columns, a vector or a matrix as a table; `role` is how a message calls it.
  static func table(_ value: Value, _ role: String) throws -> Table {
    switch Display.settled(value) {
    case .table(let table): return table
    case .record(let record):
      return try Table(zip(record.layout.names, record.values).map { ($0, $1.unfixed) })
    case .text: return try Table([("c0", value)])
    case .tensor(let tensor) where tensor.shape.rank == 1: return try Table([("c0", value)])
    case .tensor(let tensor) where tensor.shape.rank == 2:
      return try matrix(value, (0..<tensor.shape[1]).map { "c\($0)" })
    default:
      throw Diagnostic(
        "\(role) must be a table, a record of columns or a matrix, not \(value.kind)", kind: .type)
    }
  }

  /// A vector of numbers or texts as a column.
  static func column(_ value: Value, _ role: String) throws(Diagnostic) -> Table.Column {
    switch Display.settled(value) {
    case .text(let vector): return .text(vector)
    case .tensor(let tensor) where tensor.shape.rank == 1: return .tensor(tensor)
    default: throw Diagnostic("\(role) must be a vector of numbers or texts, not \(value.kind)", kind: .type)
    }
  }
}

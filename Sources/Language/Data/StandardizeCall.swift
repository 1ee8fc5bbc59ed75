import Tensors

/// The work of `standardize`.
struct StandardizeCall {
  private let builtin: Builtin
  private let x: Value
  private let keepsConstant: Bool

  init(_ call: borrowing Call) throws(Diagnostic) {
    builtin = call.builtin
    x = call[0]
    keepsConstant = try call.bool(1)
  }

  func result() throws -> Value {
    let names: [String]?
    let data: Quantity
    if case .table(let table) = x {
      names = table.numericNames.filter { StandardizeCall.isNumeric(table, $0) }
      data = try StandardizeCall.matrix(table, names ?? [])
    } else if let quantity = x.quantity {
      (names, data) = (nil, quantity)
    } else {
      throw Diagnostic("standardize: x must be a tensor or a table, not \(x.kind)", kind: .type)
    }
    let moments = try Standardization(data, names: names, keepsConstant: keepsConstant)
    let list = Value.list(try List((names ?? []).map { .string($0) }))
    let (mean, deviation) = (Value(moments.mean), Value(moments.deviation))
    let apply = try Function(derived: builtin, arguments: [mean, deviation, list])
    let changed = try StandardizeCall.applied(
      x, mean: moments.mean, deviation: moments.deviation, names: names ?? [])
    return .record(
      try Record([("x", changed), ("mean", mean), ("std", deviation), ("apply", .function(apply))]))
  }

  /// What `apply` does: its first arguments are mean, deviation and the names of columns.
  static func applied(_ call: borrowing Call) throws -> Value {
    guard case .list(let given) = call.arguments[3], given.items.count == 1 else {
      throw Diagnostic("apply takes one argument, the data", kind: .argument)
    }
    guard let mean = call[0].quantity, let deviation = call[1].quantity else { return .none }
    return try applied(
      given.items[0].unfixed, mean: mean, deviation: deviation, names: Call.names(call[2]) ?? [])
  }

  private static func applied(
    _ x: Value, mean: Quantity, deviation: Quantity, names: [String]
  ) throws -> Value {
    guard case .table(let table) = x else {
      guard let quantity = x.quantity else {
        throw Diagnostic("standardize: the data must be a tensor or a table, not \(x.kind)", kind: .type)
      }
      return Value(try Standardization.apply(quantity, mean: mean, deviation: deviation))
    }
    let scaled = try Standardization.apply(matrix(table, names), mean: mean, deviation: deviation)
    let result = table.copied()
    for (column, name) in names.enumerated() {
      try result.set(name, to: Value(try scaled.indexed([.all, .at(column)])))
    }
    return .table(result)
  }

  private static func isNumeric(_ table: Table, _ name: String) -> Bool {
    guard case .tensor(let tensor)? = try? table.column(name) else { return false }
    return tensor.dtype != .bool
  }

  private static func matrix(_ table: Table, _ names: [String]) throws -> Quantity {
    var parts: [Quantity] = []
    for name in names {
      guard case .tensor(let tensor) = try table.column(name) else {
        throw Diagnostic("standardize: column \(name) holds texts", kind: .type)
      }
      parts.append(.tensor(tensor))
    }
    guard !parts.isEmpty else {
      throw Diagnostic("standardize: the table has no column of numbers", kind: .type)
    }
    return try Quantity.stack(parts, axis: 1)
  }
}

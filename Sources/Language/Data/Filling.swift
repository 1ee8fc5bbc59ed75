import Tensors

/// What takes the place of missing values.
struct Filling {
  private let machine: Machine
  private let value: Value

  init(_ call: borrowing Call) {
    machine = call.machine
    value = call[1]
  }

  private init(_ machine: Machine, _ value: Value) {
    self.machine = machine
    self.value = value
  }

  /// The table with its missing values replaced.
  func filled(_ table: Table) throws -> Table {
    let result = table.copied()
    if case .record(let record) = value, !value.isCallable {
      for (name, value) in zip(record.layout.names, record.values) {
        let column = try table.column(name)
        try result.set(name, to: Filling(machine, value.unfixed).filled(column.value))
      }
      return result
    }
    for (name, column) in zip(table.names, table.columns) where fits(column) {
      try result.set(name, to: filled(column.value))
    }
    return result
  }

  /// Whether a value for a whole table is meant for this column.
  private func fits(_ column: Table.Column) -> Bool {
    switch (column, value) {
    case (.text, .string): true
    case (.tensor(let tensor), _): tensor.dtype != .bool && !value.isString
    case (.text, _): false
    }
  }

  /// The vector or tensor with its missing values replaced.
  func filled(_ x: Value) throws -> Value {
    if let quantity = x.leaf, quantity.shape.rank > 0 { return Value(try filled(quantity)) }
    switch x {
    case .text(let vector):
      guard vector.items.contains(nil) else { return x }
      let present = Value.text(TextVector(vector.items.filter { $0 != nil }))
      guard case .string(let text) = try replacement(for: present) else {
        throw Diagnostic("fill: a missing text is replaced by a string, not by \(value.kind)", kind: .type)
      }
      return .text(TextVector(vector.items.map { $0 ?? text }))
    case .tensor: return x
    default:
      throw Diagnostic("fill: x must be a table, a tensor or a text vector, not \(x.kind)", kind: .type)
    }
  }

  /// The numbers with nan replaced.
  private func filled(_ x: Quantity) throws -> Quantity {
    let present = try x.elements().enumerated().filter { !$0.element.isNaN }.map { Double($0.offset) }
    guard present.count < x.shape.count else { return x }
    let others = try x.take(Tensor(present))
    guard let number = try replacement(for: Value(others)).quantity, number.shape.rank == 0 else {
      throw Diagnostic("fill: a missing number is replaced by a number, not by \(value.kind)", kind: .type)
    }
    return try .where(BooleanTable.isnan(x.concrete), number, x).cast(to: x.dtype)
  }

  private func replacement(for present: Value) throws(Diagnostic) -> Value {
    value.isCallable ? try machine.call(value, [present]) : value
  }
}

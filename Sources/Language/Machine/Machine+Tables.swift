import Tensors

extension Machine {
  /// The part of a table that an index selects: a column by its name, several by theirs, a row by its number, rows.
  func read(_ table: Table, _ shape: [IndexShape.Item], _ items: [Value]) throws -> Value {
    if shape.count == 1, case .value = shape[0] {
      switch items[0].unfixed {
      case .string(let name): return try table.column(name).value
      case .text, .list:
        if let names = Call.names(items[0]) { return .table(try table.selecting(names)) }
      default: break
      }
    }
    switch try Selection(shape, items, count: table.rowCount, what: "the table") {
    case .one(let row): return .record(try table.row(row, table.rowLayout))
    case .many(let rows): return .table(try table.picking(rows))
    }
  }

  /// Assigns to a column of a table, or to a part of one.
  func changeColumn(
    _ table: inout Table, _ name: String, _ later: ArraySlice<AssignmentPath.Step>,
    _ items: ArraySlice<Value>,
    to value: Value
  ) throws(Diagnostic) {
    if !isKnownUniquelyReferenced(&table) { table = table.copied() }
    do {
      guard !later.isEmpty else { return try table.set(name, to: value) }
      let position = try table.position(of: name)
      var inner = table.columns[position].value
      // The column in the table would be a second owner, and the change a copy.
      table.columns[position] = .text(TextVector([]))
      defer { table.columns[position] = Table.changed(inner, rowCount: table.rowCount) }
      try Table.requireData(value, named: name)
      try change(&inner, later, items, to: value)
    } catch {
      throw failure(error)
    }
  }
}

extension Call {
  /// Names from a string, a text vector or a list of strings; nil for anything else.
  static func names(_ value: Value) -> [String]? {
    switch value.unfixed {
    case .string(let name): return [name]
    case .text(let vector):
      let names = vector.items.compactMap { $0 }
      return names.count == vector.items.count ? names : nil
    case .list(let list):
      var names: [String] = []
      for item in list.items {
        guard case .string(let name) = item.unfixed else { return nil }
        names.append(name)
      }
      return names.isEmpty ? nil : names
    default: return nil
    }
  }
}

import Tensors

extension Table {
  /// A table of named columns: tensors of rank 1, text vectors, or one value for all rows.
  ///
  /// Throws a diagnostic when the lengths differ, a name stands there twice or a value is no column.
  convenience init(_ fields: [(name: String, value: Value)]) throws {
    var names: [String] = []
    var columns: [Column?] = []
    var seen: Set<String> = []
    var longest: (name: String, count: Int)?
    for (name, value) in fields {
      guard seen.insert(name).inserted else {
        throw Diagnostic("column \(name) is given twice", kind: .argument)
      }
      let column = try Table.column(value, named: name)
      if let column {
        if let longest, longest.count != column.count {
          throw Diagnostic(
            "the columns of a table are equally long: \(longest.name) has \(longest.count) items, "
              + "\(name) has \(column.count)", kind: .shape)
        }
        longest = (name, column.count)
      }
      names.append(name)
      columns.append(column)
    }
    let rowCount = longest?.count ?? (fields.isEmpty ? 0 : 1)
    var complete: [Column] = []
    for (column, field) in zip(columns, fields) {
      complete.append(try column ?? Table.repeated(field.value, rowCount, named: field.name))
    }
    self.init(names: names, columns: complete, rowCount: rowCount)
  }

  /// A table with a row for each record; a field that a record lacks is missing in its row.
  ///
  /// Throws a diagnostic when an item is no record or a column mixes kinds.
  convenience init(rows: some Collection<Value>, precision: DType) throws {
    var names: [String] = []
    var known: [String: Int] = [:]
    var cells: [[Value]] = []
    for (row, item) in rows.enumerated() {
      if row % 4096 == 0, Threads.isInterrupted { throw TensorError.interrupted }
      guard case .record(let record) = item.unfixed else {
        throw Diagnostic("a table is made of records, but item \(row) is \(item.kind)", kind: .type)
      }
      for (name, value) in zip(record.layout.names, record.values) {
        let column: Int
        if let found = known[name] {
          column = found
        } else {
          column = names.count
          known[name] = column
          names.append(name)
          // Rows before this one had no such field.
          cells.append([])
        }
        while cells[column].count < row { cells[column].append(.none) }
        cells[column].append(value.unfixed)
      }
    }
    var columns: [Column] = []
    for (name, items) in zip(names, cells) {
      let padded = items + Array(repeating: .none, count: rows.count - items.count)
      columns.append(try Table.column(of: padded, named: name, precision))
    }
    self.init(names: names, columns: columns, rowCount: rows.count)
  }

  /// What a value is as a column; nil for a single value, which fits any length.
  private static func column(_ value: Value, named name: String) throws -> Column? {
    try requireData(value, named: name)
    switch Display.settled(value) {
    case .text(let vector): return .text(vector)
    case .tensor(let tensor):
      guard tensor.shape.rank == 1 else {
        throw Diagnostic(
          "column \(name) is a \(tensor.shape) tensor; a column has one axis", kind: .shape,
          hint: "give each column its own name: (a: x[:, 0], b: x[:, 1])")
      }
      return .tensor(tensor)
    case .list(let list): return try column(of: list.items.map(\.unfixed), named: name, .f64)
    case .number, .bool, .string, .none: return nil
    case .record, .table, .function, .figure, .traced, .fixed: throw noColumn(value, named: name)
    }
  }

  /// Throws for what is being differentiated: a table holds data.
  static func requireData(_ value: Value, named name: String) throws(Diagnostic) {
    guard let leaf = value.leaf, leaf.isDifferentiated else { return }
    throw Diagnostic(
      "a table holds data, but column \(name) is being differentiated", kind: .value,
      hint: "a record (\(name): x) keeps its derivative; stop_gradient(x) makes x a constant")
  }

  /// A column whose items changed, which stays one.
  static func changed(_ value: Value, rowCount: Int) -> Column {
    switch Display.settled(value) {
    case .text(let vector) where vector.items.count == rowCount: .text(vector)
    case .tensor(let tensor) where tensor.shape == [rowCount]: .tensor(tensor)
    default: .text(TextVector(repeatElement(nil, count: rowCount)))
    }
  }

  /// A column of single values, some of which may be missing.
  private static func column(of items: [Value], named name: String, _ precision: DType) throws -> Column {
    if items.contains(where: { if case .string = $0 { true } else { false } }) {
      var texts: [String?] = []
      for item in items {
        switch item {
        case .string(let string): texts.append(string)
        case .none: texts.append(nil)
        default: throw Diagnostic("column \(name) has a string and \(item.kind)", kind: .type)
        }
      }
      return .text(TextVector(texts))
    }
    var numbers: [Double] = []
    var isTruth = !items.isEmpty
    for item in items {
      try requireData(item, named: name)
      switch Display.settled(item) {
      case .number(let number):
        numbers.append(number)
        isTruth = false
      case .bool(let bool): numbers.append(bool ? 1 : 0)
      case .none:
        numbers.append(.nan)
        isTruth = false
      default: throw noColumn(item, named: name)
      }
    }
    let tensor = try Tensor(numbers)
    return .tensor(try tensor.converted(to: isTruth ? .bool : precision))
  }

  /// One value in every row.
  private static func repeated(_ value: Value, _ count: Int, named name: String) throws -> Column {
    switch Display.settled(value) {
    case .number(let number): .tensor(try .filled(number, [count]))
    case .bool(let bool): .tensor(try .filled(bool ? 1 : 0, [count], .bool))
    case .string(let string): .text(TextVector(repeatElement(Optional(string), count: count)))
    case .none: .text(TextVector(repeatElement(nil, count: count)))
    default: throw noColumn(value, named: name)
    }
  }

  private static func noColumn(_ value: Value, named name: String) -> Diagnostic {
    Diagnostic(
      "column \(name) cannot hold \(value.kind); a column is a tensor of rank 1 or a text vector", kind: .type
    )
  }
}

extension Table {
  /// Sets a column, adding it when it is new; the caller owns the table alone.
  ///
  /// A single value fills the column. Throws a diagnostic when the length is wrong or the value is no column.
  func set(_ name: String, to value: Value) throws {
    let column = try Table.column(value, named: name) ?? Table.repeated(value, rowCount, named: name)
    guard column.count == rowCount || names.isEmpty || names == [name] else {
      throw Diagnostic(
        "column \(name) has \(column.count) items, the table has \(rowCount) rows", kind: .shape)
    }
    rowCount = column.count
    if let position = names.firstIndex(of: name) {
      columns[position] = column
    } else {
      names.append(name)
      columns.append(column)
    }
  }
}

import Tensors

/// Equally long named columns, shared until one of its owners changes it.
public final class Table {
  /// One column of a table.
  public enum Column {
    /// Numbers or truth values, of rank 1.
    case tensor(Tensor)
    /// Texts, some of which may be missing.
    case text(TextVector)
  }

  /// The names of the columns, which differ from one another.
  public internal(set) var names: [String]
  /// A column for each name, all of ``rowCount`` items.
  public internal(set) var columns: [Column]
  /// How many rows there are.
  public internal(set) var rowCount: Int

  /// A table of these columns, each of `rowCount` items; there is a name for each.
  public init(names: [String], columns: [Column], rowCount: Int) {
    precondition(names.count == columns.count, "a name for each column")
    self.names = names
    self.columns = columns
    self.rowCount = rowCount
  }
}

extension Table.Column {
  /// How many items it has.
  public var count: Int {
    switch self {
    case .tensor(let tensor): tensor.count
    case .text(let vector): vector.items.count
    }
  }

  /// The column as the language sees it.
  public var value: Value {
    switch self {
    case .tensor(let tensor): .tensor(tensor)
    case .text(let vector): .text(vector)
    }
  }

  /// One item; a missing text is none.
  func item(_ row: Int) -> Value {
    switch self {
    case .tensor(let tensor):
      tensor.dtype == .bool ? .bool(tensor[flat: row] != 0) : .number(tensor[flat: row])
    case .text(let vector): vector.items[row].map { .string($0) } ?? .none
    }
  }

  /// Whether an item is missing: none or nan.
  func isMissing(_ row: Int) -> Bool {
    switch self {
    case .tensor(let tensor): tensor[flat: row].isNaN
    case .text(let vector): vector.items[row] == nil
    }
  }

  /// How many items are missing.
  var missingCount: Int {
    switch self {
    case .text(let vector): vector.items.count { $0 == nil }
    case .tensor(let tensor): tensor.nanCount
    }
  }

  /// The items at the given positions, which `positions` holds too.
  fileprivate func picking(_ rows: [Int], _ positions: Tensor) throws(TensorError) -> Table.Column {
    switch self {
    case .text(let vector): return .text(TextVector(rows.map { vector.items[$0] }))
    case .tensor(let tensor):
      let picked = try Quantity.tensor(tensor).take(positions, axis: 0)
      guard case .tensor(let result) = picked else { return self }
      return .tensor(result)
    }
  }
}

extension Table {
  /// The table in a few words, for where it stands inside something else.
  var inline: String { "table of \(counted(rowCount, "row")) (\(Table.listed(names)))" }

  /// A copy that can be changed without changing this one.
  func copied() -> Table { Table(names: names, columns: columns, rowCount: rowCount) }

  /// The position of a column.
  ///
  /// Throws a diagnostic that offers the nearest name when there is none of this name.
  func position(of name: String) throws(Diagnostic) -> Int {
    if let position = names.firstIndex(of: name) { return position }
    let near = NearestName.find(name, in: names)
    throw Diagnostic(
      "the table has no column \(name)", kind: .name,
      hint: near.map { "did you mean \($0)?" } ?? "its columns are \(Table.listed(names))")
  }

  /// A column by its name; throws as ``position(of:)`` does.
  func column(_ name: String) throws(Diagnostic) -> Column { columns[try position(of: name)] }

  /// One row as a record.
  func row(_ row: Int, _ layout: RecordLayout) throws(Diagnostic) -> Record {
    try Record(layout, columns.map { $0.item(row) })
  }

  /// The form of the records that its rows are.
  var rowLayout: RecordLayout { RecordLayout.named(names) }

  /// The rows at the given positions.
  func picking(_ rows: [Int]) throws(TensorError) -> Table {
    let positions = try Tensor(rows.map(Double.init))
    var picked: [Column] = []
    for column in columns { picked.append(try column.picking(rows, positions)) }
    return Table(names: names, columns: picked, rowCount: rows.count)
  }

  /// The rows of both, one after the other.
  ///
  /// Throws a diagnostic when the columns differ in name or kind.
  func joined(with other: Table) throws -> Table {
    guard Set(names) == Set(other.names) else {
      throw Diagnostic(
        "cannot join tables with the columns \(Table.listed(names)) and \(Table.listed(other.names))",
        kind: .type,
        hint: "t[(\"a\", \"b\")] takes some of the columns")
    }
    var joined: [Column] = []
    for (name, column) in zip(names, columns) {
      switch (column, try other.column(name)) {
      case (.text(let x), .text(let y)): joined.append(.text(TextVector(x.items + y.items)))
      case (.tensor(let x), .tensor(let y)):
        guard case .tensor(let both) = try Quantity.concat([.tensor(x), .tensor(y)]) else { continue }
        joined.append(.tensor(both))
      case (.text, .tensor), (.tensor, .text):
        throw Diagnostic("column \(name) has texts in one table and numbers in the other", kind: .type)
      }
    }
    return Table(names: names, columns: joined, rowCount: rowCount + other.rowCount)
  }

  /// Some of the columns, in the given order; throws as ``position(of:)`` does.
  func selecting(_ wanted: [String]) throws(Diagnostic) -> Table {
    if let name = wanted.indices.first(where: { wanted[..<$0].contains(wanted[$0]) }) {
      throw Diagnostic("column \(wanted[name]) is named twice", kind: .argument)
    }
    var selected: [Column] = []
    for name in wanted { selected.append(try column(name)) }
    return Table(names: wanted, columns: selected, rowCount: rowCount)
  }

  /// Names for a message, the end of a long list left out.
  static func listed(_ names: [String]) -> String {
    let most = 12
    return names.prefix(most).joined(separator: ", ") + (names.count > most ? ", … (\(names.count))" : "")
  }
}

extension Tensor {
  /// How many elements are nan.
  fileprivate var nanCount: Int {
    // The integers of a sequence are not looked at, which would give them memory.
    guard dtype != .bool, sequenceStart == nil else { return 0 }
    let count = try? withBytes { bytes in
      dtype == .f32
        ? bytes.bindMemory(to: Float.self).count { $0.isNaN }
        : bytes.bindMemory(to: Double.self).count { $0.isNaN }
    }
    return count ?? 0
  }
}

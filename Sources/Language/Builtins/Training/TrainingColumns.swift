import Tensors

/// Which columns of a table are the inputs of a model and which is its target.
struct TrainingColumns {
  private let inputs: [String]
  private let targets: [String]
  /// Whether the target was named by a string, so that it is a vector and not a matrix.
  private let isSingle: Bool
  /// The different texts of a text target, whose positions are the labels.
  private let categories: [String]

  /// The columns named by `target`, a string or several, and all others as inputs.
  init(_ table: Table, target: Value) throws {
    switch target {
    case .string(let name): (targets, isSingle) = ([name], true)
    case .text(let names): (targets, isSingle) = (names.items.compactMap(\.self), false)
    case .list(let list):
      targets = list.items.compactMap { if case .string(let name) = $0.unfixed { name } else { nil } }
      isSingle = false
    default:
      throw Diagnostic(
        "fit: with a table as x, y must name its target column, not be \(target.kind)", kind: .type,
        hint: "fit(net, t, \"\(table.names.last ?? "y")\")")
    }
    for name in targets where !table.names.contains(name) {
      throw Diagnostic(
        "fit: the table has no column \(name)", kind: .name,
        hint: NearestName.find(name, in: table.names).map { "did you mean \($0)?" }
          ?? "its columns are \(table.names.joined(separator: ", "))")
    }
    let chosen = Set(targets)
    inputs = table.names.filter { !chosen.contains($0) }
    var categories: Set<String> = []
    for (name, column) in zip(table.names, table.columns) where chosen.contains(name) {
      if case .text(let texts) = column { categories.formUnion(texts.items.compactMap(\.self)) }
    }
    self.categories = categories.sorted()
  }

  /// The inputs as a matrix and the targets as a vector, or a matrix of several columns.
  func values(of table: Table) throws -> (x: Value, y: Value) {
    let x = try Quantity.stack(inputs.map { try number(table, $0) }, axis: 1)
    let columns = try targets.map { try target(table, $0) }
    return (Value(x), Value(isSingle ? columns[0] : try Quantity.stack(columns, axis: 1)))
  }

  private func column(_ table: Table, _ name: String) throws -> Table.Column {
    guard let position = table.names.firstIndex(of: name) else {
      throw Diagnostic("fit: the table has no column \(name)", kind: .name)
    }
    return table.columns[position]
  }

  private func number(_ table: Table, _ name: String) throws -> Quantity {
    guard case .tensor(let tensor) = try column(table, name) else {
      throw Diagnostic(
        "fit: column \(name) holds texts, a network needs numbers", kind: .type,
        hint:
          "t.\(name) = categories(t.\(name)).labels numbers them, onehot(t.\(name)) makes a column for each")
    }
    return try checked(tensor, name)
  }

  private func target(_ table: Table, _ name: String) throws -> Quantity {
    switch try column(table, name) {
    case .tensor(let tensor): return try checked(tensor, name)
    case .text(let texts):
      return .tensor(
        try Tensor(
          texts.items.enumerated().map { row, text in
            guard let text, let label = categories.firstIndex(of: text) else {
              throw Diagnostic(
                "fit: \(name) in row \(row) is \(text.map(Display.literal) ?? "missing"), which is not one of "
                  + categories.joined(separator: ", "), kind: .value)
            }
            return Double(label)
          }))
    }
  }

  /// A column without gaps, truth values as numbers.
  private func checked(_ tensor: Tensor, _ name: String) throws -> Quantity {
    let column = Quantity.tensor(tensor)
    let missing = try column.numbers().count { $0.isNaN }
    guard missing == 0 else {
      throw Diagnostic(
        "fit: column \(name) misses \(counted(missing, "value"))", kind: .value,
        hint: "dropna(t) leaves those rows out, fill(t, 0) puts a number there")
    }
    return tensor.dtype == .bool ? try column.cast(to: .f64) : column
  }
}

import Tensors

/// The different items of a column in ascending order, and which of them each item is.
struct Categories {
  /// The different items.
  let names: Table.Column
  /// For each item the position of its category; one past the last for a missing item.
  let codes: [Int]
  /// How many categories there are, not counting missing items.
  var count: Int { names.count }
  /// How many items are missing.
  var missingCount: Int { codes.count { $0 == count } }

  /// The categories of a column.
  init(_ column: Table.Column) throws(TensorError) {
    switch column {
    case .text(let vector):
      let names = Set(vector.items.compactMap { $0 }).sorted()
      let positions = Dictionary(uniqueKeysWithValues: zip(names, 0...))
      codes = vector.items.map { $0.flatMap { positions[$0] } ?? names.count }
      self.names = .text(TextVector(names.map { Optional($0) }))
    case .tensor(let tensor):
      // nan comes last, so that its number is one past the others.
      let (values, _, inverse, _) = try Quantity.tensor(tensor).unique()
      let names = try values.numbers().filter { !$0.isNaN }.map { $0 == 0 ? 0 : $0 }
      codes = try inverse.numbers().map { Int($0) }
      self.names = .tensor(try Tensor(names).converted(to: tensor.dtype))
    }
  }
}

extension Categories {
  /// The number of each item's category.
  ///
  /// Throws a diagnostic about the function of this name when items are missing.
  func labels(_ function: String) throws(Diagnostic) -> [Double] {
    guard missingCount == 0 else {
      throw Diagnostic(
        "\(function): \(missingCount) of \(codes.count) values are missing", kind: .value,
        hint: "dropna(x) leaves them out, fill(x, \"unknown\") makes them a category")
    }
    return codes.map(Double.init)
  }
}

/// The rows of a table divided by what some of its columns say.
struct Groups {
  /// The values of the columns for each group, in ascending order, missing ones last.
  private(set) var keys: [[Value]] = []
  /// The rows of each group, in their order.
  private(set) var rows: [[Int]] = []

  /// Divides the rows of a table by the columns of these names.
  init(_ table: Table, by names: [String]) throws {
    let columns = try names.map { try table.column($0) }
    let categories = try columns.map { try Categories($0) }
    var members: [[Int]: [Int]] = [:]
    for row in 0..<table.rowCount {
      if row % 4096 == 0, Threads.isInterrupted { throw TensorError.interrupted }
      members[categories.map { $0.codes[row] }, default: []].append(row)
    }
    let order = try members.keys.sorted {
      if Threads.isInterrupted { throw TensorError.interrupted }
      return $0.lexicographicallyPrecedes($1)
    }
    for key in order {
      guard let rows = members[key] else { continue }
      keys.append(columns.map { $0.item(rows[0]) })
      self.rows.append(rows)
    }
  }
}

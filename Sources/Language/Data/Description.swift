import Tensors

/// The statistics of a table's columns, as a table with a row for each.
enum Description {
  /// Names and values of what is known about a column of numbers; missing items do not count.
  private static let statistics = ["mean", "std", "min", "q1", "median", "q3", "max"]

  /// The statistics of each column.
  ///
  /// Throws a `TensorError` when memory is short.
  static func table(of table: Table) throws -> Table {
    var numbers: [[Double]] = statistics.map { _ in [] }
    var (counts, missing, different): ([Double], [Double], [Double]) = ([], [], [])
    var types: [String?] = []
    for column in table.columns {
      let absent = column.missingCount
      counts.append(Double(table.rowCount - absent))
      missing.append(Double(absent))
      different.append(Double(try Categories(column).count))
      var values = statistics.map { _ in Double.nan }
      switch column {
      case .text: types.append("text")
      case .tensor(let tensor):
        types.append(tensor.dtype.name)
        values = try Description.values(tensor) ?? values
      }
      for (index, value) in values.enumerated() { numbers[index].append(value) }
    }
    let fields: [(String, [Double])] =
      [("count", counts), ("missing", missing)] + Array(zip(statistics, numbers)) + [("unique", different)]
    return Table(
      names: ["column", "type"] + fields.map(\.0),
      columns: [.text(TextVector(table.names.map { Optional($0) })), .text(TextVector(types))]
        + (try fields.map { .tensor(try Tensor($0.1)) }),
      rowCount: table.columns.count)
  }

  private static func values(_ tensor: Tensor) throws -> [Double]? {
    let present = try tensor.doubles().filter { !$0.isNaN }
    guard !present.isEmpty else { return nil }
    let x = Quantity.tensor(try Tensor(present))
    let quantiles = try x.quantiles([0, 0.25, 0.5, 0.75, 1])
    return try ([x.mean(), x.standardDeviation()] + quantiles).flatMap { try $0.numbers() }
  }
}

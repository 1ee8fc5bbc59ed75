import Tensors

/// Mean and standard deviation of every column of some data.
struct Standardization {
  /// One for each column; a number for data of rank 1.
  let mean: Quantity
  /// One for each column; 1 where a column is constant.
  let deviation: Quantity

  /// The moments of `x` over its rows.
  ///
  /// Throws a diagnostic for data without rows, with nan, and with a constant column unless `keepsConstant`. `names` are
  /// those of the columns, where they have some.
  init(_ x: Quantity, names: [String]?, keepsConstant: Bool) throws {
    guard x.shape.rank > 0, x.shape[0] > 0 else {
      throw Diagnostic("standardize needs rows, not \(Value(x).kind)", kind: .shape)
    }
    mean = try x.mean(axes: [0])
    let spread = try x.standardDeviation(axes: [0])
    let means = try mean.numbers()
    func name(_ column: Int) -> String {
      names.map { "column \($0[column])" } ?? (x.shape.rank == 1 ? "x" : "column \(column)")
    }
    if let column = means.firstIndex(where: { !$0.isFinite }) {
      throw Diagnostic(
        "standardize: \(name(column)) has values that are nan or infinite", kind: .value,
        hint: "dropna(x) leaves those rows out, fill(x, mean) replaces missing values")
    }
    if x.shape[0] == 1, !keepsConstant {
      throw Diagnostic("standardize: one row has no spread", kind: .value, hint: "it needs two rows or more")
    }
    // Rounding leaves a little of the mean in the deviation of equal numbers, so it is not compared with 0.
    let constant = zip(try x.min(axes: [0]).numbers(), try x.max(axes: [0]).numbers()).map { $0 == $1 }
    if !keepsConstant, let column = constant.firstIndex(of: true) {
      let others = constant.count { $0 } - 1
      throw Diagnostic(
        "standardize: \(name(column)) is constant, \(Display.number(means[column])) in every row"
          + (others > 0 ? ", and \(others) more are" : ""), kind: .value,
        hint: "drop it, or keep_constant: true makes it 0")
    }
    let mask = try Quantity.tensor(Tensor(constant)).reshaped(to: spread.shape)
    deviation = constant.contains(true) ? try .where(mask, 1, spread) : spread
  }

  /// Data in units of the standard deviation around the mean.
  static func apply(_ x: Quantity, mean: Quantity, deviation: Quantity) throws(TensorError) -> Quantity {
    try (x - mean) / deviation
  }
}

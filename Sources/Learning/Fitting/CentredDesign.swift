/// The columns of a linear fit; where there is a constant, without their weighted means and behind a column of ones.
///
/// A column of years or of seconds since 1970 is almost a multiple of the ones. Without its mean it is not.
struct CentredDesign {
  /// The columns, those of ones first.
  let columns: [[Double]]
  /// What was taken from each column; empty without a constant.
  let means: [Double]
  /// How much larger the rounding errors of a column have become in proportion to it, in the worst of them.
  let errorGrowth: Double

  init(_ columns: [[Double]], rows: Int, weights: [Double]?, hasConstant: Bool) {
    guard hasConstant else {
      (self.columns, means, errorGrowth) = (columns, [], 1)
      return
    }
    var (centred, means, growth) = ([Array(repeating: 1.0, count: rows)], [0.0], 1.0)
    for column in columns {
      let mean = CentredDesign.mean(column, weights)
      var distances = column.map { $0 - mean }
      let (before, after) = (Vectors.norm(column), Vectors.norm(distances))
      if after <= Double(rows) * 2.2e-16 * before {
        // All that is left is rounding: the column is a multiple of the ones.
        distances = Array(repeating: 0, count: rows)
      } else {
        growth = max(growth, before / after)
      }
      centred.append(distances)
      means.append(mean)
    }
    (self.columns, self.means, errorGrowth) = (centred, means, growth)
  }
}

extension CentredDesign {
  /// Coefficients for the columns as they were: the constant less what the means contribute.
  func uncentred(_ coefficients: [Double]) -> [Double] {
    guard !means.isEmpty else { return coefficients }
    var result = coefficients
    result[0] -= zip(coefficients, means).reduce(0) { $0 + $1.0 * $1.1 }
    return result
  }

  /// Σ w² x / Σ w², which for equal numbers is that number to the last bit.
  static func mean(_ numbers: [Double], _ weights: [Double]?) -> Double {
    guard let first = numbers.first else { return 0 }
    var (sum, total) = (0.0, 0.0)
    for (index, x) in numbers.enumerated() {
      let weight = weights.map { $0[index] * $0[index] } ?? 1
      sum += weight * (x - first)
      total += weight
    }
    return first + sum / total
  }
}

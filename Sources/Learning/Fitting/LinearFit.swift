/// Linear least squares: the coefficients of given columns that come nearest to the data.
public struct LinearFit {
  /// A coefficient for the constant, if there is one, and for each column; 0 for columns that the others make up.
  public let coefficients: [Double]
  /// What is left of each datum: data less fit, in the units they were given in.
  public let residuals: [Double]
  /// How well the data determine the coefficients.
  public let statistics: FitStatistics

  /// Fits `data` by columns of as many numbers and, where `hasConstant` says so, a constant, weighting each row.
  ///
  /// With a constant the model is compared with the mean, and columns and data are centred first.
  /// Columns are scaled and factored by Householder reflections, and the solution is refined once: powers of a
  /// variable up to the tenth keep half of their digits (NIST's Filip).
  public init(
    columns: [[Double]], data: [Double], weights: [Double]?, hasConstant: Bool, isAbsolute: Bool = false
  ) {
    let m = data.count
    let design = CentredDesign(columns, rows: m, weights: weights, hasConstant: hasConstant)
    let n = design.columns.count
    precondition(m >= n, "as many data as coefficients")
    let weighted = design.columns.flatMap { column in (0..<m).map { column[$0] * (weights?[$0] ?? 1) } }
    let mean = hasConstant ? CentredDesign.mean(data, weights) : 0
    let distances = data.map { $0 - mean }
    let sizes = (0..<n).map { Vectors.norm(Array(weighted[($0 * m)..<(($0 + 1) * m)])) }
    let scaled = weighted.indices.map { sizes[$0 / m] > 0 ? weighted[$0] / sizes[$0 / m] : 0 }
    let qr = PivotedQR(columnMajor: scaled, rows: m, columns: n)
    var coefficients = Array(repeating: 0.0, count: n)
    var left = distances
    for _ in 0..<2 {
      let side = left.indices.map { left[$0] * (weights?[$0] ?? 1) }
      let change = LinearFit.solve(qr, side, negligible: 2.2e-16 * design.errorGrowth)
      for column in 0..<n where sizes[column] > 0 { coefficients[column] += change[column] / sizes[column] }
      left = distances
      for (coefficient, column) in zip(coefficients, design.columns) {
        for row in 0..<m { left[row] -= coefficient * column[row] }
      }
    }
    if hasConstant { coefficients[0] += mean }
    self.coefficients = design.uncentred(coefficients)
    residuals = left
    statistics = FitStatistics(
      residuals: left.indices.map { left[$0] * (weights?[$0] ?? 1) }, jacobian: weighted, of: design,
      total: LinearFit.total(data, weights, aroundMean: hasConstant), isAbsolute: isAbsolute)
  }

  private static func solve(_ qr: PivotedQR, _ side: [Double], negligible: Double) -> [Double] {
    let transformed = qr.transposedTimes(side)
    let first = abs(qr.diagonal.first ?? 0)
    let rank = qr.diagonal.firstIndex { abs($0) <= negligible * first } ?? qr.columns
    var x = Array(repeating: 0.0, count: qr.columns)
    for j in stride(from: rank - 1, through: 0, by: -1) {
      x[j] = transformed[j]
      for k in (j + 1)..<max(j + 1, rank) { x[j] -= qr.r(j, k) * x[k] }
      x[j] /= qr.diagonal[j]
    }
    return qr.unordered(x)
  }

  /// Σ (w (y - ȳ))² with the weighted mean ȳ, or Σ (w y)².
  public static func total(_ data: [Double], _ weights: [Double]?, aroundMean: Bool) -> Double {
    let mean = aroundMean ? CentredDesign.mean(data, weights) : 0
    var total = 0.0
    for (index, y) in data.enumerated() {
      let distance = (y - mean) * (weights?[index] ?? 1)
      total += distance * distance
    }
    return total
  }
}

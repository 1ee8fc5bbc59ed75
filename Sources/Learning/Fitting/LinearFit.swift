/// Linear least squares: the coefficients of given columns that come nearest to the data.
public struct LinearFit {
  /// A coefficient for each column; 0 for columns that the others make up.
  public let coefficients: [Double]
  /// What is left of each datum: data less fit, in the units they were given in.
  public let residuals: [Double]
  /// How well the data determine the coefficients.
  public let statistics: FitStatistics

  /// Fits `data` by the columns that follow one another in `design`, weighting each row.
  ///
  /// `hasConstant` says whether a column of ones is among them, so that the model is compared with the mean.
  /// Columns are scaled and factored by Householder reflections, and the solution is refined once: powers of a
  /// variable up to the tenth keep half of their digits (NIST's Filip).
  public init(
    design: [Double], data: [Double], weights: [Double]?, hasConstant: Bool, isAbsolute: Bool = false
  ) {
    let m = data.count
    let n = m > 0 ? design.count / m : 0
    precondition(m >= n, "as many data as coefficients")
    let weighted = (0..<n).flatMap { column in
      (0..<m).map { design[column * m + $0] * (weights?[$0] ?? 1) }
    }
    let sizes = (0..<n).map { Vectors.norm(Array(weighted[($0 * m)..<(($0 + 1) * m)])) }
    let scaled = weighted.indices.map { sizes[$0 / m] > 0 ? weighted[$0] / sizes[$0 / m] : 0 }
    let qr = PivotedQR(columnMajor: scaled, rows: m, columns: n)
    var coefficients = Array(repeating: 0.0, count: n)
    var left = data
    for _ in 0..<2 {
      let side = left.indices.map { left[$0] * (weights?[$0] ?? 1) }
      let change = LinearFit.solve(qr, side)
      for column in 0..<n where sizes[column] > 0 { coefficients[column] += change[column] / sizes[column] }
      left = data
      for column in 0..<n {
        for row in 0..<m { left[row] -= coefficients[column] * design[column * m + row] }
      }
    }
    self.coefficients = coefficients
    residuals = left
    statistics = FitStatistics(
      residuals: left.indices.map { left[$0] * (weights?[$0] ?? 1) }, jacobian: weighted, resting: [],
      total: LinearFit.total(data, weights, aroundMean: hasConstant), isAbsolute: isAbsolute)
  }

  private static func solve(_ qr: PivotedQR, _ side: [Double]) -> [Double] {
    let transformed = qr.transposedTimes(side)
    let first = abs(qr.diagonal.first ?? 0)
    let rank = qr.diagonal.firstIndex { abs($0) <= 2.2e-16 * first } ?? qr.columns
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
    var mean = 0.0
    if aroundMean, !data.isEmpty {
      var (sum, weight) = (0.0, 0.0)
      for (index, y) in data.enumerated() {
        let w = weights?[index] ?? 1
        sum += w * w * y
        weight += w * w
      }
      mean = sum / weight
    }
    var total = 0.0
    for (index, y) in data.enumerated() {
      let distance = (y - mean) * (weights?[index] ?? 1)
      total += distance * distance
    }
    return total
  }
}

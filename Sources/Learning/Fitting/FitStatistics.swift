/// What least squares says about parameters: how well the data determine them, and which they do not.
public struct FitStatistics {
  /// Data less parameters that were free.
  public let degreesOfFreedom: Int
  /// Σ r²
  public let residualSumOfSquares: Double
  /// The variance of a residual: Σ r² by the degrees of freedom, nan without any.
  public let variance: Double
  /// The share of the variance around the mean that the model explains; around 0 for models without a constant.
  ///
  /// Of data without variance it is 1 when the model meets them exactly and 0 otherwise.
  public let determination: Double
  /// The covariances of the parameters, row by row; nan for what the data do not determine, 0 for what rests.
  public let covariance: [Double]
  /// Which parameters the data do not determine: others make up for any change of them.
  public let undetermined: [Int]
  /// Which parameters rest at a bound and were not counted as free.
  public let resting: [Int]
}

extension FitStatistics {
  /// The square roots of the variances.
  public var standardErrors: [Double] {
    let n = count
    return (0..<n).map { covariance[$0 * n + $0].squareRoot() }
  }

  /// The covariances in units of the standard errors, row by row.
  public var correlation: [Double] {
    let (n, errors) = (count, standardErrors)
    return covariance.indices.map { index in
      let (i, j) = (index / n, index % n)
      return i == j && errors[i] > 0 ? 1 : covariance[index] / (errors[i] * errors[j])
    }
  }

  private var count: Int { Int(Double(covariance.count).squareRoot().rounded()) }

  /// The statistics of a fit that left `residuals` with these derivatives, one column after the other.
  ///
  /// `resting` parameters are taken as given. `total` is the sum of squares to compare the residuals with.
  /// Standard errors come from the residuals' own variance unless `isAbsolute` says that the residuals are in units
  /// of known errors.
  ///
  /// Columns are brought to one size before anything is squared: parameters of different magnitude, or nearly
  /// dependent ones, would otherwise lose every digit.
  public init(
    residuals: [Double], jacobian: [Double], resting: [Int], total: Double, isAbsolute: Bool = false
  ) {
    self.init(
      residuals, jacobian, resting: resting, means: [], errorGrowth: 1, total: total, isAbsolute: isAbsolute)
  }

  /// The statistics of the coefficients that belong to the columns which `design` had before it was centred.
  init(
    residuals: [Double], jacobian: [Double], of design: CentredDesign, total: Double, isAbsolute: Bool
  ) {
    self.init(
      residuals, jacobian, resting: [], means: design.means, errorGrowth: design.errorGrowth, total: total,
      isAbsolute: isAbsolute)
  }

  private init(
    _ residuals: [Double], _ jacobian: [Double], resting: [Int], means: [Double], errorGrowth: Double,
    total: Double, isAbsolute: Bool
  ) {
    let m = residuals.count
    let n = m > 0 ? jacobian.count / m : 0
    let free = (0..<n).filter { !resting.contains($0) }
    let columns = free.map { Array(jacobian[($0 * m)..<(($0 + 1) * m)]) }
    let sizes = columns.map { Vectors.norm($0) }
    let scaled = zip(columns, sizes).flatMap { column, size in column.map { size > 0 ? $0 / size : 0 } }
    let directions = FitStatistics.directions(
      scaled, rows: m, columns: free.count, negligible: 2.2e-16 * errorGrowth)
    let sum = residuals.dot(residuals)
    degreesOfFreedom = m - free.count
    residualSumOfSquares = sum
    variance = degreesOfFreedom > 0 ? sum / Double(degreesOfFreedom) : .nan
    determination = total > 0 ? 1 - sum / total : sum > 0 ? 0 : 1
    self.resting = resting
    let moves = directions.map { $0.move(sizes, means) }
    let hidden = free.indices.filter { place in
      zip(directions, moves).contains { direction, move in
        guard direction.inverse == nil else { return false }
        return place == 0 && !means.isEmpty ? move[0] != 0 : abs(direction.vector[place]) > 1e-6
      }
    }
    undetermined = hidden.map { free[$0] }
    let unit = isAbsolute ? 1 : variance
    var covariance = Array(repeating: 0.0, count: n * n)
    for (i, row) in free.enumerated() {
      for (j, column) in free.enumerated() {
        var entry = 0.0
        for (direction, move) in zip(directions, moves) {
          guard let inverse = direction.inverse else { continue }
          entry += move[i] * inverse * move[j] * inverse
        }
        let isHidden = hidden.contains(i) || hidden.contains(j)
        covariance[row * n + column] = isHidden ? .nan : unit * entry
      }
    }
    self.covariance = covariance
  }

  /// A direction in the space of scaled parameters, and how far a unit of residuals moves along it; nil where the
  /// residuals do not feel it.
  private struct Direction {
    let vector: [Double]
    let inverse: Double?

    /// The direction in the space of the parameters: of columns of these sizes from which these means were taken, so
    /// that the first parameter, the constant's, has to make up for them.
    func move(_ sizes: [Double], _ means: [Double]) -> [Double] {
      var move = zip(vector, sizes).map { $1 > 0 ? $0 / $1 : $0 }
      guard !means.isEmpty else { return move }
      // Parts that are nothing but rounding would be enlarged by the means.
      let parts = move.indices.map { inverse == nil && abs(vector[$0]) <= 1e-6 ? 0 : means[$0] * move[$0] }
      let constant = inverse == nil && abs(vector[0]) <= 1e-6 ? 0 : move[0]
      let largest = parts.reduce(abs(constant)) { max($0, abs($1)) }
      let change = constant - parts.reduce(0, +)
      move[0] = inverse == nil && abs(change) <= 1e-6 * largest ? 0 : change
      return move
    }
  }

  private static func directions(
    _ matrix: [Double], rows: Int, columns: Int, negligible: Double
  ) -> [Direction] {
    // With fewer data than parameters, rows of zeros change nothing and make room for the factors.
    let height = max(rows, columns)
    var padded: [Double] = []
    for column in 0..<columns {
      padded += matrix[(column * rows)..<((column + 1) * rows)]
      padded += Array(repeating: 0, count: height - rows)
    }
    let qr = PivotedQR(columnMajor: padded, rows: height, columns: columns)
    let factor = (0..<columns).map { j in (0..<columns).map { i in i <= j ? qr.r(i, j) : 0 } }
    let svd = SmallSVD(columns: factor)
    let largest = svd.values.max() ?? 0
    let least = Double(max(rows, columns)) * negligible * largest
    return zip(svd.values, svd.vectors).map { value, vector in
      Direction(vector: qr.unordered(vector), inverse: value > least ? 1 / value : nil)
    }
  }
}

import Testing

@testable import Learning

@Suite("Least squares")
struct FittingTests {
  /// Two-sided quantiles from tables.
  static let quantiles: [(degrees: Double, confidence: Double, t: Double)] = [
    (1, 0.95, 12.706_204_736_432_1), (3, 0.95, 3.182_446_305_284_26), (10, 0.99, 3.169_272_672_616_9),
    (245, 0.95, 1.969_693_900_5), (1e6, 0.95, 1.959_966_3),
  ]

  @Test("Student's t has the quantiles of the tables", arguments: quantiles)
  func quantilesAgree(degrees: Double, confidence: Double, t: Double) {
    let student = StudentT(degrees: degrees)
    #expect(abs(student.halfWidth(confidence) / t - 1) < 1e-6, "\(student.halfWidth(confidence))")
    #expect(abs(student.tail(student.halfWidth(confidence)) - (1 - confidence)) < 1e-11)
  }

  @Test("Factors multiply to the matrix", arguments: [(5, 3), (4, 4), (9, 1), (20, 7)])
  func factorsMultiply(rows: Int, columns: Int) {
    let matrix = (0..<rows * columns).map { Double(($0 * 7919) % 101) - 50 }
    let qr = PivotedQR(columnMajor: matrix, rows: rows, columns: columns)
    var worst = 0.0
    for column in 0..<columns {
      let original = Array(matrix[(qr.order[column] * rows)..<((qr.order[column] + 1) * rows)])
      let turned = qr.transposedTimes(original)
      for row in 0..<rows {
        let wanted = row <= column ? qr.r(row, column) : 0
        worst = max(worst, abs(turned[row] - wanted))
      }
    }
    #expect(worst < 1e-11)
  }

  @Test("Singular values are those of the matrix")
  func singularValues() {
    let svd = SmallSVD(columns: [[3, 0, 0], [0, 2, 1e-8], [0, 1e-8, 1e-12]])
    #expect(
      svd.values.map { abs($0 - 3) < 1e-12 || abs($0 - 2) < 1e-12 || $0 < 1e-11 } == [true, true, true])
  }

  /// Starts from which the exponential y = 2 exp(-3 x) must be found, inside and outside of bounds that hold it.
  static let starts: [(start: [Double], box: Box?)] = [
    ([1, 1], nil), ([100, 0.01], nil), ([-3, 5], nil), ([1, 1], Box(lower: [0, 0], upper: [10, 10])),
    ([0, 0], Box(lower: [0, 0], upper: [10, 10])), ([10, 10], Box(lower: [-1, 2], upper: [10, 10])),
  ]

  @Test("Levenberg and Marquardt find an exponential", arguments: starts)
  func findsAnExponential(start: [Double], box: Box?) throws {
    let x = (0..<30).map { Double($0) / 10 }
    let result = try LevenbergMarquardt(stepLimit: 500, tolerance: 1e-15, box: box).fit(from: start) { p in
      LevenbergMarquardt.Evaluation(
        residuals: x.map { p[0] * exponential(-p[1] * $0) - 2 * exponential(-3 * $0) },
        jacobian: { x.map { exponential(-p[1] * $0) } + x.map { -p[0] * $0 * exponential(-p[1] * $0) } })
    }
    #expect(abs(result.point[0] - 2) < 1e-8 && abs(result.point[1] - 3) < 1e-8, "\(result.point)")
  }

  @Test("A parameter that the bounds stop rests there, the others go on")
  func boundsHold() throws {
    let x = (0..<20).map { Double($0) / 5 }
    let box = Box(lower: [0, -10], upper: [1.5, 10])
    let result = try LevenbergMarquardt(stepLimit: 200, tolerance: 1e-15, box: box).fit(from: [1, 0]) { p in
      LevenbergMarquardt.Evaluation(
        residuals: x.map { p[0] * $0 + p[1] - (2 * $0 + 1) },
        jacobian: { x + Array(repeating: 1, count: x.count) })
    }
    // With the slope held at 1.5 the mean decides: 1 + 0.5 * mean(x).
    #expect(result.point[0] == 1.5 && abs(result.point[1] - (1 + 0.5 * 1.9)) < 1e-10, "\(result.point)")
  }

  @Test("What the data do not determine is named, the rest keeps its errors")
  func undeterminedIsNamed() {
    let x = [0.0, 1, 2, 3]
    let fit = LinearFit(
      columns: [x, x.map { 2 * $0 }], data: [1, 3.1, 4.9, 7], weights: nil, hasConstant: true)
    #expect(fit.statistics.undetermined == [1, 2])
    #expect(fit.statistics.standardErrors[0].isFinite && fit.statistics.standardErrors[1].isNaN)
  }

  private func exponential(_ x: Double) -> Double {
    var (sum, term) = (1.0, 1.0)
    let steps = 1024.0
    for k in 1..<20 {
      term *= x / steps / Double(k)
      sum += term
    }
    return (0..<10).reduce(sum) { power, _ in power * power }
  }
}

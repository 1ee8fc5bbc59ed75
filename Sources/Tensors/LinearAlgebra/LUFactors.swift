#if canImport(Glibc)
  import Glibc
#endif

/// A square matrix as P L U, for solving, inverting and determinants.
struct LUFactors {
  private let n: Int
  private var lu: [Double]
  private var pivots: [Int32]
  private let lapack: LAPACK
  /// Powers of two that rows and columns were multiplied by, if they were.
  private var rowScale: [Double] = []
  private var columnScale: [Double] = []
  /// An estimate of how far the matrix is from singular ones: 1 at best, 0 for a singular one.
  let reciprocalCondition: Double

  /// Factors a matrix given by columns; singular ones, too.
  init(columnMajor matrix: [Double], n: Int) throws(TensorError) {
    lapack = try BLAS.shared().lapack
    self.n = n
    lu = matrix
    pivots = Array(repeating: 0, count: n)
    guard n > 0 else {
      reciprocalCondition = 1
      return
    }
    var size = Int32(n)
    var info: Int32 = 0
    lapack.getrf(&size, &size, &lu, &size, &pivots, &info)
    guard info == 0 else {
      reciprocalCondition = 0
      return
    }
    var norm = (0..<n).reduce(0) { largest, j in
      max(largest, matrix[j * n..<(j + 1) * n].reduce(0) { $0 + abs($1) })
    }
    var work = Array(repeating: 0.0, count: 4 * n)
    var integers = Array(repeating: Int32(0), count: n)
    var condition = 0.0
    lapack.gecon("1", &size, &lu, &size, &norm, &condition, &work, &integers, &info, 1)
    reciprocalCondition = condition
  }

  /// Factors of a matrix that is regular to working precision.
  ///
  /// Throws ``TensorError/singular(operation:)`` for others. A matrix that is only badly scaled, like
  /// one whose rows have different units, is scaled before it is judged.
  static func regular(columnMajor matrix: [Double], n: Int, operation: String) throws(TensorError)
    -> LUFactors
  {
    let factors = try LUFactors(columnMajor: matrix, n: n)
    if factors.reciprocalCondition >= .ulpOfOne { return factors }
    var scaled = matrix
    var rows: [Double] = []
    for i in 0..<n { rows.append(powerOfTwo(near: (0..<n).reduce(0) { max($0, abs(matrix[$1 * n + i])) })) }
    var columns: [Double] = []
    for j in 0..<n {
      for i in 0..<n { scaled[j * n + i] *= rows[i] }
      columns.append(powerOfTwo(near: scaled[j * n..<(j + 1) * n].reduce(0) { max($0, abs($1)) }))
      for i in 0..<n { scaled[j * n + i] *= columns[j] }
    }
    var result = try LUFactors(columnMajor: scaled, n: n)
    guard result.reciprocalCondition >= .ulpOfOne else { throw .singular(operation: operation) }
    result.rowScale = rows
    result.columnScale = columns
    return result
  }

  private static func powerOfTwo(near value: Double) -> Double {
    guard value > 0 else { return 1 }
    return Double(sign: .plus, exponent: -min(max(Int(value.exponent), -1022), 1022), significand: 1)
  }
}

extension LUFactors {
  /// Solves for `count` right sides given by columns; for the transposed matrix if asked.
  func solve(_ sides: inout [Double], count: Int, transposed: Bool) {
    guard n > 0, count > 0 else { return }
    let (before, after) = transposed ? (columnScale, rowScale) : (rowScale, columnScale)
    scale(&sides, by: before)
    var (size, sideCount, info) = (Int32(n), Int32(count), Int32(0))
    var (lu, pivots) = (lu, pivots)
    lapack.getrs(transposed ? "T" : "N", &size, &sideCount, &lu, &size, &pivots, &sides, &size, &info, 1)
    scale(&sides, by: after)
  }

  private func scale(_ sides: inout [Double], by factors: [Double]) {
    guard !factors.isEmpty else { return }
    for place in sides.indices { sides[place] *= factors[place % n] }
  }

  /// The determinant as sign, or 0 for a singular matrix, and the logarithm of its size.
  var signAndLogarithm: (sign: Double, logarithm: Double) {
    var (sign, logarithm) = (permutationSign, 0.0)
    for i in 0..<n {
      let pivot = lu[i * n + i]
      if pivot == 0 { return (0, -.infinity) }
      if pivot < 0 { sign.negate() }
      logarithm += log(abs(pivot))
    }
    return (sign, logarithm)
  }

  /// The determinant; parts that are out of range on the way do no harm.
  var determinant: Double {
    var (mantissa, exponent) = (permutationSign, 0)
    for i in 0..<n {
      let pivot = lu[i * n + i]
      if pivot == 0 { return 0 }
      mantissa *= pivot.significand * (pivot < 0 ? -1 : 1)
      exponent += Int(pivot.exponent) + Int(mantissa.exponent)
      mantissa = mantissa.significand * (mantissa < 0 ? -1 : 1)
    }
    return Double.scaled(mantissa, by: exponent)
  }

  private var permutationSign: Double {
    (0..<n).reduce(1) { Int(pivots[$1]) == $1 + 1 ? $0 : -$0 }
  }
}

extension Double {
  /// `mantissa * 2^exponent`, where steps out of range end at 0 or infinity.
  fileprivate static func scaled(_ mantissa: Double, by exponent: Int) -> Double {
    let limited = min(max(exponent, -2200), 2200)
    return [limited / 3, limited / 3, limited - limited / 3 * 2].reduce(mantissa) {
      $0 * Double(sign: .plus, exponent: $1, significand: 1)
    }
  }
}

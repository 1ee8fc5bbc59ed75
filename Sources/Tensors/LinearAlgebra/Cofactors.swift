/// The matrix of cofactors, which is det A · A⁻ᵀ wherever there is an inverse.
final class Cofactors: Primitive, Sendable {
  static let shared = Cofactors()

  private init() {}

  /// From here on the formula with the inverse loses too many digits.
  private static let smallestCondition = 1e-6

  var name: String { "cofactors" }
  var keeps: Kept { .inputs }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let matrices = try MatrixStack(inputs[0], operation: name, square: true)
    let n = matrices.rows
    return try matrices.map([n, n]) { (index, result) throws(TensorError) in
      let matrix = try matrices.rowMajor(index)
      let factors = try LUFactors(columnMajor: matrix, n: n)
      guard factors.reciprocalCondition < Cofactors.smallestCondition else {
        var inverse = Array(repeating: 0.0, count: n * n)
        for i in 0..<n { inverse[i * n + i] = factors.determinant }
        factors.solve(&inverse, count: n, transposed: true)
        return result.fill(from: inverse)
      }
      // cof A = det U · det V · U cof(S) Vᵀ, without a division.
      let parts = try SignedSingularValues(matrix, n: n)
      for i in 0..<n {
        for j in 0..<n {
          result[i * n + j] =
            parts.sign
            * (0..<n).reduce(0) {
              $0 + parts.u[i * n + $1] * parts.product(without: $1) * parts.vt[$1 * n + j]
            }
        }
      }
    }
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (a, incoming) = (application[input: 0], g)
    try cotangents.add(0) { () throws(TensorError) in
      if !a.isTraced, !incoming.isTraced, try Cofactors.hasIllConditioned(a) {
        return try Cofactors.gradient(a, incoming)
      }
      // C = det A · W with W = A⁻ᵀ: Ā = ⟨C̄, W⟩ C - det A · W C̄ᵀ W
      let w = try a.inverse().matrixTransposed()
      let share = try (incoming * w).sum(axes: [-2, -1], keepdims: true) * Cofactors.shared(a)
      let turned = try w.matrixProduct(incoming, transposeB: true).matrixProduct(w)
      return try share - a.determinant().perMatrix() * turned
    }
  }

  private static func hasIllConditioned(_ a: Quantity) throws(TensorError) -> Bool {
    let matrices = try MatrixStack(a, operation: "det", square: true)
    for index in 0..<matrices.count {
      let factors = try LUFactors(columnMajor: matrices.rowMajor(index), n: matrices.rows)
      if factors.reciprocalCondition < smallestCondition { return true }
    }
    return false
  }

  /// The derivative in the basis of the singular vectors, where two singular values at a time are left
  /// out of the product of all: no division, so right for singular matrices.
  private static func gradient(_ a: Quantity, _ g: Quantity) throws(TensorError) -> Quantity {
    let matrices = try MatrixStack(a, operation: "det", square: true)
    let cotangents = try MatrixStack(g, operation: "det", square: true)
    let n = matrices.rows
    return try matrices.map([n, n]) { (index, result) throws(TensorError) in
      let parts = try SignedSingularValues(matrices.rowMajor(index), n: n)
      let c = parts.turnedIn(try cotangents.rowMajor(index))
      var m = Array(repeating: 0.0, count: n * n)
      for i in 0..<n {
        for j in 0..<n where i != j {
          let product = parts.sign * parts.product(without: i, j)
          m[i * n + j] = -product * c[j * n + i]
          m[i * n + i] += product * c[j * n + j]
        }
      }
      result.fill(from: parts.turnedOut(m))
    }
  }
}

/// A square matrix U S Vᵀ, together with the sign that U and V bring to the determinant.
private struct SignedSingularValues {
  let n: Int
  let u: [Double]
  let s: [Double]
  let vt: [Double]
  let sign: Double

  init(_ matrix: [Double], n: Int) throws(TensorError) {
    self.n = n
    let parts = try SingularValues(rowMajor: matrix, rows: n, columns: n)
    (u, s, vt) = (parts.u, parts.s, parts.vt)
    sign =
      try LUFactors(columnMajor: u, n: n).signAndLogarithm.sign
      * LUFactors(columnMajor: vt, n: n).signAndLogarithm.sign
  }

  func product(without places: Int...) -> Double {
    (0..<n).reduce(1) { places.contains($1) ? $0 : $0 * s[$1] }
  }

  /// Uᵀ X V
  func turnedIn(_ x: [Double]) -> [Double] {
    product(product(u.transposed(rows: n, columns: n), x), vt.transposed(rows: n, columns: n))
  }

  /// U X Vᵀ
  func turnedOut(_ x: [Double]) -> [Double] { product(product(u, x), vt) }

  private func product(_ a: [Double], _ b: [Double]) -> [Double] {
    (0..<n * n).map { place in
      (0..<n).reduce(0) { $0 + a[place / n * n + $1] * b[$1 * n + place % n] }
    }
  }
}

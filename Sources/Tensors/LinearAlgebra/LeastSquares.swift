/// The shortest X that minimises ‖A X - B‖, for matrices.
final class LeastSquares: Primitive {
  private let tolerance: Double?

  init(tolerance: Double?) { self.tolerance = tolerance }

  var name: String { "lstsq" }
  var keeps: Kept { [.inputs, .output] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let matrices = try MatrixStack(inputs[0], operation: name)
    let sides = try MatrixStack(inputs[1], operation: name)
    let dtype = Quantity.commonDType(inputs[0], inputs[1])
    guard matrices.batch == sides.batch, matrices.rows == sides.rows else {
      throw .shapes(operation: name, inputs[0].shape, inputs[1].shape, wanted: "equally many rows")
    }
    let (m, n, count) = (matrices.rows, matrices.columns, sides.columns)
    let result = try matrices.map([n, count]) { (index, result) throws(TensorError) in
      let parts = try SingularValues(rowMajor: matrices.rowMajor(index), rows: m, columns: n)
      let side = try Quantity.tensor(Tensor(sides.rowMajor(index), shape: [m, count]))
      let limit = tolerance.map { $0 * (parts.s.first ?? 0) } ?? parts.threshold(rows: m, columns: n, dtype)
      let (u, scaled, vt) = try parts.inverted(rows: m, columns: n, above: limit)
      let along = try u.matrixProduct(side, transposeA: true) * scaled.expandDims(1)
      let solution = try vt.matrixProduct(along, transposeA: true)
      result.fill(from: try solution.tensor().doubles())
    }
    return Quantity(try result.tensor().converted(to: dtype))
  }

  /// With P = A⁺, z = Pᵀ X̄ and r = B - A X:
  ///
  /// B̄ = z, Ā = -z Xᵀ + r (P z)ᵀ + Pᵀ X (X̄ - Aᵀ z)ᵀ, as long as the rank stays
  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (a, b, x) = (application[input: 0], application[input: 1], application.output)
    let incoming = g
    let p = try a.pseudoInverse(tolerance: tolerance)
    let z = try p.matrixProduct(incoming, transposeA: true)
    try cotangents.add(1) { () throws(TensorError) in z }
    try cotangents.add(0) { () throws(TensorError) in
      let residual = try b - a.matrixProduct(x)
      let direct =
        try residual.matrixProduct(p.matrixProduct(z), transposeB: true)
        - z.matrixProduct(x, transposeB: true)
      let outside = try incoming - a.matrixProduct(z, transposeA: true)
      return try direct + p.matrixProduct(x, transposeA: true).matrixProduct(outside, transposeB: true)
    }
  }
}

/// What a linear least-squares problem has for an answer.
public struct LeastSquaresSolution {
  /// The shortest of the best solutions.
  public let solution: Quantity
  /// The sum of squared residuals of every right side.
  public let residuals: Quantity
  /// How many columns of the matrix are independent, to working precision.
  public let rank: Quantity
  /// The singular values of the matrix; constant.
  public let singularValues: Quantity
}

extension Quantity {
  /// The x that minimises ‖self @ x - side‖, the shortest if there are several, for a vector or a matrix
  /// on the right.
  ///
  /// Singular values up to `tolerance` times the largest count as 0.
  public func leastSquares(_ side: Quantity, tolerance: Double? = nil) throws(TensorError)
    -> LeastSquaresSolution
  {
    let x = try shortestBestSolution(for: side, tolerance: tolerance)
    let misfit = try matrixProduct(x) - side
    let values = try concrete.singularValues()
    let limit = try tolerance.map { (share) throws(TensorError) in try share * values.largestSize() }
    return LeastSquaresSolution(
      solution: x, residuals: try (misfit * misfit).sum(axes: [side.shape.rank == 1 ? -1 : -2]),
      rank: try rank(singularValues: values, tolerance: limit), singularValues: values)
  }

  /// The solution alone.
  func shortestBestSolution(for side: Quantity, tolerance: Double? = nil) throws(TensorError) -> Quantity {
    try requireMatrix("lstsq")
    guard side.shape.rank > 0 else {
      throw .shape(operation: "lstsq", side.shape, wanted: "a vector or a matrix")
    }
    guard side.shape.rank == 1 else { return try LeastSquares(tolerance: tolerance)(self, side) }
    let x = try LeastSquares(tolerance: tolerance)(self, side.reshaped(to: [side.shape[0], 1]))
    return try x.reshaped(to: x.shape.removing(x.shape.rank - 1))
  }
}

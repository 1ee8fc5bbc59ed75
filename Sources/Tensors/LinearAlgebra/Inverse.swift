/// The inverse of a square matrix.
final class Inverse: Primitive, Sendable {
  static let shared = Inverse()

  private init() {}

  var name: String { "inv" }
  var keeps: Kept { .output }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let matrices = try MatrixStack(inputs[0], operation: name, square: true)
    let n = matrices.rows
    return try matrices.map([n, n]) { (index, result) throws(TensorError) in
      // Rows read as columns are the transposed matrix, so its inverse by columns is ours by rows.
      let factors = try LUFactors.regular(columnMajor: matrices.rowMajor(index), n: n, operation: name)
      var inverse = Array(repeating: 0.0, count: n * n)
      for i in 0..<n { inverse[i * n + i] = 1 }
      factors.solve(&inverse, count: n, transposed: false)
      result.fill(from: inverse)
    }
  }

  /// Ā = -Yᵀ Ȳ Yᵀ
  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (y, incoming) = (application.output, g)
    try cotangents.add(0) { () throws(TensorError) in
      try -y.matrixProduct(incoming, transposeA: true).matrixProduct(y, transposeB: true)
    }
  }
}

extension Quantity {
  /// The inverse of a square matrix, or of every matrix of a stack.
  ///
  /// Throws ``TensorError/singular(operation:)`` when it has none to working precision.
  public func inverse() throws(TensorError) -> Quantity { try Inverse.shared(self) }
}

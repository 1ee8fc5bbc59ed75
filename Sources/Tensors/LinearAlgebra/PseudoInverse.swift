/// The pseudo-inverse P = A⁺ by Moore and Penrose.
final class PseudoInverse: Primitive {
  /// Singular values up to this share of the largest count as 0; nil leaves it to the precision.
  private let tolerance: Double?

  init(tolerance: Double?) { self.tolerance = tolerance }

  var name: String { "pinv" }
  var keeps: Kept { [.inputs, .output] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let matrices = try MatrixStack(inputs[0], operation: name)
    let (m, n) = (matrices.rows, matrices.columns)
    return try matrices.map([n, m]) { (index, result) throws(TensorError) in
      let parts = try SingularValues(rowMajor: matrices.rowMajor(index), rows: m, columns: n)
      let limit =
        tolerance.map { $0 * (parts.s.first ?? 0) }
        ?? parts.threshold(rows: m, columns: n, matrices.dtype)
      let (u, scaled, vt) = try parts.inverted(rows: m, columns: n, above: limit)
      let inverse = try (vt.transpose() * scaled).matrixProduct(u, transposeB: true)
      result.fill(from: try inverse.tensor().doubles())
    }
  }

  /// Ā = -Pᵀ P̄ Pᵀ + (I - A P) P̄ᵀ P Pᵀ + Pᵀ P P̄ᵀ (I - P A), as long as the rank stays
  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (a, p, incoming) = (application[input: 0], application.output, g)
    try cotangents.add(0) { () throws(TensorError) in
      let through = try p.matrixProduct(incoming, transposeA: true).matrixProduct(p, transposeB: true)
      let rows = try incoming.matrixProduct(p, transposeA: true).matrixProduct(p, transposeB: true)
      let columns = try p.matrixProduct(p, transposeA: true).matrixProduct(incoming, transposeB: true)
      let outsideRows = try rows - a.matrixProduct(p.matrixProduct(rows))
      let outsideColumns = try columns - columns.matrixProduct(p).matrixProduct(a)
      return try outsideRows + outsideColumns - through
    }
  }
}

extension Quantity {
  /// The pseudo-inverse; singular values up to `tolerance` times the largest count as 0.
  public func pseudoInverse(tolerance: Double? = nil) throws(TensorError) -> Quantity {
    try PseudoInverse(tolerance: tolerance)(self)
  }
}

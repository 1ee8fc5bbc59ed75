/// The lower triangular L with L Lᵀ = A.
final class Cholesky: Primitive, Sendable {
  static let shared = Cholesky()

  private init() {}

  var name: String { "cholesky" }
  var keeps: Kept { .output }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let matrices = try MatrixStack(inputs[0], operation: name, square: true)
    let n = matrices.rows
    let lapack = try BLAS.shared().lapack
    return try matrices.map([n, n]) { (index, result) throws(TensorError) in
      guard n > 0 else { return }
      var factor = try matrices.symmetric(index)
      var (size, info) = (Int32(n), Int32(0))
      // The upper factor by columns is the lower one by rows.
      lapack.potrf("U", &size, &factor, &size, &info, 1)
      guard info == 0 else { throw .notPositiveDefinite }
      for i in 0..<n {
        for j in i + 1..<max(n, i + 1) { factor[i * n + j] = 0 }
      }
      result.fill(from: factor)
    }
  }

  /// With Φ the lower triangle, its diagonal halved: Ā = sym(L⁻ᵀ Φ(Lᵀ L̄) L⁻¹)
  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (l, incoming) = (application.output, g)
    try cotangents.add(0) { () throws(TensorError) in
      let phi = try l.matrixProduct(incoming, transposeA: true).masked { $0 > $1 ? 1 : $0 == $1 ? 0.5 : 0 }
      let half = try l.solveTransposed(phi)
      return try l.solveTransposed(half.matrixTransposed()).symmetrised()
    }
  }
}

extension Quantity {
  /// The lower triangular L with `L @ L.T == self`, of the symmetric part of a square matrix.
  ///
  /// Throws ``TensorError/notPositiveDefinite`` when there is none.
  public func cholesky() throws(TensorError) -> Quantity { try Cholesky.shared(self) }
}

/// Eigenvalues and eigenvectors of a symmetric matrix, packed: the values, rising, then the vectors.
final class SymmetricEigenvalues: Primitive, Sendable {
  static let shared = SymmetricEigenvalues()

  private init() {}

  var name: String { "eigh" }
  var keeps: Kept { .output }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let matrices = try MatrixStack(inputs[0], operation: name, square: true)
    let n = matrices.rows
    let lapack = try BLAS.shared().lapack
    return try matrices.map([n + n * n]) { (index, result) throws(TensorError) in
      guard n > 0 else { return }
      var vectors = try matrices.symmetric(index)
      var values = Array(repeating: 0.0, count: n)
      var (size, query, info) = (Int32(n), Int32(-1), Int32(0))
      var (room, integerRoom) = (0.0, Int32(0))
      lapack.syevd(
        "V", "U", &size, &vectors, &size, &values, &room, &query, &integerRoom, &query, &info, 1, 1)
      var (workCount, work) = (Int32(room), Array(repeating: 0.0, count: Int(room)))
      var integers = Array(repeating: Int32(0), count: Int(integerRoom))
      lapack.syevd(
        "V", "U", &size, &vectors, &size, &values, &work, &workCount, &integers, &integerRoom, &info, 1, 1)
      guard info == 0 else { throw .noConvergence(operation: name) }
      result.fill(from: values)
      (result + n).fill(from: vectors.transposed(rows: n, columns: n))
    }
  }

  static func unpack(_ packed: Quantity, _ n: Int) throws(TensorError) -> (
    values: Quantity, vectors: Quantity
  ) {
    let parts = try packed.unpacked([n], [n, n])
    return (parts[0], parts[1])
  }

  /// With F_ij = 1 / (w_j - w_i), 0 where eigenvalues coincide: Ā = sym(V [w̄ + F · VᵀV̄] Vᵀ)
  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let shape = application.shape(of: 0)
    let n = shape[shape.rank - 1]
    let (w, v) = try SymmetricEigenvalues.unpack(application.output, n)
    let (gw, gv) = try SymmetricEigenvalues.unpack(g, n)
    let limit = try Double(n) * w.dtype.roundingUnit * w.largestSize()
    try cotangents.add(0) { () throws(TensorError) in
      let f = try (w.perColumn() - w.perRow()).reciprocal(zeroUpTo: limit)
      let inner = try gw.asDiagonals() + f * v.matrixProduct(gv, transposeA: true)
      return try v.matrixProduct(inner).matrixProduct(v, transposeB: true).symmetrised()
    }
  }
}

extension Quantity {
  /// Eigenvalues, rising, and eigenvectors as columns, of the symmetric part of a square matrix.
  ///
  /// Vectors of equal eigenvalues are not unique; their derivative leaves out how they turn.
  public func symmetricEigenvalues() throws(TensorError) -> (values: Quantity, vectors: Quantity) {
    let packed = try SymmetricEigenvalues.shared(self)
    return try SymmetricEigenvalues.unpack(packed, shape[shape.rank - 1])
  }
}

/// The reduced singular value decomposition, packed: U, S and Vᵀ one after the other.
final class SVD: Primitive, Sendable {
  static let shared = SVD()

  private init() {}

  var name: String { "svd" }
  var keeps: Kept { .output.union(.inputs) }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let matrices = try MatrixStack(inputs[0], operation: name)
    let (m, n) = (matrices.rows, matrices.columns)
    let rank = min(m, n)
    return try matrices.map([m * rank + rank + rank * n]) { (index, result) throws(TensorError) in
      let parts = try SingularValues(rowMajor: matrices.rowMajor(index), rows: m, columns: n)
      result.fill(from: parts.u)
      (result + m * rank).fill(from: parts.s)
      (result + m * rank + rank).fill(from: parts.vt)
    }
  }

  static func unpack(_ packed: Quantity, _ shape: Shape) throws(TensorError) -> (
    u: Quantity, s: Quantity, vt: Quantity
  ) {
    let (m, n) = (shape[shape.rank - 2], shape[shape.rank - 1])
    let rank = min(m, n)
    let parts = try packed.unpacked([m, rank], [rank], [rank, n])
    return (parts[0], parts[1], parts[2])
  }

  /// With E_ij = s_j² - s_i² and its reciprocal 0 where singular values coincide:
  ///
  /// Ā = U [skew(UᵀŪ)/E · S + S · skew(VᵀV̄)/E + S̄] Vᵀ + (I - UUᵀ) Ū S⁻¹ Vᵀ + U S⁻¹ V̄ᵀ (I - VVᵀ)
  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let shape = application.shape(of: 0)
    let (m, n) = (shape[shape.rank - 2], shape[shape.rank - 1])
    let (u, s, vt) = try SVD.unpack(application.output, shape)
    let (gu, gs, gvt) = try SVD.unpack(g, shape)
    let limit = try Double(max(m, n)) * s.dtype.roundingUnit * s.largestSize()
    try cotangents.add(0) { () throws(TensorError) in
      let difference = try s.perColumn() - s.perRow()
      let f =
        try difference.reciprocal(zeroUpTo: limit) * (s.perColumn() + s.perRow()).reciprocal(zeroUpTo: limit)
      let left = try u.matrixProduct(gu, transposeA: true).skew() * f * s.perColumn()
      let right = try vt.matrixProduct(gvt, transposeB: true).skew() * f * s.perRow()
      var result = try u.matrixProduct(left + right + gs.asDiagonals()).matrixProduct(vt)
      let inverse = try s.reciprocal(zeroUpTo: limit)
      if m > n {
        let outside = try gu - u.matrixProduct(u.matrixProduct(gu, transposeA: true))
        result = try result + (outside * inverse.perColumn()).matrixProduct(vt)
      }
      if n > m {
        let outside = try gvt - gvt.matrixProduct(vt, transposeB: true).matrixProduct(vt)
        result = try result + u.matrixProduct(inverse.perRow() * outside)
      }
      return result
    }
  }
}

extension Quantity {
  /// U, S and Vᵀ with `self == U @ diag(S) @ Vᵀ`, singular values falling; reduced to as many vectors as
  /// there are singular values.
  ///
  /// Vectors of equal singular values are not unique; their derivative leaves out how they turn.
  public func singularValueDecomposition() throws(TensorError) -> (u: Quantity, s: Quantity, vt: Quantity) {
    try requireMatrix("svd")
    return try SVD.unpack(SVD.shared(self), shape)
  }

  /// The singular values, falling.
  public func singularValues() throws(TensorError) -> Quantity { try singularValueDecomposition().s }

  /// How many singular values are not 0 to working precision, or above `tolerance`; constant.
  public func matrixRank(tolerance: Double? = nil) throws(TensorError) -> Quantity {
    try concrete.requireMatrix("matrix_rank")
    return try rank(singularValues: concrete.singularValues(), tolerance: tolerance)
  }

  /// The rank of this stack of matrices, whose singular values are known.
  func rank(singularValues: Quantity, tolerance: Double?) throws(TensorError) -> Quantity {
    let (m, n) = (shape[shape.rank - 2], shape[shape.rank - 1])
    let each = Swift.min(m, n)
    let elements = try singularValues.tensor().doubles()
    let batch = Shape(unchecked: shape.dropLast(2))
    let unit = Double(Swift.max(m, n)) * dtype.roundingUnit
    let ranks = (0..<batch.count).map { index in
      let own = elements[index * each..<(index + 1) * each]
      return Double(own.count { $0 > tolerance ?? unit * (own.first ?? 0) })
    }
    return Quantity(try Tensor(ranks, shape: batch))
  }

  /// Throws unless there are two axes or more.
  func requireMatrix(_ operation: String) throws(TensorError) {
    guard shape.rank >= 2 else { throw .shape(operation: operation, shape, wanted: "a matrix") }
  }
}

/// The determinant of a square matrix.
final class Determinant: Primitive, Sendable {
  static let shared = Determinant()

  private init() {}

  var name: String { "det" }
  var keeps: Kept { .inputs }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let matrices = try MatrixStack(inputs[0], operation: name, square: true)
    return try matrices.map([]) { (index, result) throws(TensorError) in
      result.pointee = try LUFactors(columnMajor: matrices.rowMajor(index), n: matrices.rows).determinant
    }
  }

  /// Ā = ȳ cof A, which is there for singular matrices, too.
  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (a, incoming) = (application[input: 0], g)
    try cotangents.add(0) { () throws(TensorError) in try incoming.perMatrix() * Cofactors.shared(a) }
  }
}

/// The logarithm of the size of the determinant of a square matrix.
final class LogDeterminantSize: Primitive, Sendable {
  static let shared = LogDeterminantSize()

  private init() {}

  var name: String { "logdet" }
  var keeps: Kept { .inputs }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let matrices = try MatrixStack(inputs[0], operation: name, square: true)
    return try matrices.map([]) { (index, result) throws(TensorError) in
      result.pointee =
        try LUFactors(columnMajor: matrices.rowMajor(index), n: matrices.rows).signAndLogarithm.logarithm
    }
  }

  /// Ā = ȳ A⁻ᵀ
  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (a, incoming) = (application[input: 0], g)
    try cotangents.add(0) { () throws(TensorError) in
      try incoming.perMatrix() * a.inverse().matrixTransposed()
    }
  }
}

extension Quantity {
  /// The determinant of a square matrix, or of every matrix of a stack.
  public func determinant() throws(TensorError) -> Quantity { try Determinant.shared(self) }

  /// The logarithm of the size of the determinant: -∞ where that is 0.
  public func logDeterminant() throws(TensorError) -> Quantity { try LogDeterminantSize.shared(self) }
}

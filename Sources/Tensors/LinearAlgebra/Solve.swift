/// X with A X = B, or Aᵀ X = B, for matrices.
final class Solve: Primitive, Sendable {
  private let transposed: Bool

  static let plain = Solve(transposed: false)
  static let transposed = Solve(transposed: true)

  private init(transposed: Bool) { self.transposed = transposed }

  var name: String { "solve" }
  var keeps: Kept { [.inputs, .output] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let dtype = Quantity.commonDType(inputs[0], inputs[1])
    let (a, b) = (inputs[0], inputs[1])
    let left = Shape(unchecked: a.shape.dropLast(2))
    let right = Shape(unchecked: b.shape.dropLast(2))
    guard a.shape.rank >= 2, b.shape.rank >= 2, a.shape[a.shape.rank - 1] == b.shape[b.shape.rank - 2] else {
      throw .shapes(operation: name, a.shape, b.shape, wanted: "as many rows on the right as the matrix has")
    }
    let batch = try left.broadcast(with: right)
    let matrices = try MatrixStack(
      a.broadcast(to: batch.appending(a.shape.suffix(2))), operation: name, square: true)
    let sides = try MatrixStack(b.broadcast(to: batch.appending(b.shape.suffix(2))), operation: name)
    let (n, count) = (matrices.rows, sides.columns)
    let result = try matrices.map([n, count]) { (index, result) throws(TensorError) in
      let factors = try LUFactors.regular(columnMajor: matrices.rowMajor(index), n: n, operation: name)
      var solution = try sides.columnMajor(index)
      // The factors are those of the transposed matrix, as rows were read as columns.
      factors.solve(&solution, count: count, transposed: !transposed)
      result.fill(from: solution.transposed(rows: count, columns: n))
    }
    return Quantity(try result.tensor().converted(to: dtype))
  }

  /// B̄ = A⁻ᵀ X̄, Ā = -B̄ Xᵀ
  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (a, b, x) = (application[input: 0], application[input: 1], application.output)
    let opposite = transposed ? Solve.plain : Solve.transposed
    let sideGradient = try opposite(a, g)
    try cotangents.add(1) { () throws(TensorError) in try sideGradient.summed(to: b.shape) }
    try cotangents.add(0) { () throws(TensorError) in
      let product =
        transposed
        ? try x.matrixProduct(sideGradient, transposeB: true)
        : try sideGradient.matrixProduct(x, transposeB: true)
      return try -product.summed(to: a.shape)
    }
  }
}

extension Quantity {
  /// The x with `self @ x == side`, for a vector or a matrix on the right; stacks broadcast.
  ///
  /// Throws ``TensorError/singular(operation:)`` when there is none to working precision.
  public func solve(_ side: Quantity) throws(TensorError) -> Quantity {
    guard side.shape.rank == 1 else { return try Solve.plain(self, side) }
    let solution = try Solve.plain(self, side.reshaped(to: [side.shape[0], 1]))
    return try solution.reshaped(to: solution.shape.removing(solution.shape.rank - 1))
  }

  /// The x with `self.T @ x == side` for matrices.
  func solveTransposed(_ side: Quantity) throws(TensorError) -> Quantity { try Solve.transposed(self, side) }
}

extension Shape {
  /// The shape with more axes at its end; the caller knows that there is room.
  func appending(_ lengths: some Sequence<Int>) -> Shape {
    var result = self
    for length in lengths { result.append(length) }
    return result
  }
}

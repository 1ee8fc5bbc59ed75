/// The columns x^degree, …, x, 1 of a vector x.
final class PowerColumns: Primitive {
  private let degree: Int

  init(degree: Int) { self.degree = degree }

  var name: String { "vandermonde" }
  var keeps: Kept { .inputs }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let x = try inputs[0].tensor().doubles()
    let shape = try Shape(checking: [x.count, degree + 1])
    var powers = Array(repeating: 1.0, count: shape.count)
    for (row, value) in x.enumerated() {
      for column in stride(from: degree - 1, through: 0, by: -1) {
        powers[row * (degree + 1) + column] = powers[row * (degree + 1) + column + 1] * value
      }
    }
    return .tensor(try Tensor(powers, shape: shape).converted(to: inputs[0].dtype.arithmetic))
  }

  /// x̄ = Σ ḡ_k k x^(k-1)
  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    guard degree > 0 else { return }
    let (x, incoming) = (application[input: 0], g)
    try cotangents.add(0) { () throws(TensorError) in
      let lower = try PowerColumns(degree: degree - 1)(x)
      let factors = try Quantity.matrix(1, degree, x.dtype) { Double(degree - $1) }
      let varying = try incoming.indexed([.all, .slice(start: 0, stop: degree, step: 1)])
      return try (varying * lower * factors).sum(axes: [1])
    }
  }
}

extension Quantity {
  /// The polynomial of a degree that fits `y` over this vector best, highest power first.
  ///
  /// A matrix `y` has a column of values for every column of coefficients.
  public func polynomialFit(_ y: Quantity, degree: Int) throws(TensorError) -> Quantity {
    guard shape.rank == 1, y.shape.rank >= 1, y.shape[0] == shape[0] else {
      throw .shapes(operation: "polyfit", shape, y.shape, wanted: "two vectors of one length")
    }
    guard degree >= 0 else { throw .argument(operation: "polyfit", "the degree must not be negative") }
    guard shape[0] > degree else {
      throw .argument(operation: "polyfit", "degree \(degree) needs at least \(degree + 1) points")
    }
    let powers = try PowerColumns(degree: degree)(self)
    // High powers dwarf low ones; columns of one length leave the solver more digits.
    let columns = try powers.concrete.tensor().doubles()
    let scale = try Quantity.matrix(1, degree + 1, dtype) { _, column in
      let size = stride(from: column, to: columns.count, by: degree + 1)
        .reduce(0) { $0 + columns[$1] * columns[$1] }.squareRoot()
      return size > 0 ? size : 1
    }
    let solution = try (powers / scale).shortestBestSolution(for: y)
    let unscale = y.shape.rank == 1 ? try scale.reshaped(to: [degree + 1]) : try scale.matrixTransposed()
    return try solution / unscale
  }
}

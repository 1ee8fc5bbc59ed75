/// The product of rows with a matrix, plus a vector: x w + b, the bias added while the product is fresh.
final class Affine: Primitive, Sendable {
  private static let product = MatrixProduct.transposing(a: false, b: false)
  static let shared = Affine()

  var name: String { "affine" }
  var keeps: Kept { .inputs }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    // The sum is written into the product, which nobody else can see.
    try Affine.product.evaluate(Inputs(inputs[0], inputs[1])) + inputs[2]
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let g = g
    try Affine.product.pullback(application, g, &cotangents)
    try cotangents.add(2) { () throws(TensorError) in
      try g.shape.rank == 1 ? g : g.sum(axes: Array(0..<g.shape.rank - 1))
    }
  }
}

extension Quantity {
  /// x w + b of [..., inputs], a matrix [inputs, outputs] and a vector [outputs]; without b the product.
  ///
  /// Throws ``TensorError/shapes(operation:_:_:wanted:)`` when they do not fit.
  public func affine(_ w: Quantity, _ b: Quantity? = nil) throws(TensorError) -> Quantity {
    guard w.shape.rank == 2, shape.rank > 0, shape[shape.rank - 1] == w.shape[0] else {
      let wanted = w.shape.rank == 2 ? "\(w.shape[0]) features on the last axis of x for w" : "a matrix w"
      throw .shapes(operation: "affine", shape, w.shape, wanted: wanted)
    }
    guard let b else { return try matrixProduct(w) }
    guard b.shape == [w.shape[1]] else {
      throw .shapes(operation: "affine", w.shape, b.shape, wanted: "a number in b for every column of w")
    }
    return try Affine.shared(self, w, b)
  }
}

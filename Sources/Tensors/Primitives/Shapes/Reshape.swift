/// The same elements in the same order under another shape.
final class Reshape: Primitive {
  private let target: Shape

  init(_ target: Shape) { self.target = target }

  var name: String { "reshape" }
  var keeps: Kept { [] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    Quantity(try inputs[0].tensor().reshaped(to: target))
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let incoming = g
    let shape = application.shape(of: 0)
    try cotangents.add(0) { () throws(TensorError) in try incoming.reshaped(to: shape) }
  }
}

extension Quantity {
  /// The same elements in the same order under another shape of the same count.
  public func reshaped(to shape: Shape) throws(TensorError) -> Quantity {
    if shape == self.shape { return self }
    guard shape.count == self.shape.count else { throw .reshape(self.shape, shape.array) }
    return try Reshape(shape)(self)
  }

  /// The same elements under the shape with these lengths, one of which may be -1: whatever is left.
  public func reshape(_ lengths: [Int]) throws(TensorError) -> Quantity {
    guard let open = lengths.firstIndex(of: -1) else { return try reshaped(to: Shape(checking: lengths)) }
    var known = lengths
    known[open] = 1
    let count = try Shape(checking: known).count
    guard count > 0, shape.count % count == 0 else { throw .reshape(shape, lengths) }
    known[open] = shape.count / count
    return try reshaped(to: Shape(checking: known))
  }
}

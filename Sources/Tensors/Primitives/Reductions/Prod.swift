import CKernels

/// The product over some axes.
final class Prod: Primitive, Sendable {
  private let axes: ReducedAxes

  init(_ axes: ReducedAxes) { self.axes = axes }

  var name: String { "prod" }
  var keeps: Kept { [.inputs, .output] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    Quantity(try inputs[0].tensor().reduced(NNS_PROD, axes))
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (g, x, y) = (g, application[input: 0], application.output)
    try cotangents.add(0) { () throws(TensorError) in
      let g = try g.reshaped(to: axes.kept)
      if try x.isNowhere(0) { return try g * y.reshaped(to: axes.kept) / x }
      return try g * othersProduct(x)
    }
  }

  /// For each element the product of all others, without dividing.
  private func othersProduct(_ x: Quantity) throws(TensorError) -> Quantity {
    let order = (0..<x.shape.rank).filter { !axes.contains($0) } + (0..<x.shape.rank).filter(axes.contains)
    let moved = try x.permute(order)
    let rows = try moved.reshaped(to: Shape(checking: [x.shape.count / axes.count, axes.count]))
    let (n, ones) = (axes.count, try Quantity.ones([rows.shape[0], 1]))
    let before = try Quantity.concat([ones, rows.slice(axis: 1, 0..<(n - 1))], axis: 1).cumprod(axis: 1)
    let after = try Quantity.concat([rows.slice(axis: 1, 1..<n), ones], axis: 1)
      .cumprod(axis: 1, reversed: true)
    var inverse = order
    for (position, axis) in order.enumerated() { inverse[axis] = position }
    return try (before * after).reshaped(to: moved.shape).permute(inverse)
  }
}

extension Quantity {
  /// The product over `axes`, all of them for nil; 1 for nothing.
  public func prod(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Quantity {
    if axes == nil, shape.rank == 0 { return self }
    return try Prod(ReducedAxes(axes, of: shape, keepdims: keepdims))(self)
  }
}

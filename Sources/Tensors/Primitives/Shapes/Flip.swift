/// The elements in reverse order along some axes.
final class Flip: Primitive, Sendable {
  private let axes: [Int]

  init(_ axes: [Int]) { self.axes = axes }

  var name: String { "flip" }
  var keeps: Kept { [] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let source = try inputs[0].tensor()
    if source.count == 0 { return inputs[0] }
    var (strides, offset) = (source.shape.strides, 0)
    for axis in axes {
      offset += (source.shape[axis] - 1) * strides[axis]
      strides[axis].negate()
    }
    return .tensor(try source.gathered(shape: source.shape, strides: strides, offset: offset))
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let g = g
    try cotangents.add(0) { () throws(TensorError) in try Flip(axes)(g) }
  }
}

extension Quantity {
  /// The elements in reverse order along `axes`, all of them for nil.
  public func flip(axes: [Int]? = nil) throws(TensorError) -> Quantity {
    let reduced = try ReducedAxes(axes, of: shape)
    let axes = (0..<shape.rank).filter { reduced.contains($0) && shape[$0] > 1 }
    return axes.isEmpty ? self : try Flip(axes)(self)
  }

  /// The elements moved by `shift` along `axis`, those that leave the end entering at the start.
  ///
  /// Over all elements in row-major order for nil.
  public func roll(_ shift: Int, axis: Int? = nil) throws(TensorError) -> Quantity {
    let (x, position) = try alongAxis(axis)
    let n = x.shape[position]
    if n == 0 { return self }
    let moved = (shift % n + n) % n
    if moved == 0 { return self }
    let parts = [
      try x.slice(axis: position, (n - moved)..<n), try x.slice(axis: position, 0..<(n - moved)),
    ]
    return try Quantity.concat(parts, axis: position).reshaped(to: shape)
  }
}

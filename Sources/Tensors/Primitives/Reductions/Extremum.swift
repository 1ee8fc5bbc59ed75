import CKernels

/// The largest or smallest element over some axes; equal ones share the derivative.
final class Extremum: Primitive, Sendable {
  private let axes: ReducedAxes
  private let isLargest: Bool

  init(_ axes: ReducedAxes, isLargest: Bool) {
    self.axes = axes
    self.isLargest = isLargest
  }

  var name: String { isLargest ? "max" : "min" }
  var keeps: Kept { [.inputs, .output] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    guard axes.count > 0 || axes.result.count == 0 else { throw .empty(operation: name) }
    return Quantity(try inputs[0].tensor().reduced(isLargest ? NNS_MAX : NNS_MIN, axes))
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (g, x, y) = (g, application[input: 0], application.output)
    try cotangents.add(0) { () throws(TensorError) in
      let isExtreme = try x.equals(y.concrete.reshaped(to: axes.kept))
      let ties = try Sum(axes)(isExtreme)
      return try .where(isExtreme, (g / ties).reshaped(to: axes.kept), 0)
    }
  }
}

extension Quantity {
  /// The largest element over `axes`, all of them for nil; nan if there is one.
  public func max(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Quantity {
    if axes == nil, shape.rank == 0 { return self }
    return try Extremum(ReducedAxes(axes, of: shape, keepdims: keepdims), isLargest: true)(self)
  }

  /// The smallest element over `axes`, all of them for nil; nan if there is one.
  public func min(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Quantity {
    if axes == nil, shape.rank == 0 { return self }
    return try Extremum(ReducedAxes(axes, of: shape, keepdims: keepdims), isLargest: false)(self)
  }

  /// The position of the largest element along `axis`, in row-major order for nil; the first of several.
  public func argmax(axis: Int? = nil, keepdims: Bool = false) throws(TensorError) -> Quantity {
    try position("argmax", isLargest: true, axis, keepdims)
  }

  /// The position of the smallest element along `axis`, in row-major order for nil; the first of several.
  public func argmin(axis: Int? = nil, keepdims: Bool = false) throws(TensorError) -> Quantity {
    try position("argmin", isLargest: false, axis, keepdims)
  }

  private func position(
    _ name: String, isLargest: Bool, _ axis: Int?, _ keepdims: Bool
  ) throws(TensorError) -> Quantity {
    let axes = try ReducedAxes(axis.map { [$0] }, of: shape, keepdims: keepdims)
    guard axes.count > 0 || axes.result.count == 0 else { throw .empty(operation: name) }
    // Positions in a large tensor are not exact as f32.
    let source = try tensor().converted(to: .f64)
    let passes =
      axes.lastGroup.map { axes.passes(over: $0.range) } ?? Passes(outer: source.count, n: 1, inner: 1)
    let result = try Tensor(uninitialized: axes.result, .f64)
    try source.withPointer { (x) throws(TensorError) in
      try result.withPointer { (y) throws(TensorError) in
        nns_arg_f64(isLargest, x.f64, y.f64, passes.outer, passes.n, passes.inner)
      }
    }
    return Quantity(result)
  }
}

import CKernels

/// The sum over some axes.
final class Sum: Primitive, Sendable {
  private let axes: ReducedAxes

  init(_ axes: ReducedAxes) { self.axes = axes }

  var name: String { "sum" }
  var keeps: Kept { [] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    Quantity(try inputs[0].tensor().reduced(NNS_SUM, axes))
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (g, dtype) = (g, application.dtype(of: 0).arithmetic)
    try cotangents.add(0) { () throws(TensorError) in
      let isTotal = axes.result.rank == 0
      return try (isTotal ? g : g.reshaped(to: axes.kept)).broadcast(to: axes.shape, dtype)
    }
  }
}

extension Quantity {
  /// The sum over `axes`, all of them for nil; 0 for nothing.
  public func sum(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Quantity {
    if axes == nil, shape.rank == 0 { return self }
    return try Sum(ReducedAxes(axes, of: shape, keepdims: keepdims))(self)
  }

  /// The mean over `axes`, all of them for nil; nan for nothing.
  public func mean(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Quantity {
    let reduced = try ReducedAxes(axes, of: shape)
    return try sum(axes: axes, keepdims: keepdims) / .number(Double(reduced.count))
  }

  /// Undoes broadcasting: sums over the axes that `shape` lacks or has with length 1.
  func summed(to shape: Shape) throws(TensorError) -> Quantity {
    let own = self.shape
    if own == shape { return self }
    let missing = own.rank - shape.rank
    let axes = (0..<own.rank).filter { $0 < missing || shape[$0 - missing] == 1 && own[$0] != 1 }
    return try sum(axes: axes, keepdims: true).reshaped(to: shape)
  }
}

extension Tensor {
  /// A reduction that can be continued with its own results: one pass for each group of neighbouring axes.
  func reduced(_ operation: nns_reduce_op, _ axes: ReducedAxes) throws(TensorError) -> Tensor {
    var current = try converted(to: dtype.arithmetic)
    var rest = axes
    // The innermost group first: it is contiguous and leaves the least to do.
    while let group = rest.lastGroup {
      let passes = rest.passes(over: group.range)
      rest.finish(group.range)
      let result = try Tensor(uninitialized: group.isOnly ? axes.result : rest.shape, current.dtype)
      try current.reduce(operation, passes, into: result)
      if group.isOnly { return result }
      current = result
    }
    return try current.reshaped(to: axes.result)
  }

  /// One pass of a reduction.
  func reduce(_ operation: nns_reduce_op, _ passes: Passes, into result: Tensor) throws(TensorError) {
    let dtype = dtype
    try withPointer { (x) throws(TensorError) in
      try result.withPointer { (y) throws(TensorError) in
        switch dtype {
        case .f32: nns_reduce_f32(operation, x.f32, y.f32, passes.outer, passes.n, passes.inner)
        case .f64, .bool: nns_reduce_f64(operation, x.f64, y.f64, passes.outer, passes.n, passes.inner)
        }
      }
    }
  }
}

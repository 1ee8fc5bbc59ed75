import CKernels

extension Quantity {
  /// Whether any element over `axes` is true (not 0); false for nothing.
  public func any(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Quantity {
    try reducedBooleans(NNS_ANY, ReducedAxes(axes, of: shape, keepdims: keepdims))
  }

  /// Whether all elements over `axes` are true (not 0); true for nothing.
  public func all(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Quantity {
    try reducedBooleans(NNS_ALL, ReducedAxes(axes, of: shape, keepdims: keepdims))
  }

  /// How many elements over `axes` are true (not 0).
  public func count(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Quantity {
    let axes = try ReducedAxes(axes, of: shape, keepdims: keepdims)
    let (source, passes) = try tensor().converted(to: .bool).arranged(for: axes)
    let result = try Tensor(uninitialized: axes.result, .f64)
    try source.withPointer { (x) throws(TensorError) in
      try result.withPointer { (y) throws(TensorError) in
        nns_count_bool(x.bool, y.f64, passes.outer, passes.n, passes.inner)
      }
    }
    return Quantity(result)
  }

  private func reducedBooleans(
    _ operation: nns_bool_reduce_op, _ axes: ReducedAxes
  ) throws(TensorError) -> Quantity {
    let (source, passes) = try tensor().converted(to: .bool).arranged(for: axes)
    let result = try Tensor(uninitialized: axes.result, .bool)
    try source.withPointer { (x) throws(TensorError) in
      try result.withPointer { (y) throws(TensorError) in
        nns_reduce_bool(operation, x.bool, y.bool, passes.outer, passes.n, passes.inner)
      }
    }
    return Quantity(result)
  }
}

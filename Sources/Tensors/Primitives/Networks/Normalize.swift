import CKernels

/// Groups of elements scaled to mean 0 and variance 1: (x - mean) / √(variance + eps).
final class Normalize: FusedOperation {
  private let axes: [Int]
  private let layout: NormalizedGroups
  private let eps: Double
  /// The value and what each group was multiplied by, known once there is a value.
  private var made: (value: Tensor, scale: Tensor)?

  init(axes: [Int], _ layout: NormalizedGroups, eps: Double) {
    self.axes = axes
    self.layout = layout
    self.eps = eps
  }

  var name: String { "normalize" }

  func definition(_ operands: [Quantity]) throws(TensorError) -> Quantity {
    try operands[0].normalizedByDefinition(axes: axes, eps: eps)
  }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity { .tensor(try make(inputs[0]).value) }

  func gradients(
    _ operands: [Quantity], _ g: Quantity, wanted: [Bool]
  ) throws(TensorError) -> [Tensor] {
    let (value, scale) = if let made { made } else { try make(operands[0]) }
    let g = try g.tensor().converted(to: value.dtype)
    let result = try Tensor(uninitialized: value.shape, value.dtype)
    let layout = layout
    try value.withPointer { (y) throws(TensorError) in
      try scale.withPointer { (scale) throws(TensorError) in
        try g.withPointer { (g) throws(TensorError) in
          try result.withPointer { (dx) throws(TensorError) in
            switch value.dtype {
            case .f32:
              nns_normalize_back_f32(
                layout.outer, layout.groups, layout.inner, y.f32, scale.f32, g.f32, dx.f32)
            case .f64, .bool:
              nns_normalize_back_f64(
                layout.outer, layout.groups, layout.inner, y.f64, scale.f64, g.f64, dx.f64)
            }
          }
        }
      }
    }
    if Threads.isInterrupted { throw .interrupted }
    return [result]
  }

  private func make(_ operand: Quantity) throws(TensorError) -> (value: Tensor, scale: Tensor) {
    let dtype = operand.dtype.arithmetic
    let x = try operand.tensor().converted(to: dtype)
    let value = try Tensor(uninitialized: x.shape, dtype)
    let scale = try Tensor(uninitialized: [layout.groups], dtype)
    let (layout, eps) = (layout, eps)
    try x.withPointer { (x) throws(TensorError) in
      try scale.withPointer { (scale) throws(TensorError) in
        try value.withPointer { (y) throws(TensorError) in
          switch dtype {
          case .f32:
            nns_normalize_f32(layout.outer, layout.groups, layout.inner, eps, x.f32, y.f32, scale.f32)
          case .f64, .bool:
            nns_normalize_f64(layout.outer, layout.groups, layout.inner, eps, x.f64, y.f64, scale.f64)
          }
        }
      }
    }
    if Threads.isInterrupted { throw .interrupted }
    made = (value, scale)
    return (value, scale)
  }
}

/// Elements read as [outer, groups, inner], where each group is normalised by itself.
struct NormalizedGroups {
  let outer: Int
  let groups: Int
  let inner: Int

  /// Nil for axes that cannot be read so, or whose groups lie element by element side by side: those are
  /// reduced faster together.
  init?(_ axes: ReducedAxes) {
    let shape = axes.shape
    var edges: [Int] = []
    for axis in 0..<shape.rank where axis == 0 || axes.contains(axis) != axes.contains(axis - 1) {
      edges.append(axis)
    }
    guard shape.rank > 0, axes.contains(shape.rank - 1), edges.count <= 3, shape.count > 0 else { return nil }
    let inner = edges[edges.count - 1]
    let first = edges.count == 3 ? edges[1] : 0
    outer = shape.count(of: 0..<first)
    groups = shape.count(of: first..<inner)
    self.inner = shape.count(of: inner..<shape.rank)
  }
}

extension Quantity {
  /// The elements along `axes` scaled to mean 0 and variance 1, with `eps` added to the variance.
  ///
  /// Throws ``TensorError/axis(_:_:)`` for axes it does not have.
  public func normalize(axes: [Int], eps: Double = 1e-5) throws(TensorError) -> Quantity {
    let reduced = try ReducedAxes(axes, of: shape)
    guard let layout = NormalizedGroups(reduced) else {
      return try normalizedByDefinition(axes: axes, eps: eps)
    }
    return try Normalize(axes: axes, layout, eps: eps)(self)
  }

  fileprivate func normalizedByDefinition(axes: [Int], eps: Double) throws(TensorError) -> Quantity {
    let distance = try self - mean(axes: axes, keepdims: true)
    return try distance
      * ElementwiseTable.rsqrt(variance(axes: axes, keepdims: true) + .number(eps))
  }
}

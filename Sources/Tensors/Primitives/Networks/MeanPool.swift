import CKernels

/// The mean of every window of planes, where padding counts as zeros; or its transpose, which spreads what
/// comes in for a mean evenly over its window.
final class MeanPool: Primitive, Sendable {
  private let windows: nns_windows
  private let pooled: Shape
  private let full: Shape
  private let isTransposed: Bool

  init(_ windows: nns_windows, full: Shape, pooled: Shape, isTransposed: Bool = false) {
    self.windows = windows
    self.full = full
    self.pooled = pooled
    self.isTransposed = isTransposed
  }

  var name: String { isTransposed ? "avg_pool_back" : "avg_pool" }
  var keeps: Kept { [] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let dtype = inputs[0].dtype.arithmetic
    let source = try inputs[0].tensor().converted(to: dtype)
    let result = isTransposed ? try Tensor.filled(0, full, dtype) : try Tensor(uninitialized: pooled, dtype)
    var (windows, planes) = (windows, pooled.count(of: 0..<2))
    try source.withPointer { (x) throws(TensorError) in
      try result.withPointer { (y) throws(TensorError) in
        switch (dtype, isTransposed) {
        case (.f32, false): nns_mean_pool_f32(&windows, planes, x.f32, y.f32)
        case (.f32, true): nns_mean_pool_back_f32(&windows, planes, x.f32, y.f32)
        case (_, false): nns_mean_pool_f64(&windows, planes, x.f64, y.f64)
        case (_, true): nns_mean_pool_back_f64(&windows, planes, x.f64, y.f64)
        }
      }
    }
    if Threads.isInterrupted { throw .interrupted }
    return .tensor(result)
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let g = g
    try cotangents.add(0) { () throws(TensorError) in
      try MeanPool(windows, full: full, pooled: pooled, isTransposed: !isTransposed)(g)
    }
  }
}

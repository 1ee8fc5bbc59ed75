/// Exponentials along an axis, scaled to the sum 1.
final class Softmax: Primitive, Sendable {
  private let axis: Int

  init(axis: Int) { self.axis = axis }

  var name: String { "softmax" }
  var keeps: Kept { .output }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let x = inputs[0]
    if x.shape.count == 0 { return try .zeros(x.shape, x.dtype.arithmetic) }
    // Taking out the largest term leaves the result unchanged and keeps exp from overflowing.
    let exponentials = try ElementwiseTable.exp(x - x.max(axes: [axis], keepdims: true))
    let total = try exponentials.sum(axes: [axis], keepdims: true)
    return try exponentials / total
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (g, y) = (g, application.output)
    try cotangents.add(0) { () throws(TensorError) in
      try y * (g - (g * y).sum(axes: [axis], keepdims: true))
    }
  }
}

/// The logarithm of softmax, exact where softmax is nearly 0.
final class LogSoftmax: Primitive, Sendable {
  private let axis: Int

  init(axis: Int) { self.axis = axis }

  var name: String { "log_softmax" }
  var keeps: Kept { .output }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let x = inputs[0]
    return try x - x.logsumexp(axes: [axis], keepdims: true)
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (g, y) = (g, application.output)
    try cotangents.add(0) { () throws(TensorError) in
      try g - ElementwiseTable.exp(y) * g.sum(axes: [axis], keepdims: true)
    }
  }
}

extension Quantity {
  /// Exponentials along `axis`, scaled to the sum 1.
  public func softmax(axis: Int = -1) throws(TensorError) -> Quantity {
    try Softmax(axis: shape.axis(axis))(self)
  }

  /// The logarithm of softmax along `axis`.
  public func logSoftmax(axis: Int = -1) throws(TensorError) -> Quantity {
    try LogSoftmax(axis: shape.axis(axis))(self)
  }
}

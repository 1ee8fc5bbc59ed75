import CKernels

/// The logarithm of the sum of exponentials over some axes, without overflow.
final class LogSumExp: Primitive, Sendable {
  private let axes: ReducedAxes

  init(_ axes: ReducedAxes) { self.axes = axes }

  var name: String { "logsumexp" }
  var keeps: Kept { [.inputs, .output] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let (source, passes) = try inputs[0].tensor().converted(to: inputs[0].dtype.arithmetic).arranged(
      for: axes)
    let result = try Tensor(uninitialized: axes.result, source.dtype)
    try source.reduce(NNS_LOGSUMEXP, passes, into: result)
    return Quantity(result)
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (g, x) = (g, application[input: 0])
    let y = try application.output.reshaped(to: axes.kept)
    try cotangents.add(0) { () throws(TensorError) in
      // Nothing but -inf has no shares: they are all 0 then.
      let total = try Quantity.where(y.equals(.number(-.infinity)), 0, y)
      return try g.reshaped(to: axes.kept) * ElementwiseTable.exp(x - total)
    }
  }
}

extension Quantity {
  /// ln Σ eˣ over `axes`, all of them for nil; -inf for nothing.
  public func logsumexp(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Quantity {
    if axes == nil, shape.rank == 0 { return self }
    return try LogSumExp(ReducedAxes(axes, of: shape, keepdims: keepdims))(self)
  }
}

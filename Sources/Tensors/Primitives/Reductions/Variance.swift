import CKernels

/// The mean square distance from the mean over some axes.
final class Variance: Primitive, Sendable {
  private let axes: ReducedAxes
  private let divisor: Double

  init(_ axes: ReducedAxes, ddof: Double) {
    self.axes = axes
    divisor = Swift.max(0, Double(axes.count) - ddof)
  }

  var name: String { "var" }
  var keeps: Kept { .inputs }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let distances = try deviations(inputs[0])
    // Distances that were exact would sum to 0; what they sum to corrects for the rounded mean.
    let rest = try Sum(axes)(distances)
    let squares = Quantity(try distances.tensor().reducedSquares(axes))
    return try (squares - rest * rest / .number(Double(axes.count))) / .number(divisor)
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (g, x) = (g, application[input: 0])
    try cotangents.add(0) { () throws(TensorError) in
      try (g.reshaped(to: axes.kept) * .number(2 / divisor)) * deviations(x)
    }
  }

  private func deviations(_ x: Quantity) throws(TensorError) -> Quantity {
    try x - (Sum(axes)(x) / .number(Double(axes.count))).reshaped(to: axes.kept)
  }
}

extension Quantity {
  /// The variance over `axes`: the mean of (x - mean)², its sum divided by n - ddof.
  public func variance(
    axes: [Int]? = nil, ddof: Double = 0, keepdims: Bool = false
  ) throws(TensorError) -> Quantity {
    try Variance(ReducedAxes(axes, of: shape, keepdims: keepdims), ddof: ddof)(self)
  }

  /// The standard deviation over `axes`: the root of the variance, with the derivative 0 at 0.
  public func standardDeviation(
    axes: [Int]? = nil, ddof: Double = 0, keepdims: Bool = false
  ) throws(TensorError) -> Quantity {
    let variance = try variance(axes: axes, ddof: ddof, keepdims: keepdims)
    return try .where(variance.equals(0), 0, ElementwiseTable.sqrt(variance.withoutZeros()))
  }
}

extension Tensor {
  /// The sums of squares over some axes.
  func reducedSquares(_ axes: ReducedAxes) throws(TensorError) -> Tensor {
    let (source, passes) = try converted(to: dtype.arithmetic).arranged(for: axes)
    let result = try Tensor(uninitialized: axes.result, source.dtype)
    try source.reduce(NNS_SUM_SQUARES, passes, into: result)
    return result
  }
}

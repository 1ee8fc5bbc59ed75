/// The Euclidean length over some axes; its derivative at 0 is 0.
final class Norm: Primitive, Sendable {
  private let axes: ReducedAxes

  init(_ axes: ReducedAxes) { self.axes = axes }

  var name: String { "norm" }
  var keeps: Kept { [.inputs, .output] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let squares = Quantity(try inputs[0].tensor().reducedSquares(axes))
    let smallest = inputs[0].dtype == .f32 ? 1e-30 : 1e-280
    let isSafe = try BooleanTable.and(
      BooleanTable.isfinite(squares), BooleanTable.greater(squares, .number(smallest)))
    if try isSafe.isAllTrue() { return try ElementwiseTable.sqrt(squares) }
    // The squares overflow or vanish: measure in units of the largest element.
    let all = (0..<axes.shape.rank).filter(axes.contains)
    let largest = try ElementwiseTable.abs(inputs[0]).max(axes: all, keepdims: true)
    let isUsable = try BooleanTable.and(BooleanTable.isfinite(largest), BooleanTable.greater(largest, 0))
    let unit = try Quantity.where(isUsable, largest, 1)
    let scaled = Quantity(try (inputs[0] / unit).tensor().reducedSquares(axes))
    return try ElementwiseTable.sqrt(scaled) * unit.reshaped(to: axes.result)
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (g, x) = (g, application[input: 0])
    let y = try application.output.reshaped(to: axes.kept)
    try cotangents.add(0) { () throws(TensorError) in
      try g.reshaped(to: axes.kept) * (x / y.withoutZeros())
    }
  }
}

extension Quantity {
  /// The p-norm over `axes`, all of them for nil: (Σ |x|ᵖ)^(1/p), the largest |x| for p = inf, and how many
  /// are not 0 for p = 0.
  public func norm(p: Double = 2, axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Quantity
  {
    let sizes = { (x: Quantity) throws(TensorError) in try ElementwiseTable.abs(x) }
    if shape.count == 0 && p == .infinity { return try sum(axes: axes, keepdims: keepdims) }
    switch p {
    case 2: return try Norm(ReducedAxes(axes, of: shape, keepdims: keepdims))(self)
    case 1: return try sizes(self).sum(axes: axes, keepdims: keepdims)
    case .infinity: return try sizes(self).max(axes: axes, keepdims: keepdims)
    case -.infinity: return try sizes(self).min(axes: axes, keepdims: keepdims)
    case 0: return try count(axes: axes, keepdims: keepdims)
    default:
      let total = try BinaryTable.power(sizes(self), .number(p)).sum(axes: axes, keepdims: keepdims)
      return try .where(total.equals(0), 0, BinaryTable.power(total.withoutZeros(), .number(1 / p)))
    }
  }
}

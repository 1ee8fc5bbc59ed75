@testable import Tensors

/// A function of one quantity.
typealias Function = (Quantity) throws(TensorError) -> Quantity

/// The gradient of `sum(f(x))` at `x`.
func gradient(of f: Function, at x: Quantity) throws(TensorError) -> Quantity {
  let trace = Trace()
  let variable = trace.variable(x)
  let y = try f(variable)
  trace.close()
  return try trace.gradients(of: y, cotangent: .full(1, y.shape, y.dtype), for: [variable])[0]
}

/// The largest error of the gradient of `sum(weights * f(x))` against central differences, in units of 1 plus
/// its size; the weights vary so that no two outputs can be confused.
func gradientError(of f: @escaping Function, at x: Quantity, step: Double = 1e-5) throws(TensorError)
  -> Double
{
  let loss: Function = { (x) throws(TensorError) in
    let y = try f(x)
    return try (y * weights(y.shape)).sum()
  }
  let found = try gradient(of: loss, at: x).elements
  let point = x.elements
  var worst = found.count == point.count ? 0.0 : .infinity
  for index in point.indices {
    var (up, down) = (point, point)
    up[index] += step
    down[index] -= step
    let rise = try loss(.from(up, x.shape)).elements[0] - loss(.from(down, x.shape)).elements[0]
    let error = abs(found[index] - rise / (2 * step)) / (1 + abs(found[index]))
    worst = error.isNaN ? .infinity : max(worst, error)
  }
  return worst
}

/// Different numbers for the elements of a shape.
func weights(_ shape: Shape) throws(TensorError) -> Quantity {
  try .from((0..<shape.count).map { 0.5 + Double($0 * 7 % 11) / 8 }, shape)
}

extension Quantity {
  /// The quantity with these elements.
  static func from(_ elements: [Double], _ shape: Shape) throws(TensorError) -> Quantity {
    Quantity(try Tensor(elements, shape: shape))
  }

  /// Random numbers between two bounds.
  static func random(
    _ shape: Shape, in range: ClosedRange<Double> = -2...2, key: UInt64 = 1
  ) throws(TensorError) -> Quantity {
    var stream = RandomStream(key: key)
    let width = range.upperBound - range.lowerBound
    return try stream.uniform(shape) * .number(width) + .number(range.lowerBound)
  }

  /// The bits of its elements, which tell apart what `==` does not.
  var bits: [UInt64] { elements.map(\.bitPattern) }
}

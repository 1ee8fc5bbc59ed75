extension Quantity {
  /// The values at `self` of the piecewise linear function through the points (`positions`, `values`).
  ///
  /// Positions ascend; outside them the function stays at its end values. Differentiable in all three.
  public func interp(_ positions: Quantity, _ values: Quantity) throws(TensorError) -> Quantity {
    guard positions.shape.rank == 1, positions.shape == values.shape else {
      throw .shapes(operation: "interp", positions.shape, values.shape, wanted: "two vectors of one length")
    }
    let knots = try positions.tensor().doubles()
    guard let first = knots.first, let last = knots.last else { throw .empty(operation: "interp") }
    for (a, b) in zip(knots, knots.dropFirst()) where !(a < b) {
      throw .argument(operation: "interp", "the positions must ascend")
    }
    let points = try tensor().doubles()
    if knots.count == 1 { return try self * 0 + values.reshaped(to: []) }
    let left = ContiguousArray(points.map { Int64(Quantity.segment(of: $0, in: knots)) })
    let lower = Picks(left, shape: shape)
    let upper = Picks(ContiguousArray(left.map { $0 + 1 }), shape: shape)
    let (x0, x1) = (try positions.picked(by: lower), try positions.picked(by: upper))
    let (y0, y1) = (try values.picked(by: lower), try values.picked(by: upper))
    let inside = try y0 + (self - x0) / (x1 - x0) * (y1 - y0)
    let isBelow = try BooleanTable.lessOrEqual(self, .number(first))
    let isAbove = try BooleanTable.greaterOrEqual(self, .number(last))
    return try .where(isBelow, y0, .where(isAbove, y1, inside))
  }

  /// The position of the knot that starts the segment around `x`.
  private static func segment(of x: Double, in knots: [Double]) -> Int {
    var (low, high) = (0, knots.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if x >= knots[middle] { low = middle } else { high = middle }
    }
    return low
  }

  /// The differences of neighbours along `axis`, `times` times over.
  public func diff(_ times: Int = 1, axis: Int = -1) throws(TensorError) -> Quantity {
    guard times >= 0 else { throw .argument(operation: "diff", "the number of times must not be negative") }
    let axis = try shape.axis(axis)
    var result = self
    for _ in 0..<times {
      let n = result.shape[axis]
      if n == 0 { return result }
      result = try result.slice(axis: axis, 1..<n) - result.slice(axis: axis, 0..<(n - 1))
    }
    return result
  }
}

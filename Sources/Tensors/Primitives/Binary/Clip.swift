/// A quantity kept between two bounds, elementwise.
final class Clip: Primitive, Sendable {
  static let shared = Clip()

  var name: String { "clip" }
  var keeps: Kept { .inputs }
  var isElementwise: Bool { true }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    try BinaryTable.minimum(BinaryTable.maximum(inputs[0], inputs[1]), inputs[2])
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let g = g
    let (x, low, high) = (application[input: 0], application[input: 1], application[input: 2])
    let isBelow = try BooleanTable.less(x, low)
    let isAbove = try BooleanTable.greater(x, high)
    try cotangents.addUnbroadcast(0) { () throws(TensorError) in
      try .where(BooleanTable.or(isBelow, isAbove), 0, g)
    }
    try cotangents.addUnbroadcast(1) { () throws(TensorError) in try .where(isBelow, g, 0) }
    try cotangents.addUnbroadcast(2) { () throws(TensorError) in try .where(isAbove, g, 0) }
  }
}

extension Quantity {
  /// Itself with everything below `low` or above `high` replaced by the bound; nil is no bound.
  ///
  /// The derivative exactly at a bound is 1.
  public func clip(_ low: Quantity?, _ high: Quantity?) throws(TensorError) -> Quantity {
    try Clip.shared(self, low ?? .number(-.infinity), high ?? .number(.infinity))
  }
}

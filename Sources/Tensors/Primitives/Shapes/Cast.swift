/// The elements in another dtype; the derivative comes back in the operand's.
final class Cast: Primitive, Sendable {
  private let target: DType

  init(_ target: DType) { self.target = target }

  var name: String { "cast" }
  var keeps: Kept { [] }
  var isElementwise: Bool { true }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    guard case .tensor(let tensor) = inputs[0] else {
      guard case .number(let number) = inputs[0], target == .bool else { return inputs[0] }
      return .number(number != 0 ? 1 : 0)
    }
    return .tensor(try tensor.converted(to: target))
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    if target == .bool { return }
    let (g, dtype) = (g, application.dtype(of: 0).arithmetic)
    try cotangents.add(0) { () throws(TensorError) in try g.cast(to: dtype) }
  }
}

extension Quantity {
  /// The elements in another dtype; a number stays one.
  public func cast(to dtype: DType) throws(TensorError) -> Quantity {
    if dtype == self.dtype || dtype != .bool && shape.rank == 0 { return self }
    return try Cast(dtype)(self)
  }

  /// Itself as a constant: no derivative passes.
  public var stopGradient: Quantity { concrete }
}

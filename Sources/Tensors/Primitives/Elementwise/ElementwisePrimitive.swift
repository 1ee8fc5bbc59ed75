import CKernels

/// A row of the elementwise table at work on numbers and tensors.
public final class ElementwisePrimitive: Primitive, Sendable {
  /// What the function is.
  public let rule: ElementwiseRule

  init(_ rule: ElementwiseRule) { self.rule = rule }

  /// The name in the language.
  public var name: String { rule.name }
  /// What the derivative looks at.
  public var keeps: Kept { rule.keeps }
  /// It maps over elements.
  public var isElementwise: Bool { true }

  /// The function of a number.
  public func scalar(_ x: Double) -> Double {
    switch rule.kernel {
    case NNS_NEG: return -x
    case NNS_SQRT: return x.squareRoot()
    case NNS_SQUARE: return x * x
    default:
      var result = 0.0
      withUnsafePointer(to: x) { nns_unary_f64(rule.kernel, $0, &result, 1) }
      return result
    }
  }

  /// The value of a plain operand.
  public func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity { try evaluate(inputs[0]) }

  /// The function of a quantity; writes into an operand that nobody else can see.
  public func callAsFunction(_ x: consuming Quantity) throws(TensorError) -> Quantity {
    if case .number(let x) = x { return .number(scalar(x)) }
    if x.isTraced { return try applyTraced(x) }
    return try evaluate(x)
  }

  /// Multiplies the cotangent with the derivative.
  public func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    guard let derivative = rule.derivative else { return }
    let x: Quantity = keeps.contains(.inputs) ? application[input: 0] : 0
    let y: Quantity = keeps.contains(.output) ? application.output : 0
    let incoming = g
    try cotangents.add(0) { () throws(TensorError) in try incoming * derivative(x, y) }
  }

  private func applyTraced(_ x: Quantity) throws(TensorError) -> Quantity {
    let x = x.settled
    guard case .traced(let traced) = x else { return try self(x) }
    let output = try self(traced.primal)
    return try traced.trace.record(self, traced.index, traced.primal, -1, .number(0), output: output)
  }

  private func evaluate(_ x: consuming Quantity) throws(TensorError) -> Quantity {
    if case .number(let x) = x { return .number(scalar(x)) }
    let dtype = x.dtype.arithmetic
    let result: Tensor
    if x.dtype == dtype, let own = x.reusable() {
      result = own
    } else {
      result = try Tensor(uninitialized: x.shape, dtype)
    }
    let (kernel, count) = (rule.kernel, result.count)
    try x.withElements(as: dtype) { (x) throws(TensorError) in
      try result.withPointer { (y) throws(TensorError) in
        switch dtype {
        case .f32: nns_unary_f32(kernel, x.f32, y.f32, count)
        case .f64, .bool: nns_unary_f64(kernel, x.f64, y.f64, count)
        }
      }
    }
    return Quantity(result)
  }
}

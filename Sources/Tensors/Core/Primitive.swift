/// An operation on quantities with a rule for its derivative: the one entry of all tensor work.
///
/// A primitive is an object: one shared instance for operations without settings, one made per use
/// for those with (an axis, an index).
public protocol Primitive: AnyObject {
  /// What it is called in explanations and errors.
  var name: String { get }

  /// What the derivative looks at, so that nothing else is kept alive.
  var keeps: Kept { get }

  /// Whether each element of the result depends on the same elements of the operands alone, which broadcast.
  var isElementwise: Bool { get }

  /// The value of plain operands: eager, no operand is traced.
  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity

  /// Adds to `cotangents` what the cotangent `g` of the output means for each operand that asks.
  ///
  /// Written with primitives, so that derivatives have derivatives. `g` has the shape of the output.
  func pullback(_ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents)
    throws(TensorError)
}

/// Which values a primitive's derivative needs.
public struct Kept: OptionSet, Sendable {
  /// The bits of the set.
  public let rawValue: UInt8

  /// A set from its bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The operands.
  public static let inputs = Kept(rawValue: 1)
  /// The result.
  public static let output = Kept(rawValue: 2)
}

extension Primitive {
  /// Most mix elements.
  public var isElementwise: Bool { false }

  /// Applies the operation, recording it for the innermost derivative that watches an operand.
  public func apply(_ inputs: Inputs) throws(TensorError) -> Quantity {
    guard inputs.isTraced else { return try evaluate(inputs) }
    let inputs = inputs.settled()
    guard let trace = inputs.innermostTrace else { return try evaluate(inputs) }
    var primals = inputs
    for index in 0..<inputs.count {
      if case .traced(let traced) = inputs[index], traced.trace === trace { primals[index] = traced.primal }
    }
    let output = try apply(primals)
    return try trace.record(self, inputs: inputs, primals: primals, output: output)
  }

  /// Applies the operation to one operand.
  public func callAsFunction(_ a: Quantity) throws(TensorError) -> Quantity { try apply(Inputs(a)) }

  /// Applies the operation to two operands.
  public func callAsFunction(_ a: Quantity, _ b: Quantity) throws(TensorError) -> Quantity {
    try apply(Inputs(a, b))
  }

  /// Applies the operation to three operands.
  public func callAsFunction(_ a: Quantity, _ b: Quantity, _ c: Quantity) throws(TensorError) -> Quantity {
    try apply(Inputs(a, b, c))
  }
}

extension Inputs {
  /// The operands without the wrappers of derivatives that are over, which a function may have kept;
  /// below them may be those of derivatives that are still being recorded.
  func settled() -> Inputs {
    guard (0..<count).contains(where: { self[$0].isOfClosedTrace }) else { return self }
    var result = self
    for index in 0..<count { result[index] = result[index].settled }
    return result
  }
}

extension Quantity {
  /// Whether its outermost wrapper is that of a derivative that is over.
  var isOfClosedTrace: Bool {
    if case .traced(let traced) = self { !traced.trace.isRecording } else { false }
  }

  /// Whether a derivative that is being recorded depends on it.
  public var isDifferentiated: Bool { settled.isTraced }

  /// Without the wrappers of derivatives that are over.
  var settled: Quantity {
    var result = self
    while case .traced(let traced) = result, !traced.trace.isRecording { result = traced.primal }
    return result
  }
}

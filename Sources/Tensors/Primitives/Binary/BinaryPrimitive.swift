import CKernels

/// A row of the table of functions of two arguments, at work on numbers and tensors.
public final class BinaryPrimitive: Primitive, Sendable {
  /// What the function is.
  public let rule: BinaryRule

  init(_ rule: BinaryRule) { self.rule = rule }

  /// The name in the language.
  public var name: String { rule.name }
  /// What the pullbacks look at.
  public var keeps: Kept { rule.keeps }

  /// The function of two numbers.
  public func scalar(_ x: Double, _ y: Double) -> Double {
    switch rule.kernel {
    case NNS_ADD: return x + y
    case NNS_SUB: return x - y
    case NNS_MUL: return x * y
    case NNS_DIV: return x / y
    default:
      var result = 0.0
      withUnsafePointer(to: x) { x in
        withUnsafePointer(to: y) { y in nns_binary_f64(rule.kernel, x, 0, y, 0, &result, 1) }
      }
      return result
    }
  }

  /// The value of plain operands.
  public func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity { try evaluate(inputs[0], inputs[1]) }

  /// The function of two quantities; writes into an operand that nobody else can see.
  public func callAsFunction(_ a: consuming Quantity, _ b: consuming Quantity) throws(TensorError) -> Quantity {
    if case .number(let x) = a, case .number(let y) = b { return .number(scalar(x, y)) }
    if a.isTraced || b.isTraced {
      if let recorded = try recordNumbers(a, b) { return recorded }
      return try apply(Inputs(a, b))
    }
    return try evaluate(a, b)
  }

  /// Adds to the cotangents of both operands.
  public func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (x, y): (Quantity, Quantity) =
      keeps.contains(.inputs) ? (application[input: 0], application[input: 1]) : (0, 0)
    let z: Quantity = keeps.contains(.output) ? application.output : 0
    let incoming = g
    if let left = rule.left {
      try cotangents.addUnbroadcast(0) { () throws(TensorError) in try left(incoming, x, y, z) }
    }
    if let right = rule.right {
      try cotangents.addUnbroadcast(1) { () throws(TensorError) in try right(incoming, x, y, z) }
    }
  }
}

extension BinaryPrimitive {
  /// The short way for differentiated loops over numbers: one recording and two numbers under it.
  private func recordNumbers(_ a: Quantity, _ b: Quantity) throws(TensorError) -> Quantity? {
    switch (a, b) {
    case (.traced(let a), .traced(let b)):
      guard a.trace === b.trace, a.trace.isRecording, case .number(let x) = a.primal,
        case .number(let y) = b.primal
      else { return nil }
      return try a.trace.record(self, a.index, x, b.index, y, output: scalar(x, y))
    case (.traced(let a), .number(let y)):
      guard a.trace.isRecording, case .number(let x) = a.primal else { return nil }
      return try a.trace.record(self, a.index, x, -1, y, output: scalar(x, y))
    case (.number(let x), .traced(let b)):
      guard b.trace.isRecording, case .number(let y) = b.primal else { return nil }
      return try b.trace.record(self, -1, x, b.index, y, output: scalar(x, y))
    default: return nil
    }
  }

  private func evaluate(_ a: consuming Quantity, _ b: consuming Quantity) throws(TensorError) -> Quantity {
    if case .number(let x) = a, case .number(let y) = b { return .number(scalar(x, y)) }
    let dtype = Quantity.commonDType(a, b)
    let shape = try a.shape.broadcast(with: b.shape)
    let result: Tensor
    if let own = a.reusable(shape, dtype) { result = own } else { result = try b.target(shape, dtype) }
    let kernel = rule.kernel
    switch dtype {
    case .f32:
      try result.fill(from: a, dtype, b, dtype) { run in
        nns_binary_f32(kernel, run.a.f32, run.stepA, run.b.f32, run.stepB, run.result.f32, run.count)
      }
    case .f64, .bool:
      try result.fill(from: a, dtype, b, dtype) { run in
        nns_binary_f64(kernel, run.a.f64, run.stepA, run.b.f64, run.stepB, run.result.f64, run.count)
      }
    }
    return Quantity(result)
  }
}

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
  /// It maps over elements.
  public var isElementwise: Bool { true }

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
  public func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    try evaluate(inputs[0], inputs[1])
  }

  /// The function of two quantities; writes into an operand that nobody else can see.
  public func callAsFunction(_ a: consuming Quantity, _ b: consuming Quantity) throws(TensorError) -> Quantity
  {
    if case .number(let x) = a, case .number(let y) = b { return .number(scalar(x, y)) }
    if a.isTraced || b.isTraced { return try applyTraced(a, b) }
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
  private func applyTraced(_ a: Quantity, _ b: Quantity) throws(TensorError) -> Quantity {
    let (a, b) = (a.settled, b.settled)
    guard let trace = Trace.inner(Trace.inner(nil, a), b) else { return try self(a, b) }
    let (x, y) = (trace.operand(a), trace.operand(b))
    let output = try self(x.primal, y.primal)
    return try trace.record(self, x.index, x.primal, y.index, y.primal, output: output)
  }

  private func evaluate(_ a: consuming Quantity, _ b: consuming Quantity) throws(TensorError) -> Quantity {
    if case .number(let x) = a, case .number(let y) = b { return .number(scalar(x, y)) }
    if let aligned = try evaluateAligned(&a, &b) { return aligned }
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

  /// The short way for tensors of one shape and kind of float, and for one with a number: small ones are as
  /// common as large ones, and the time goes into everything but the kernel.
  private func evaluateAligned(_ a: inout Quantity, _ b: inout Quantity) throws(TensorError) -> Quantity? {
    let kernel = rule.kernel
    let dtype: DType
    switch (a, b) {
    case (.tensor(let x), .tensor(let y)):
      dtype = x.dtype
      guard dtype != .bool, dtype == y.dtype, x.shape == y.shape else { return nil }
    case (.tensor(let x), .number), (.number, .tensor(let x)):
      dtype = x.dtype
      guard dtype != .bool else { return nil }
    default: return nil
    }
    let (stepA, stepB) = (a.isNumber ? 0 : 1, b.isNumber ? 0 : 1)
    let result: Tensor
    if let own = a.reusable() ?? b.reusable() {
      result = own
    } else {
      result = try Tensor(uninitialized: stepA == 1 ? a.shape : b.shape, dtype)
    }
    let count = result.count
    try a.withElements(as: dtype) { (a) throws(TensorError) in
      try b.withElements(as: dtype) { (b) throws(TensorError) in
        try result.withPointer { (y) throws(TensorError) in
          if dtype == .f32 {
            nns_binary_f32(kernel, a.f32, stepA, b.f32, stepB, y.f32, count)
          } else {
            nns_binary_f64(kernel, a.f64, stepA, b.f64, stepB, y.f64, count)
          }
        }
      }
    }
    return .tensor(result)
  }
}

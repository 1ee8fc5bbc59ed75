import CKernels

/// A function whose result is a truth value: constant wherever it has a derivative, so never recorded.
public final class BooleanPrimitive: Primitive, Sendable {
  /// The loop that computes it.
  enum Kernel: Sendable {
    case compare(nns_compare_op)
    case logic(nns_logic_op)
    case test(nns_test_op)
    case not
  }

  /// The name in the language.
  public let name: String
  /// One sentence.
  public let summary: String
  private let kernel: Kernel

  init(_ name: String, _ summary: String, _ kernel: Kernel) {
    self.name = name
    self.summary = summary
    self.kernel = kernel
  }

  /// Nothing: there is no derivative.
  public var keeps: Kept { [] }

  /// Nothing: the derivative is 0.
  public func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {}

  /// The truth values of one quantity; a number for a number.
  public func callAsFunction(_ a: Quantity) throws(TensorError) -> Quantity { try evaluate(a.concrete, 0) }

  /// The truth values of two quantities; a number for two numbers.
  public func callAsFunction(_ a: Quantity, _ b: Quantity) throws(TensorError) -> Quantity {
    try evaluate(a.concrete, b.concrete)
  }

  /// The value of plain operands.
  public func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    try evaluate(inputs[0], inputs.count > 1 ? inputs[1] : 0)
  }
}

extension BooleanPrimitive {
  /// The function of one or two numbers.
  public func scalar(_ x: Double, _ y: Double = 0) -> Bool {
    switch kernel {
    case .compare(NNS_EQ): x == y
    case .compare(NNS_NE): x != y
    case .compare(NNS_LT): x < y
    case .compare(NNS_LE): x <= y
    case .compare(NNS_GT): x > y
    case .compare: x >= y
    case .logic(NNS_AND): x != 0 && y != 0
    case .logic(NNS_OR): x != 0 || y != 0
    case .logic: (x != 0) != (y != 0)
    case .test(NNS_ISNAN): x.isNaN
    case .test(NNS_ISINF): x.isInfinite
    case .test: x.isFinite
    case .not: x == 0
    }
  }

  private func evaluate(_ a: Quantity, _ b: Quantity) throws(TensorError) -> Quantity {
    if case .number(let x) = a, case .number(let y) = b { return .number(scalar(x, y) ? 1 : 0) }
    let result = try Tensor(uninitialized: a.shape.broadcast(with: b.shape), .bool)
    let dtype = Quantity.commonDType(a, b)
    switch (kernel, dtype) {
    case (.compare(let operation), .f32):
      try result.fill(from: a, .f32, b, .f32) { run in
        nns_compare_f32(operation, run.a.f32, run.stepA, run.b.f32, run.stepB, run.result.bool, run.count)
      }
    case (.compare(let operation), _):
      try result.fill(from: a, .f64, b, .f64) { run in
        nns_compare_f64(operation, run.a.f64, run.stepA, run.b.f64, run.stepB, run.result.bool, run.count)
      }
    case (.logic(let operation), _):
      try result.fill(from: a, .bool, b, .bool) { run in
        nns_logic(operation, run.a.bool, run.stepA, run.b.bool, run.stepB, run.result.bool, run.count)
      }
    case (.test(let operation), .f32):
      try result.fill(from: a, .f32, 0, .f32) { run in
        nns_test_f32(operation, run.a.f32, run.result.bool, run.count)
      }
    case (.test(let operation), _):
      try result.fill(from: a, .f64, 0, .f64) { run in
        nns_test_f64(operation, run.a.f64, run.result.bool, run.count)
      }
    case (.not, _):
      try result.fill(from: a, .bool, 0, .bool) { run in nns_not(run.a.bool, run.result.bool, run.count) }
    }
    return Quantity(result)
  }
}

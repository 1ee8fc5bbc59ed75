import CKernels

/// One of two by a condition, elementwise.
///
/// The condition is a setting, not an operand: nothing else has to be kept for the derivative. That
/// masks the cotangent instead of multiplying it, so a nan in the branch not taken stays there.
final class Where: Primitive {
  private let condition: Quantity

  init(_ condition: Quantity) { self.condition = condition }

  var name: String { "where" }
  var keeps: Kept { [] }
  var isElementwise: Bool { true }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let (a, b) = (inputs[0], inputs[1])
    if case .number(let c) = condition, case .number = a, case .number = b { return c != 0 ? a : b }
    let shape = try condition.shape.broadcast(with: a.shape.broadcast(with: b.shape))
    var dtype = Quantity.commonDType(a, b)
    if case .tensor(let a) = a, case .tensor(let b) = b, a.dtype == .bool, b.dtype == .bool { dtype = .bool }
    let result = try Tensor(uninitialized: shape, dtype)
    switch dtype {
    case .f64:
      try result.fill(from: a, dtype, b, dtype, condition, .bool) { run in
        nns_where_f64(
          run.c.bool, run.stepC, run.a.f64, run.stepA, run.b.f64, run.stepB, run.result.f64, run.count)
      }
    case .f32:
      try result.fill(from: a, dtype, b, dtype, condition, .bool) { run in
        nns_where_f32(
          run.c.bool, run.stepC, run.a.f32, run.stepA, run.b.f32, run.stepB, run.result.f32, run.count)
      }
    case .bool:
      try result.fill(from: a, dtype, b, dtype, condition, .bool) { run in
        for i in 0..<run.count {
          run.result.bool[i] =
            run.c.bool[i * run.stepC] != 0 ? run.a.bool[i * run.stepA] : run.b.bool[i * run.stepB]
        }
      }
    }
    return Quantity(result)
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (g, condition) = (g, condition)
    try cotangents.addUnbroadcast(0) { () throws(TensorError) in try .where(condition, g, 0) }
    try cotangents.addUnbroadcast(1) { () throws(TensorError) in try .where(condition, 0, g) }
  }
}

extension Quantity {
  /// `a` where the condition holds, `b` elsewhere; all three broadcast.
  public static func `where`(
    _ condition: Quantity, _ a: Quantity, _ b: Quantity
  ) throws(TensorError) -> Quantity {
    let condition = condition.concrete
    if case .number(let c) = condition, a.shape.rank == 0, b.shape.rank == 0 { return c != 0 ? a : b }
    return try Where(condition)(a, b)
  }
}

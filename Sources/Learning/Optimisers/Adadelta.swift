import Tensors

extension OptimiserRule {
  /// Adadelta (Zeiler, 2012).
  static let adadelta = OptimiserRule(
    "adadelta", "Adadelta: steps as long as recent ones, without a learning rate to tune.",
    formula:
      "v = rho v + (1 - rho) g^2, d = sqrt(u + eps) / sqrt(v + eps) g, u = rho u + (1 - rho) d^2, p -= lr d",
    example: "0.9996837726",
    settings: [.rate(1), .share("rho", 0.9), .amount("eps", 1e-6), .amount("weight_decay", 0)],
    form: { _ in .adadelta },
    constants: { s, _ throws(TensorError) in
      [1, s["weight_decay"], s["rho"], try 1 - s["rho"], s["lr"], s["eps"]]
    })
}

extension OptimiserForm {
  /// c: rho, 1 - rho, lr, eps
  fileprivate static let adadelta = OptimiserForm(.adadelta, [.zeros("squares"), .zeros("steps_squared")]) {
    leaf, c throws(TensorError) in
    let v = try c[2] * leaf.memory[0] + c[3] * leaf.gradient * leaf.gradient
    let u = leaf.memory[1]
    let step =
      try ElementwiseTable.sqrt(u + c[5]) / ElementwiseTable.sqrt(v + c[5]) * leaf.gradient
    leaf.memory = [v, try c[2] * u + c[3] * step * step]
    leaf.parameter = try leaf.parameter - c[4] * step
  }
}

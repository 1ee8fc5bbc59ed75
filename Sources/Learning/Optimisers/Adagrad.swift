import Tensors

extension OptimiserRule {
  /// Adagrad (Duchi, Hazan and Singer, 2011).
  static let adagrad = OptimiserRule(
    "adagrad", "Adagrad: steps shrink with the squares of all gradients so far.",
    formula: "s += g^2, p -= lr g / (sqrt(s) + eps)",
    convention: "s starts from initial",
    example: "0.9",
    settings: [
      .rate(0.01), .amount("initial", 0), .amount("eps", 1e-10), .amount("weight_decay", 0),
    ],
    form: { _ in .adagrad },
    constants: { s, _ throws(TensorError) in [1, s["weight_decay"], s["lr"], s["eps"]] })
}

extension OptimiserForm {
  /// c: lr, eps
  fileprivate static let adagrad = OptimiserForm(.adagrad, [.setting("initial", as: "squares")]) {
    leaf, c throws(TensorError) in
    leaf.memory[0] = try leaf.memory[0] + leaf.gradient * leaf.gradient
    leaf.parameter =
      try leaf.parameter - c[2] * leaf.gradient / (ElementwiseTable.sqrt(leaf.memory[0]) + c[3])
  }
}

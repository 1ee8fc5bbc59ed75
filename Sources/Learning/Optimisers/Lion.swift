import Tensors

extension OptimiserRule {
  /// Lion (Chen et al., 2023).
  static let lion = OptimiserRule(
    "lion", "Lion: steps of one length in the direction that the signs agree on.",
    formula: "p -= lr (sign(beta1 m + (1 - beta1) g) + weight_decay p), m = beta2 m + (1 - beta2) g",
    convention: "its learning rate is some 3 to 10 times smaller than that of adam",
    example: "0.9",
    settings: [
      .rate(0.0001), .share("beta1", 0.9), .share("beta2", 0.99), .amount("weight_decay", 0),
    ],
    form: { _ in .lion },
    constants: { s, _ throws(TensorError) in
      [
        try 1 - s["lr"] * s["weight_decay"], 0, s["beta1"], try 1 - s["beta1"], s["beta2"],
        try 1 - s["beta2"], s["lr"],
      ]
    })
}

extension OptimiserForm {
  /// c: beta1, 1 - beta1, beta2, 1 - beta2, lr
  fileprivate static let lion = OptimiserForm(.lion, [.zeros("m")]) { leaf, c throws(TensorError) in
    let direction = try ElementwiseTable.sign(c[2] * leaf.memory[0] + c[3] * leaf.gradient)
    leaf.memory[0] = try c[4] * leaf.memory[0] + c[5] * leaf.gradient
    leaf.parameter = try leaf.parameter - c[6] * direction
  }
}

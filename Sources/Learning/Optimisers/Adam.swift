import Tensors

extension OptimiserRule {
  private static let moments: [OptimiserSetting] = [
    .share("beta1", 0.9), .share("beta2", 0.999), .amount("eps", 1e-8),
  ]

  /// Adam (Kingma and Ba, 2015).
  static let adam = OptimiserRule(
    "adam", "Adam: momentum, with a step size of its own for every parameter.",
    formula:
      "m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2, p -= lr m' / (sqrt(v') + eps), where m' = m / (1 - beta1^t) and v' = v / (1 - beta2^t)",
    convention: "weight_decay adds its share of p to g; amsgrad: true keeps the largest v so far",
    example: "0.9000000005",
    settings: [.rate(0.001)] + moments + [.amount("weight_decay", 0), .flag("amsgrad")],
    form: { $0.isSet("amsgrad") ? .amsgrad : .adam },
    constants: { s, t throws(TensorError) in
      try [1, s["weight_decay"]] + momentConstants(s, t, rate: s["lr"])
    })

  /// AdamW (Loshchilov and Hutter, 2019).
  static let adamw = OptimiserRule(
    "adamw", "Adam with weights that decay by themselves, apart from the gradient.",
    formula: "p -= lr weight_decay p, then the step of adam",
    convention: "amsgrad: true keeps the largest v so far",
    example: "0.8990000005",
    settings: [.rate(0.001)] + moments + [.amount("weight_decay", 0.01), .flag("amsgrad")],
    form: { $0.isSet("amsgrad") ? .amsgrad : .adam },
    constants: { s, t throws(TensorError) in
      try [1 - s["lr"] * s["weight_decay"], 0] + momentConstants(s, t, rate: s["lr"])
    })

  /// Adam with Nesterov's momentum (Dozat, 2016).
  static let nadam = OptimiserRule(
    "nadam", "Adam with Nesterov's momentum.",
    formula:
      "the step of adam with m' = beta1 m / (1 - beta1^(t+1)) + (1 - beta1) g / (1 - beta1^t)",
    convention: "beta1 stays constant, without a schedule of its own",
    example: "0.8526315797",
    settings: [.rate(0.002)] + moments + [.amount("weight_decay", 0)],
    form: { _ in .nadam },
    constants: { s, t throws(TensorError) in
      let ahead = try s["lr"] * s["beta1"] / bias(s["beta1"], t + 1)
      let now = try s["lr"] * (1 - s["beta1"]) / bias(s["beta1"], t)
      var constants = try [1, s["weight_decay"]] + momentConstants(s, t, rate: 0)
      constants[6] = ahead
      return constants + [now]
    })

  /// beta1, 1 - beta1, beta2, 1 - beta2, rate free of the bias of m, and that of 1 / √v, eps
  private static func momentConstants(
    _ s: OptimiserSettings, _ t: Double, rate: Quantity
  ) throws(TensorError) -> [Quantity] {
    let (beta1, beta2) = (s["beta1"], s["beta2"])
    return [
      beta1, try 1 - beta1, beta2, try 1 - beta2, try rate / bias(beta1, t),
      try 1 / ElementwiseTable.sqrt(bias(beta2, t)), s["eps"],
    ]
  }

  /// 1 - βᵗ: what a running mean that started from 0 has seen so far.
  private static func bias(_ beta: Quantity, _ t: Double) throws(TensorError) -> Quantity {
    try 1 - BinaryTable.power(beta, .number(t))
  }
}

// c: beta1, 1 - beta1, beta2, 1 - beta2, rate, scale of √v, eps
extension OptimiserForm {
  fileprivate static let adam = OptimiserForm(.adam, [.zeros("m"), .zeros("v")]) {
    leaf, c throws(TensorError) in
    try updateMoments(&leaf, c)
    leaf.parameter =
      try leaf.parameter - c[6] * leaf.memory[0] / (ElementwiseTable.sqrt(leaf.memory[1]) * c[7] + c[8])
  }

  fileprivate static let amsgrad = OptimiserForm(.amsgrad, [.zeros("m"), .zeros("v"), .zeros("v_max")]) {
    leaf, c throws(TensorError) in
    try updateMoments(&leaf, c)
    leaf.memory[2] = try BinaryTable.maximum(leaf.memory[2], leaf.memory[1])
    leaf.parameter =
      try leaf.parameter - c[6] * leaf.memory[0] / (ElementwiseTable.sqrt(leaf.memory[2]) * c[7] + c[8])
  }

  fileprivate static let nadam = OptimiserForm(.nadam, [.zeros("m"), .zeros("v")]) {
    leaf, c throws(TensorError) in
    try updateMoments(&leaf, c)
    let ahead = try c[6] * leaf.memory[0] + c[9] * leaf.gradient
    leaf.parameter = try leaf.parameter - ahead / (ElementwiseTable.sqrt(leaf.memory[1]) * c[7] + c[8])
  }

  private static func updateMoments(_ leaf: inout Leaf, _ c: [Quantity]) throws(TensorError) {
    leaf.memory[0] = try c[2] * leaf.memory[0] + c[3] * leaf.gradient
    leaf.memory[1] = try c[4] * leaf.memory[1] + c[5] * leaf.gradient * leaf.gradient
  }
}

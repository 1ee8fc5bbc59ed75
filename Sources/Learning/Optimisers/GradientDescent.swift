import Tensors

extension OptimiserRule {
  /// Gradient descent, with momentum on request.
  static let sgd = OptimiserRule(
    "sgd", "Gradient descent, with momentum when momentum is above 0.",
    formula: "v = momentum v + g, p -= lr v",
    convention: "nesterov: true steps along g + momentum v; weight_decay adds its share of p to g",
    example: "0.8",
    settings: [.rate(0.01), .share("momentum", 0), .flag("nesterov"), .amount("weight_decay", 0)],
    form: { settings in
      if case .number(0) = settings["momentum"] { return .descent }
      return settings.isSet("nesterov") ? .nesterov : .momentum
    },
    constants: { s, _ throws(TensorError) in [1, s["weight_decay"], s["lr"], s["momentum"]] })
}

extension OptimiserForm {
  /// c: lr
  fileprivate static let descent = OptimiserForm(.descent, []) { leaf, c throws(TensorError) in
    leaf.parameter = try leaf.parameter - c[2] * leaf.gradient
  }

  /// c: lr, momentum
  fileprivate static let momentum = OptimiserForm(.momentum, [.zeros("velocity")]) {
    leaf, c throws(TensorError) in
    leaf.memory[0] = try c[3] * leaf.memory[0] + leaf.gradient
    leaf.parameter = try leaf.parameter - c[2] * leaf.memory[0]
  }

  /// c: lr, momentum
  fileprivate static let nesterov = OptimiserForm(.nesterov, [.zeros("velocity")]) {
    leaf, c throws(TensorError) in
    leaf.memory[0] = try c[3] * leaf.memory[0] + leaf.gradient
    leaf.parameter = try leaf.parameter - c[2] * (leaf.gradient + c[3] * leaf.memory[0])
  }
}

import Tensors

extension OptimiserRule {
  /// RMSprop (Tieleman and Hinton, 2012).
  static let rmsprop = OptimiserRule(
    "rmsprop", "RMSprop: steps measured by the recent size of the gradient.",
    formula: "v = alpha v + (1 - alpha) g^2, p -= lr g / (sqrt(v) + eps)",
    convention: "centered: true takes the variance of g for v; momentum sums up the steps",
    example: "5e-08",
    settings: [
      .rate(0.01), .share("alpha", 0.99), .amount("eps", 1e-8), .amount("weight_decay", 0),
      .share("momentum", 0), .flag("centered"),
    ],
    form: { settings in
      let isCentered = settings.isSet("centered")
      if case .number(0) = settings["momentum"] { return isCentered ? .centered : .rmsprop }
      return isCentered ? .centeredMomentum : .rmspropMomentum
    },
    constants: { s, _ throws(TensorError) in
      [1, s["weight_decay"], s["alpha"], try 1 - s["alpha"], s["lr"], s["eps"], s["momentum"]]
    })
}

// c: alpha, 1 - alpha, lr, eps, momentum
extension OptimiserForm {
  fileprivate static let rmsprop = OptimiserForm(.rmsprop, [.zeros("squares")]) {
    leaf, c throws(TensorError) in
    let scaled = try scaledGradient(&leaf, c)
    leaf.parameter = try leaf.parameter - c[4] * scaled
  }

  fileprivate static let rmspropMomentum = OptimiserForm(
    .rmspropMomentum, [.zeros("squares"), .zeros("velocity")]
  ) { leaf, c throws(TensorError) in
    leaf.memory[1] = try c[6] * leaf.memory[1] + scaledGradient(&leaf, c)
    leaf.parameter = try leaf.parameter - c[4] * leaf.memory[1]
  }

  fileprivate static let centered = OptimiserForm(.rmspropCentered, [.zeros("squares"), .zeros("mean")]) {
    leaf, c throws(TensorError) in
    let scaled = try scaledCentered(&leaf, c)
    leaf.parameter = try leaf.parameter - c[4] * scaled
  }

  fileprivate static let centeredMomentum = OptimiserForm(
    .rmspropCenteredMomentum, [.zeros("squares"), .zeros("mean"), .zeros("velocity")]
  ) { leaf, c throws(TensorError) in
    leaf.memory[2] = try c[6] * leaf.memory[2] + scaledCentered(&leaf, c)
    leaf.parameter = try leaf.parameter - c[4] * leaf.memory[2]
  }

  /// g / (√v + eps)
  private static func scaledGradient(_ leaf: inout Leaf, _ c: [Quantity]) throws(TensorError) -> Quantity {
    leaf.memory[0] = try c[2] * leaf.memory[0] + c[3] * leaf.gradient * leaf.gradient
    return try leaf.gradient / (ElementwiseTable.sqrt(leaf.memory[0]) + c[5])
  }

  /// g / (√(v - a²) + eps), where a variance that rounding made negative counts as 0.
  private static func scaledCentered(_ leaf: inout Leaf, _ c: [Quantity]) throws(TensorError) -> Quantity {
    let v = try c[2] * leaf.memory[0] + c[3] * leaf.gradient * leaf.gradient
    let a = try c[2] * leaf.memory[1] + c[3] * leaf.gradient
    (leaf.memory[0], leaf.memory[1]) = (v, a)
    let spread = try BinaryTable.maximum(v - a * a, 0)
    return try leaf.gradient / (ElementwiseTable.sqrt(spread) + c[5])
  }
}

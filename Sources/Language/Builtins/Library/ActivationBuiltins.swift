import Tensors

/// Functions between the layers of a network.
extension BuiltinTable {
  static let activationBuiltins: [Builtin] = rectifiers + smoothActivations + distributions

  private static let rectifiers: [Builtin] = [
    Builtin(
      "relu6(x)", .activations, "Rectified linear unit that stops at 6.",
      formula: "min(max(x, 0), 6)", gradient: "1 where 0 < x < 6, else 0",
      convention: "the derivative at 0 and 6 is 0",
      example: """
        relu6([-1, 3, 8])
        #> [0, 3, 6]
        """
    ) { call in try call.mapped(0) { try Activations.bounded($0, from: 0, to: 6) } },
    Builtin(
      "hard_tanh(x)", .activations, "Identity between -1 and 1, constant outside.",
      formula: "min(max(x, -1), 1)", gradient: "1 where -1 < x < 1, else 0",
      convention: "the derivative at -1 and 1 is 0",
      example: """
        hard_tanh([-2, 0.5, 2])
        #> [-1, 0.5, 1]
        """
    ) { call in try call.mapped(0) { try Activations.bounded($0, from: -1, to: 1) } },
    Builtin(
      "leaky_relu(x, slope: 0.01)", .activations, "Identity for positive numbers, a small slope for others.",
      formula: "x if x > 0, else slope x", gradient: "1 if x > 0, else slope",
      convention: "the derivative at 0 is the slope",
      example: """
        leaky_relu([-2, 3], slope: 0.1)
        #> [-0.2, 3]
        """
    ) { call in
      let slope = try call.quantity(1)
      return try call.mapped(0) { x in try Quantity.where(Activations.isPositive(x), x, slope * x) }
    },
    Builtin(
      "elu(x, alpha: 1)", .activations, "Exponential linear unit.",
      formula: "x if x > 0, else alpha (e^x - 1)", gradient: "1 if x > 0, else alpha e^x",
      example: """
        elu([-1, 2])
        #> [-0.6321205588, 2]
        """
    ) { call in
      let alpha = try call.quantity(1)
      return try call.mapped(0) { try Activations.elu($0, alpha) }
    },
    Builtin(
      "selu(x)", .activations,
      "Exponential linear unit scaled so that deep networks keep mean 0 and variance 1.",
      formula: "1.0507 (x if x > 0, else 1.6733 (e^x - 1))", gradient: "1.0507 (1 if x > 0, else 1.6733 e^x)",
      example: """
        selu([-1, 1])
        #> [-1.111330738, 1.050700987]
        """
    ) { call in
      try call.mapped(0) { try 1.050_700_987_355_480_5 * Activations.elu($0, 1.673_263_242_354_377_3) }
    },
  ]

  private static let smoothActivations: [Builtin] = [
    Builtin(
      "gelu(x, approximate: false)", .activations, "Gaussian error linear unit.",
      formula:
        "x Phi(x) with Phi the normal distribution; approximate: x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3)))",
      gradient: "Phi(x) + x phi(x)",
      example: """
        gelu([-1, 0, 1])
        #> [-0.1586552539, 0, 0.8413447461]
        """
    ) { call in
      let isApproximate = try call.bool(1)
      return try call.mapped(0) { isApproximate ? try Activations.tanhGelu($0) : try Activations.gelu($0) }
    },
    Builtin(
      "silu(x)", .activations, "Sigmoid linear unit, also called swish.",
      formula: "x sigmoid(x)", gradient: "s (1 + x (1 - s)) with s = sigmoid(x)",
      example: """
        silu([-1, 0, 1])
        #> [-0.2689414214, 0, 0.7310585786]
        """
    ) { call in try call.mapped(0) { x in try x * ElementwiseTable.sigmoid(x) } },
    Builtin(
      "mish(x)", .activations, "A smooth activation with a dip below zero.",
      formula: "x tanh(log(1 + e^x))", gradient: "t + x (1 - t^2) sigmoid(x) with t = tanh(softplus(x))",
      example: """
        mish([-1, 0, 1])
        #> [-0.3034014613, 0, 0.8650983883]
        """
    ) { call in try call.mapped(0) { x in try x * ElementwiseTable.tanh(ElementwiseTable.softplus(x)) } },
    Builtin(
      "softsign(x)", .activations, "Number divided by one plus its size.",
      formula: "x / (1 + |x|)", gradient: "1 / (1 + |x|)^2",
      example: """
        softsign([-1, 0, 3])
        #> [-0.5, 0, 0.75]
        """
    ) { call in try call.mapped(0) { x in try x / (1 + ElementwiseTable.abs(x)) } },
    Builtin(
      "log_sigmoid(x)", .activations, "Logarithm of the sigmoid, without underflow.",
      formula: "-log(1 + e^-x)", gradient: "sigmoid(-x)",
      example: """
        log_sigmoid([-1000, 0])
        #> [-1000, -0.6931471806]
        """
    ) { call in try call.mapped(0) { x in try -ElementwiseTable.softplus(-x) } },
  ]

  private static let distributions: [Builtin] = [
    Builtin(
      "softmax(x, axis: -1)", .activations, "Exponentials scaled to sum to one along an axis.",
      formula: "e^x_i / sum_j e^x_j", gradient: "y (g - sum(g y)) for an incoming gradient g",
      convention: "computed from x - max(x), so that it never overflows",
      example: """
        softmax([0, 0, log(2)])
        #> [0.25, 0.25, 0.5]
        """
    ) { call in
      let axis = try call.integer(1)
      return try call.mapped(0) { try $0.softmax(axis: axis) }
    },
    Builtin(
      "log_softmax(x, axis: -1)", .activations, "Logarithm of softmax, without underflow.",
      formula: "x_i - logsumexp(x)", gradient: "g - softmax(x) sum(g) for an incoming gradient g",
      example: """
        log_softmax([0, 1000])
        #> [-1000, 0]
        """
    ) { call in
      let axis = try call.integer(1)
      return try call.mapped(0) { try $0.logSoftmax(axis: axis) }
    },
  ]
}

/// Activations that are composed of primitives with care for the tails.
enum Activations {
  /// Where the plain value is above 0.
  static func isPositive(_ x: Quantity) throws -> Quantity { try BooleanTable.greater(x.concrete, 0) }

  static func bounded(_ x: Quantity, from low: Double, to high: Double) throws -> Quantity {
    let plain = x.concrete
    let inside = try BooleanTable.and(
      BooleanTable.greater(plain, .number(low)), BooleanTable.less(plain, .number(high)))
    return try Quantity.where(inside, x, plain.clip(.number(low), .number(high)))
  }

  /// The exponential sees no positive numbers, whose overflow would spoil the gradient.
  static func elu(_ x: Quantity, _ alpha: Quantity) throws -> Quantity {
    let isPositive = try isPositive(x)
    return try Quantity.where(isPositive, x, alpha * ElementwiseTable.expm1(Quantity.where(isPositive, 0, x)))
  }

  /// x Phi(x); erfc keeps the digits of the left tail.
  static func gelu(_ x: Quantity) throws -> Quantity {
    try x * ElementwiseTable.erfc(x * .number(-(0.5.squareRoot()))) * 0.5
  }

  /// The form with tanh, written with a sigmoid: (1 + tanh(u)) / 2 = sigmoid(2u) does not cancel.
  static func tanhGelu(_ x: Quantity) throws -> Quantity {
    let twice = 2 * (2 / Double.pi).squareRoot()
    return try x * ElementwiseTable.sigmoid(.number(twice) * (x + 0.044715 * x * x * x))
  }
}

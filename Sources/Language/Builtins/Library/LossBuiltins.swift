import Tensors

/// How far predictions are from targets.
extension BuiltinTable {
  static let lossBuiltins: [Builtin] = regressionLosses + classificationLosses

  static let lossOptions = "reduction: \"mean\", weights: none)"

  private static let regressionLosses: [Builtin] = [
    Builtin(
      "mse(prediction, target, \(lossOptions)", .losses, "Mean squared error.",
      formula: "mean((prediction - target)^2)", gradient: "2 (prediction - target) / n",
      convention:
        "prediction and target have one shape; reduction is \"mean\", \"sum\" or \"none\"; weights, one for each item, multiply the terms, and a weighted mean is divided by their sum",
      example: """
        mse([1, 2], [1, 4])
        #> 2
        mse([1, 2], [1, 4], reduction: "none")
        #> [0, 4]
        """
    ) { call in
      let loss = try LossCall(call)
      try loss.requireOneShape()
      let error = try loss.prediction - loss.target
      return try loss.reduced(error * error)
    },
    Builtin(
      "mae(prediction, target, \(lossOptions)", .losses, "Mean absolute error.",
      formula: "mean(|prediction - target|)", gradient: "sign(prediction - target) / n",
      convention: "the derivative is 0 where both are equal; reduction and weights as of mse",
      example: """
        mae([1, 2], [1, 4])
        #> 1
        """
    ) { call in
      let loss = try LossCall(call)
      try loss.requireOneShape()
      return try loss.reduced(ElementwiseTable.abs(loss.prediction - loss.target))
    },
    Builtin(
      "huber(prediction, target, delta: 1, \(lossOptions)", .losses,
      "Squared error near the target, absolute error far from it.",
      formula: "e^2 / 2 if |e| <= delta, else delta (|e| - delta / 2)",
      gradient: "clip(e, -delta, delta) / n",
      convention: "delta is above 0; reduction and weights as of mse",
      example: """
        huber([0.5, 3], [0, 0])
        #> 1.3125
        """
    ) { call in
      let loss = try LossCall(call)
      try loss.requireOneShape()
      let delta = try call.scalar(2)
      guard delta.double > 0 else {
        throw Diagnostic("huber: delta must be above 0, but is \(Display.number(delta.double))", kind: .value)
      }
      let size = try ElementwiseTable.abs(loss.prediction - loss.target)
      let near = try BinaryTable.minimum(size, delta)
      return try loss.reduced(near * (size - near * 0.5))
    },
    Builtin(
      "log_cosh(prediction, target, \(lossOptions)", .losses,
      "Logarithm of the hyperbolic cosine of the error.",
      formula: "mean(log(cosh(prediction - target)))", gradient: "tanh(prediction - target) / n",
      convention:
        "accurate for small errors, without overflow for large ones; reduction and weights as of mse",
      example: """
        log_cosh([0.5, 300], [0, 0])
        #> 149.7134836
        """
    ) { call in
      let loss = try LossCall(call)
      try loss.requireOneShape()
      return try loss.reduced(Losses.logCosh(loss.prediction - loss.target))
    },
    Builtin(
      "poisson_nll(prediction, target, \(lossOptions)", .losses,
      "Negative log-likelihood of counts whose logarithmic rate is predicted.",
      formula: "mean(exp(prediction) - target * prediction)", gradient: "(exp(prediction) - target) / n",
      convention: "leaves out log(target!), which no prediction changes; reduction and weights as of mse",
      example: """
        poisson_nll([0, 1], [1, 3])
        #> 0.3591409142
        """
    ) { call in
      let loss = try LossCall(call)
      try loss.requireOneShape()
      return try loss.reduced(ElementwiseTable.exp(loss.prediction) - loss.target * loss.prediction)
    },
    Builtin(
      "cosine_loss(prediction, target, \(lossOptions)", .losses,
      "One minus the cosine of the angle between rows.",
      formula: "mean(1 - p.t / (|p| |t|)) over the last axis",
      gradient: "-(t / |t| - cos p / |p|) / (n |p|)",
      convention:
        "the cosine with a zero vector counts as 0, and so does its derivative; reduction and weights as of mse",
      example: """
        cosine_loss([[1, 0], [1, 1]], [[1, 0], [-1, -1]])
        #> 1
        """
    ) { call in
      let loss = try LossCall(call)
      try loss.requireOneShape()
      let (p, t) = (loss.prediction, loss.target)
      guard p.shape.rank > 0 else { throw call.wrong(0, "vectors") }
      let sizes = try p.norm(axes: [-1]) * t.norm(axes: [-1])
      let isZero = try BooleanTable.equal(sizes.concrete, 0)
      let cosine = try (p * t).sum(axes: [-1]) / Quantity.where(isZero, 1, sizes)
      return try loss.reduced(1 - Quantity.where(isZero, 0, cosine))
    },
  ]
}

/// Pieces of losses that need numerical care.
enum Losses {
  /// t softplus(-x) + (1 - t) softplus(x): smooth at 0, and accurate where logit and target agree.
  static func binaryCrossEntropy(logit: Quantity, _ target: Quantity) throws -> Quantity {
    try target * ElementwiseTable.softplus(-logit) + (1 - target) * ElementwiseTable.softplus(logit)
  }

  /// -t log p - (1 - t) log(1 - p), where a logarithm counts as -100 at least and its derivative as 1e12 at most: a
  /// certain mistake stays finite and is still corrected.
  static func binaryCrossEntropy(probability p: Quantity, _ target: Quantity) throws -> Quantity {
    let yes = try bounded(ElementwiseTable.log, of: p, isSmall: BooleanTable.less(p.concrete, 1e-12))
    let no = try bounded(ElementwiseTable.log1p, of: -p, isSmall: BooleanTable.less(1 - p.concrete, 1e-12))
    return try -(target * yes + (1 - target) * no)
  }

  /// A logarithm of x, which is replaced by a line of slope 1e12 where what it is taken of is small.
  private static func bounded(
    _ logarithm: ElementwisePrimitive, of x: Quantity, isSmall: Quantity
  ) throws -> Quantity {
    let least = try BinaryTable.maximum(logarithm(x.concrete), -100)
    let line = try least + (x - x.concrete) * 1e12
    // What is not chosen must have a finite derivative, too: 0 times infinity is nan.
    return try Quantity.where(isSmall, line, logarithm(Quantity.where(isSmall, 0.5, x)))
  }

  /// How far a logit is from saying what the target says, from 0 to 1.
  static func miss(logit: Quantity, _ target: Quantity) throws -> Quantity {
    try target * ElementwiseTable.sigmoid(-logit) + (1 - target) * ElementwiseTable.sigmoid(logit)
  }

  /// log(cosh(e)): log1p(2 sinh(e/2)^2) where e is small, |e| - log 2 + log1p(exp(-2|e|)) elsewhere.
  static func logCosh(_ error: Quantity) throws -> Quantity {
    let size = try ElementwiseTable.abs(error)
    let isSmall = try BooleanTable.less(size.concrete, 1)
    let sinh = try ElementwiseTable.sinh(Quantity.where(isSmall, error, 0) * 0.5)
    let near = try ElementwiseTable.log1p(2 * sinh * sinh)
    let far = try size + ElementwiseTable.softplus(-2 * size) - 0.693_147_180_559_945_3
    return try Quantity.where(isSmall, near, far)
  }

  /// x log x, 0 at 0.
  static func xLogX(_ x: Quantity) throws -> Quantity {
    let isPositive = try isPositive(x)
    return try Quantity.where(isPositive, x * ElementwiseTable.log(Quantity.where(isPositive, x, 1)), 0)
  }

  /// Where a quantity is above 0.
  static func isPositive(_ x: Quantity) throws -> Quantity { try BooleanTable.greater(x.concrete, 0) }
}

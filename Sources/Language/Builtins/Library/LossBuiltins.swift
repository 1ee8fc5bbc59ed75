import Tensors

/// How far predictions are from targets.
extension BuiltinTable {
  static let lossBuiltins: [Builtin] = regressionLosses + classificationLosses

  private static let options = "reduction: \"mean\", weights: none)"

  private static let regressionLosses: [Builtin] = [
    Builtin(
      "mse(prediction, target, \(options)", .losses, "Mean squared error.",
      formula: "mean((prediction - target)^2)", gradient: "2 (prediction - target) / n",
      convention:
        "prediction and target have one shape; a weighted mean is divided by the sum of the weights",
      example: """
        mse([1, 2], [1, 4])
        #> 2
        """
    ) { call in
      let loss = try LossCall(call)
      try loss.requireOneShape()
      let error = try loss.prediction - loss.target
      return try loss.reduced(error * error)
    },
    Builtin(
      "mae(prediction, target, \(options)", .losses, "Mean absolute error.",
      formula: "mean(|prediction - target|)", gradient: "sign(prediction - target) / n",
      convention: "the derivative is 0 where both are equal",
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
      "huber(prediction, target, delta: 1, \(options)", .losses,
      "Squared error near the target, absolute error far from it.",
      formula: "e^2 / 2 if |e| <= delta, else delta (|e| - delta / 2)",
      gradient: "clip(e, -delta, delta) / n",
      example: """
        huber([0.5, 3], [0, 0])
        #> 1.3125
        """
    ) { call in
      let loss = try LossCall(call)
      try loss.requireOneShape()
      let size = try ElementwiseTable.abs(loss.prediction - loss.target)
      let near = try BinaryTable.minimum(size, .number(try call.number(2)))
      return try loss.reduced(near * (size - near * 0.5))
    },
    Builtin(
      "log_cosh(prediction, target, \(options)", .losses, "Logarithm of the hyperbolic cosine of the error.",
      formula: "mean(log(cosh(prediction - target)))", gradient: "tanh(prediction - target) / n",
      convention: "accurate for small errors, without overflow for large ones",
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
      "cosine_loss(prediction, target, \(options)", .losses,
      "One minus the cosine of the angle between rows.",
      formula: "mean(1 - p.t / (|p| |t|)) over the last axis",
      convention: "the cosine with a zero vector counts as 0",
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
      let safe = try BinaryTable.maximum(sizes, 1e-300)
      return try loss.reduced(1 - (p * t).sum(axes: [-1]) / safe)
    },
  ]

  private static let classificationLosses: [Builtin] = [
    Builtin(
      "cross_entropy(prediction, target, \(options)", .losses,
      "Cross-entropy of logits with labels, or with probabilities of every class.",
      formula: "mean(-log_softmax(prediction)[label])", gradient: "(softmax(prediction) - onehot(label)) / n",
      convention:
        "takes logits; as many weights as classes are weights of the classes, the mean is divided by the weights of the rows",
      example: """
        cross_entropy([[2, 0, 0], [0, 0, 3]], [0, 2])
        #> 0.1672338613
        """
    ) { call in
      let loss = try LossCall(call)
      return try loss.crossEntropy(logProbabilities: loss.prediction.logSoftmax(axis: -1))
    },
    Builtin(
      "nll(prediction, target, \(options)", .losses,
      "Negative log-likelihood of labels under log-probabilities.",
      formula: "mean(-prediction[label])", gradient: "-onehot(label) / n",
      convention: "takes log-probabilities, as log_softmax gives them",
      example: """
        nll(log([[0.5, 0.5], [0.25, 0.75]]), [0, 1])
        #> 0.4904146265
        """
    ) { call in
      let loss = try LossCall(call)
      return try loss.crossEntropy(logProbabilities: loss.prediction)
    },
    Builtin(
      "bce(prediction, target, \(options)", .losses,
      "Binary cross-entropy of logits with targets from 0 to 1.",
      formula: "mean(softplus(prediction) - target * prediction)",
      gradient: "(sigmoid(prediction) - target) / n",
      convention: "takes logits",
      example: """
        bce([2, -1000], [1, 0])
        #> 0.06346400546
        """
    ) { call in
      let loss = try LossCall(call)
      try loss.requireOneShape()
      return try loss.reduced(Losses.binaryCrossEntropy(loss.prediction, loss.target))
    },
    Builtin(
      "kl(prediction, target, \(options)", .losses,
      "Divergence of log-probabilities from the probabilities of the target.",
      formula: "mean(sum(target * (log(target) - prediction), last axis))", gradient: "-target / n",
      convention: "prediction holds log-probabilities; 0 log 0 counts as 0",
      example: """
        kl(log([[0.5, 0.5]]), [[1, 0]])
        #> 0.6931471806
        """
    ) { call in
      let loss = try LossCall(call)
      try loss.requireOneShape()
      guard loss.target.shape.rank > 0 else { throw call.wrong(1, "probabilities") }
      let terms = try Losses.xLogX(loss.target) - loss.target * loss.prediction
      return try loss.reduced(terms.sum(axes: [-1]))
    },
    Builtin(
      "hinge(prediction, target, squared: false, \(options)", .losses,
      "Hinge loss of scores for targets -1 and 1.",
      formula: "mean(max(0, 1 - target * prediction))", gradient: "-target / n where target * prediction < 1",
      convention: "squared: true squares each term",
      example: """
        hinge([0.5, -2], [1, -1])
        #> 0.25
        """
    ) { call in
      let loss = try LossCall(call)
      try loss.requireOneShape()
      let miss = try ElementwiseTable.relu(1 - loss.target * loss.prediction)
      return try loss.reduced(try call.bool(2) ? miss * miss : miss)
    },
    Builtin(
      "multi_hinge(prediction, target, margin: 1, \(options)", .losses,
      "Hinge loss of the scores of several classes for labels (Weston and Watkins).",
      formula: "mean(sum over j != label of max(0, margin - z_label + z_j))",
      example: """
        multi_hinge([[2, 1.5, 0]], [0])
        #> 0.5
        """
    ) { call in
      let loss = try LossCall(call)
      guard let (classes, labels) = try loss.labels() else { throw call.wrong(1, "labels, one a row") }
      let chosen = try loss.chosen(loss.prediction, labels, classes: classes)
      let margin = try call.number(2)
      let misses = try ElementwiseTable.relu(.number(margin) + loss.prediction - chosen.expandDims(-1))
      // The label's own term is the margin, whatever the scores.
      let values = try misses.sum(axes: [-1]) - .number(max(0, margin))
      guard let weights = try loss.rowWeights(labels, classes: classes) else {
        return try loss.reduced(values)
      }
      return try loss.reduced(values, weights: weights)
    },
  ]
}

extension LossCall {
  /// The mean of minus the log-probabilities of labels, or of their mixture for probability targets.
  fileprivate func crossEntropy(logProbabilities: Quantity) throws -> Value {
    guard let (classes, labels) = try labels() else {
      // A class of probability 0 adds nothing, even where its log-probability is -inf.
      let terms = try Quantity.where(Losses.isPositive(target), target * logProbabilities, 0)
      return try reduced(-terms.sum(axes: [-1]))
    }
    let values = try -chosen(logProbabilities, labels, classes: classes)
    guard let weights = try rowWeights(labels, classes: classes) else { return try reduced(values) }
    return try reduced(values, weights: weights)
  }

  /// The element of every row that its label names.
  fileprivate func chosen(_ values: Quantity, _ labels: [Int], classes: Int) throws -> Quantity {
    let flat = try values.reshape([-1])
    let positions = try Tensor(labels.enumerated().map { Double($0.offset * classes + $0.element) })
    return try flat.take(positions, axis: 0).reshaped(to: target.shape)
  }
}

/// Pieces of losses that need numerical care.
enum Losses {
  /// t softplus(-x) + (1 - t) softplus(x): smooth at 0, and accurate where logit and target agree.
  static func binaryCrossEntropy(_ logit: Quantity, _ target: Quantity) throws -> Quantity {
    try target * ElementwiseTable.softplus(-logit) + (1 - target) * ElementwiseTable.softplus(logit)
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

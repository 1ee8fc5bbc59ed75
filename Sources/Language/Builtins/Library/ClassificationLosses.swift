import Tensors

/// How far scores of classes are from what they should be.
extension BuiltinTable {
  static let classificationLosses: [Builtin] = [
    Builtin(
      "cross_entropy(prediction, target, \(lossOptions)", .losses,
      "Cross-entropy of logits with labels, or with probabilities of every class.",
      formula: "mean(-log_softmax(prediction)[label])", gradient: "(softmax(prediction) - onehot(label)) / n",
      convention:
        "takes logits; as many weights as classes are weights of the classes, the mean is divided by the weights of the rows; reduction and weights as of mse",
      example: """
        cross_entropy([[2, 0, 0], [0, 0, 3]], [0, 2])
        #> 0.1672338613
        """
    ) { call in
      let loss = try LossCall(call)
      guard let (classes, labels) = try loss.labels() else {
        return try loss.mixedCrossEntropy(logProbabilities: loss.prediction.logSoftmax(axis: -1))
      }
      return try loss.reduced(loss.prediction.crossEntropy(labels: labels), labels, classes: classes)
    },
    Builtin(
      "nll(prediction, target, \(lossOptions)", .losses,
      "Negative log-likelihood of labels under log-probabilities.",
      formula: "mean(-prediction[label])", gradient: "-onehot(label) / n",
      convention: "takes log-probabilities, as log_softmax gives them; reduction and weights as of mse",
      example: """
        nll(log([[0.5, 0.5], [0.25, 0.75]]), [0, 1])
        #> 0.4904146265
        """
    ) { call in
      let loss = try LossCall(call)
      guard let (classes, labels) = try loss.labels() else {
        return try loss.mixedCrossEntropy(logProbabilities: loss.prediction)
      }
      let chosen = try loss.chosen(loss.prediction, labels, classes: classes)
      return try loss.reduced(-chosen, labels, classes: classes)
    },
    Builtin(
      "bce(prediction, target, logits: true, \(lossOptions)", .losses,
      "Binary cross-entropy of logits, or of probabilities, with targets from 0 to 1.",
      formula: "mean(softplus(prediction) - target * prediction)",
      gradient: "(sigmoid(prediction) - target) / n",
      convention:
        "takes logits; with logits: false probabilities, whose logarithms count as -100 at least, with derivatives of 1e12 at most; reduction and weights as of mse",
      example: """
        bce([2, -1000], [1, 0])
        #> 0.06346400546
        bce([0.9, 0.2], [1, 0], logits: false)
        #> 0.1642520335
        """
    ) { call in
      let loss = try LossCall(call)
      try loss.requireOneShape()
      return try loss.reduced(
        call.bool(2)
          ? Losses.binaryCrossEntropy(logit: loss.prediction, loss.target)
          : Losses.binaryCrossEntropy(probability: loss.prediction, loss.target))
    },
    Builtin(
      "focal(prediction, target, gamma: 2, \(lossOptions)", .losses,
      "Binary cross-entropy of logits that passes over what is right already (Lin et al., 2017).",
      formula: "mean((1 - p)^gamma * -log(p)), p the probability of the target",
      gradient: "that of the formula",
      convention: "takes logits; gamma is not negative, gamma: 0 is bce; reduction and weights as of mse",
      example: """
        focal([2, -1.5, 0.3], [1, 0, 1])
        #> 0.03629989509
        """
    ) { call in
      let loss = try LossCall(call)
      try loss.requireOneShape()
      let gamma = try call.scalar(2)
      guard gamma.double >= 0 else {
        throw Diagnostic(
          "focal: gamma must not be negative, but is \(Display.number(gamma.double))", kind: .value)
      }
      let focus = try BinaryTable.power(Losses.miss(logit: loss.prediction, loss.target), gamma)
      return try loss.reduced(focus * Losses.binaryCrossEntropy(logit: loss.prediction, loss.target))
    },
    Builtin(
      "kl(prediction, target, \(lossOptions)", .losses,
      "Divergence of log-probabilities from the probabilities of the target.",
      formula: "mean(sum(target * (log(target) - prediction), last axis))", gradient: "-target / n",
      convention: "prediction holds log-probabilities; 0 log 0 counts as 0; reduction and weights as of mse",
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
      "hinge(prediction, target, squared: false, \(lossOptions)", .losses,
      "Hinge loss of scores for targets -1 and 1.",
      formula: "mean(max(0, 1 - target * prediction))", gradient: "-target / n where target * prediction < 1",
      convention:
        "of truth values, true is 1 and false -1; squared: true squares each term; reduction and weights as of mse",
      example: """
        hinge([0.5, -2], [1, -1])
        #> 0.25
        """
    ) { call in
      let loss = try LossCall(call)
      try loss.requireOneShape()
      let miss = try ElementwiseTable.relu(1 - loss.signs() * loss.prediction)
      return try loss.reduced(try call.bool(2) ? miss * miss : miss)
    },
    Builtin(
      "multi_hinge(prediction, target, margin: 1, worst: false, \(lossOptions)", .losses,
      "Hinge loss of the scores of several classes for labels (Weston and Watkins).",
      formula: "mean(sum over j != label of max(0, margin - z_label + z_j))",
      gradient: "1 / n for each score within the margin, less their number for the label",
      convention:
        "worst: true counts the worst of the other classes alone (Crammer and Singer); reduction and weights as of mse",
      example: """
        multi_hinge([[2, 1.5, 1.25]], [0])
        #> 0.75
        multi_hinge([[2, 1.5, 1.25]], [0], worst: true)
        #> 0.5
        """
    ) { call in
      let loss = try LossCall(call)
      guard let (classes, labels) = try loss.labels() else { throw call.wrong(1, "labels, one a row") }
      let chosen = try loss.chosen(loss.prediction, labels, classes: classes)
      let distance = try call.scalar(2) + loss.prediction - chosen.expandDims(-1)
      // The label's own term says nothing.
      let isOther = try loss.othersMask(labels, classes: classes)
      let misses = try Quantity.where(isOther, ElementwiseTable.relu(distance), 0)
      let values = try call.bool(3) ? misses.max(axes: [-1]) : misses.sum(axes: [-1])
      return try loss.reduced(values, labels, classes: classes)
    },
  ]
}

extension LossCall {
  /// The mean of minus the log-probabilities of mixtures of classes, such as targets that hold probabilities.
  fileprivate func mixedCrossEntropy(logProbabilities: Quantity) throws -> Value {
    // A class of probability 0 adds nothing, even where its log-probability is -inf.
    let terms = try Quantity.where(Losses.isPositive(target), target * logProbabilities, 0)
    return try reduced(-terms.sum(axes: [-1]))
  }

  /// The values of rows combined, each weighted by its class or as given.
  fileprivate func reduced(_ values: Quantity, _ labels: [Int], classes: Int) throws -> Value {
    guard let weights = try rowWeights(labels, classes: classes) else { return try reduced(values) }
    return try reduced(values, weights: weights)
  }

  /// The target as -1 and 1.
  fileprivate func signs() throws -> Quantity {
    if isTruth { return try 2 * target - 1 }
    if let other = try target.numbers().first(where: { abs($0) != 1 }) {
      throw Diagnostic(
        "hinge: targets are -1 and 1, not \(Display.number(other))", kind: .value,
        hint: "2 * y - 1 turns 0 and 1 into them")
    }
    return target
  }

  /// The element of every row that its label names.
  fileprivate func chosen(_ values: Quantity, _ labels: [Int], classes: Int) throws -> Quantity {
    let flat = try values.reshape([-1])
    let positions = try Tensor(labels.enumerated().map { Double($0.offset * classes + $0.element) })
    return try flat.take(positions, axis: 0).reshaped(to: target.shape)
  }

  /// Where an element is not the one that its row's label names.
  fileprivate func othersMask(_ labels: [Int], classes: Int) throws -> Quantity {
    let isOther = labels.flatMap { label in (0..<classes).map { $0 != label } }
    return .tensor(try Tensor(isOther, shape: prediction.shape))
  }
}

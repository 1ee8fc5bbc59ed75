import Learning
import Tensors

/// Measures of how good predictions are; the prediction comes first, as in the losses.
extension BuiltinTable {
  private static let inputs =
    "prediction and target are vectors of numbers, truth values or texts; a matrix, such as logits, stands for the places of its rows' largest elements"

  private static let averages =
    "average is \"binary\" (the class positive), \"macro\", \"micro\", \"weighted\", or none for a value of each class; what is not defined counts 0"

  static let metricBuiltins: [Builtin] = [
    Builtin(
      "accuracy(prediction, target)", .metrics, "Share of items whose class was predicted.",
      convention: inputs,
      example: """
        accuracy([0, 1, 2, 2], [0, 1, 1, 2])
        #> 0.75
        """
    ) { call in
      let labels = try ClassLabels(call)
      return .number(labels.outcomes.accuracy ?? .nan)
    },
    Builtin(
      "confusion_matrix(prediction, target, classes: none)", .metrics,
      "Counts of items of the row's class that were taken for the column's.",
      convention: "classes are those that occur, in ascending order; with classes: n they are 0 to n - 1",
      example: """
        confusion_matrix([0, 1, 1, 1], [0, 0, 1, 1])
        #> [2, 2] f64
        #>   1  1
        #>   0  2
        """
    ) { call in
      let labels = try ClassLabels(call)
      let (prediction, target, count) =
        call.isMissing(2)
        ? (labels.prediction, labels.target, labels.classes.count) : try labels.numbered(call.count(2))
      guard count <= 2000 else {
        throw Diagnostic(
          "confusion_matrix: \(count) classes are too many", kind: .limit, hint: "are these classes?")
      }
      let matrix = ConfusionMatrix(prediction: prediction, target: target, classCount: count)
      let tensor = try Tensor(matrix.counts.map(Double.init), shape: Shape(checking: [count, count]))
      return .tensor(try tensor.converted(to: call.state.precision))
    },
    Builtin(
      "precision(prediction: none, target: none, average: \"binary\", positive: 1)", .metrics,
      "Share of predictions of a class that are right; precision(\"f32\") sets the dtype of literals, ranges and created tensors.",
      formula: "hits / (hits + false alarms)",
      convention: averages + "; a new session starts with \"f64\", and precision() tells the dtype",
      example: """
        precision([0, 1, 1], [0, 1, 0])
        #> 0.5
        precision("f32")
        zeros(2).dtype
        #> "f32"
        """
    ) { call in
      // Both meanings are in use for the name; a dtype comes alone and as a string.
      guard call.isMissing(1), call.isMissing(0) || call[0].isString else {
        return try ClassScoreCall(call, .precision).value()
      }
      if call.isMissing(0) { return .string(call.state.precision.name) }
      let dtype = try call.dtype(0)
      guard dtype != .bool else { throw Diagnostic("precision is \"f64\" or \"f32\", not \"bool\"") }
      call.machine.state.precision = dtype
      return .none
    },
    classScore("recall", .recall, "Share of a class's items that were predicted.", "hits / (hits + misses)"),
    classScore(
      "f1", .f1, "Harmonic mean of precision and recall.", "2 hits / (2 hits + false alarms + misses)"),
    Builtin(
      "roc_auc(score, target, average: \"macro\")", .metrics,
      "Probability that an item of the positive class has a higher score than another one, ties counting half.",
      convention:
        "the area under the receiver operating characteristic; of two classes the larger is positive; with a column of probabilities for each of several classes, each against the rest, averaged as average says (macro, weighted, none)",
      example: """
        roc_auc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])
        #> 0.75
        """
    ) { call in try RankingCall(call).value() },
    Builtin(
      "r2(prediction, target)", .metrics, "Share of the target's variance that a prediction explains.",
      formula: "1 - sum((target - prediction)^2) / sum((target - mean(target))^2)",
      convention: "the mean over columns; for a constant target 1 if the prediction is exact, else 0",
      example: """
        r2([2.5, 0, 2, 8], [3, -0.5, 2, 7])
        #> 0.9486081370
        """
    ) { call in
      let (prediction, target) = try regression(call)
      guard target.shape[0] > 1 else {
        throw Diagnostic("r2 needs two rows or more, one has no variance", kind: .value)
      }
      return Value(try RegressionScore.r2(prediction, target))
    },
    Builtin(
      "rmse(prediction, target)", .metrics, "Root of the mean squared error.",
      formula: "sqrt(mean((prediction - target)^2))", convention: "the mean over columns of their errors",
      example: """
        rmse([1, 2, 3], [1, 2, 6])
        #> 1.732050808
        """
    ) { call in
      let (prediction, target) = try regression(call)
      return Value(try RegressionScore.rmse(prediction, target))
    },
  ]

  private static func classScore(
    _ name: String, _ score: ClassScore, _ summary: String, _ formula: String
  ) -> Builtin {
    Builtin(
      "\(name)(prediction, target, average: \"binary\", positive: 1)", .metrics, summary,
      formula: formula,
      convention: averages,
      example: """
        \(name)([0, 1, 0, 1], [0, 1, 1, 1]) > 0.5
        #> true
        \(name)(["a", "b"], ["a", "b"], average: "macro")
        #> 1
        """
    ) { call in try ClassScoreCall(call, score).value() }
  }

  /// Prediction and target of one shape with at least one row.
  private static func regression(_ call: borrowing Call) throws -> (Quantity, Quantity) {
    let operands = try LossCall(call)
    try operands.requireOneShape()
    let (prediction, target) = (operands.prediction, operands.target)
    guard target.shape.rank > 0 else { return (try prediction.reshape([1]), try target.reshape([1])) }
    guard target.shape.count > 0 else {
      throw Diagnostic("\(call.builtin.name) of nothing has no answer", kind: .value)
    }
    return (prediction, target)
  }
}

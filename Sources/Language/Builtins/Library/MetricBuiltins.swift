import Learning
import Tensors

/// Measures of how good predictions are; the prediction comes first, as in the losses.
extension BuiltinTable {
  private static let inputs =
    "prediction and target are vectors of numbers, truth values or texts; a matrix, such as logits, stands for the places of its rows' largest elements"

  static let metricBuiltins: [Builtin] = [
    Builtin(
      "accuracy(prediction, target)", .metrics, "Share of items whose class was predicted.",
      convention: inputs,
      example: """
        accuracy([0, 1, 2, 2], [0, 1, 1, 2])
        #> 0.75
        """
    ) { call in
      let labels = try ClassLabels("accuracy", call[0], call[1])
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
      let labels = try ClassLabels("confusion_matrix", call[0], call[1])
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
    classScore(
      "precision", .precision, "Share of predictions of a class that are right.",
      "hits / (hits + false alarms)"),
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
      convention:
        "average is \"binary\" (the class positive), \"macro\", \"micro\", \"weighted\", or none for a value of each class; what is not defined counts 0",
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

extension ClassLabels {
  /// How each class fared.
  fileprivate var outcomes: [ClassOutcome] {
    ClassOutcome.all(prediction: prediction, target: target, classCount: classes.count)
  }

  /// The classes by their own numbers, which are below `count`.
  fileprivate func numbered(_ count: Int) throws -> (prediction: [Int], target: [Int], count: Int) {
    guard case .tensor(let tensor) = classes else {
      throw Diagnostic("confusion_matrix: classes: n is for classes that are numbers", kind: .type)
    }
    let numbers = try tensor.doubles()
    if let outside = numbers.first(where: { $0 < 0 || $0 >= Double(count) }) {
      throw Diagnostic(
        "confusion_matrix: class \(Display.number(outside)) is not one of 0 to \(count - 1)", kind: .value)
    }
    return (prediction.map { Int(numbers[$0]) }, target.map { Int(numbers[$0]) }, count)
  }
}

/// The work of precision, recall and f1.
private struct ClassScoreCall {
  private let name: String
  private let score: ClassScore
  private let labels: ClassLabels
  private let average: String?
  private let positive: Value

  init(_ call: borrowing Call, _ score: ClassScore) throws {
    name = call.builtin.name
    self.score = score
    labels = try ClassLabels(name, call[0], call[1])
    average = call.isMissing(2) ? nil : try call.string(2)
    positive = call[3]
  }

  func value() throws -> Value {
    let outcomes = labels.outcomes
    guard let average else { return .tensor(try Tensor(outcomes.map(score.value))) }
    if average == "binary" { return .number(try binary(outcomes)) }
    guard let known = ClassScore.Average(rawValue: average) else {
      let near = NearestName.find(average, in: ["binary"] + ClassScore.Average.allCases.map(\.rawValue))
      throw Diagnostic(
        "\(name): average is \"binary\", \"macro\", \"micro\", \"weighted\" or none, not \(Display.literal(average))",
        kind: .argument, hint: near.map { "did you mean \"\($0)\"?" })
    }
    return .number(score.average(outcomes, known))
  }

  private func binary(_ outcomes: [ClassOutcome]) throws -> Double {
    guard outcomes.count <= 2 else {
      throw Diagnostic(
        "\(name): there are \(outcomes.count) classes, and average is \"binary\"", kind: .value,
        hint: "average: \"macro\", \"micro\", \"weighted\", or none for a value of each class")
    }
    if let position = labels.position(of: positive) { return score.value(outcomes[position]) }
    // Where only the other class occurs, the positive one has no hits.
    let names = (0..<labels.classes.count).map {
      InlineWriter.text(labels.classes.item($0), limit: 40) ?? "..."
    }
    guard outcomes.count == 1, positive.quantity != nil, labels.classes.item(0).quantity != nil else {
      throw Diagnostic(
        "\(name): the class \(InlineWriter.text(positive, limit: 40) ?? "...") does not occur, there are "
          + names.joined(separator: " and "), kind: .value, hint: "positive: says which class counts")
    }
    return 0
  }
}

/// The work of roc_auc.
private struct RankingCall {
  private let scores: Quantity
  private let classes: Categories
  private let average: String?

  init(_ call: borrowing Call) throws {
    scores = try call.numbers(0).concrete
    let target = try TableCall.column(call[1], "roc_auc: target")
    classes = try Categories(target)
    average = call.isMissing(2) ? nil : try call.string(2)
    guard scores.shape.rank > 0, scores.shape[0] == target.count else {
      throw Diagnostic(
        "roc_auc: score is \(scores.shape) and target has \(target.count) items", kind: .shape)
    }
    guard target.missingCount == 0, !(try scores.numbers().contains { $0.isNaN }) else {
      throw Diagnostic("roc_auc: there are missing values", kind: .value, hint: "dropna(x) leaves them out")
    }
    if let average, !["macro", "weighted"].contains(average) {
      throw Diagnostic(
        "roc_auc: average is \"macro\", \"weighted\" or none, not \(Display.literal(average))",
        kind: .argument)
    }
  }

  func value() throws -> Value {
    let columns = scores.shape.rank == 1 ? 1 : scores.shape[1]
    guard scores.shape.rank <= 2 else {
      throw Diagnostic("roc_auc: score has \(scores.shape.rank) axes, not 1 or 2", kind: .shape)
    }
    let numbers = try scores.numbers()
    if columns <= 2 {
      guard classes.count == 2 else {
        throw Diagnostic(
          "roc_auc: target has \(classes.count) class\(classes.count == 1 ? "" : "es"), one column of scores needs two",
          kind: .value)
      }
      let column = stride(from: columns - 1, to: numbers.count, by: columns).map { numbers[$0] }
      return .number(RankingScore.areaUnderCurve(column, isPositive: classes.codes.map { $0 == 1 }) ?? .nan)
    }
    guard classes.count == columns else {
      throw Diagnostic(
        "roc_auc: score has \(columns) columns, but \(classes.count) classes occur in target", kind: .shape)
    }
    try requireProbabilities(numbers, columns)
    return try combined(numbers, columns)
  }

  /// The scores of different rows are compared, which logits do not allow.
  private func requireProbabilities(_ numbers: [Double], _ columns: Int) throws(Diagnostic) {
    for start in stride(from: 0, to: numbers.count, by: columns) {
      let sum = numbers[start..<(start + columns)].reduce(0, +)
      guard abs(sum - 1) > 1e-5 else { continue }
      throw Diagnostic(
        "roc_auc: row \(start / columns) of score sums to \(Display.number(sum)), probabilities sum to 1",
        kind: .value, hint: "softmax(logits) makes probabilities of logits")
    }
  }

  private func combined(_ numbers: [Double], _ columns: Int) throws -> Value {
    var areas: [Double] = []
    var counts: [Int] = []
    for column in 0..<columns {
      let scores = stride(from: column, to: numbers.count, by: columns).map { numbers[$0] }
      let isPositive = classes.codes.map { $0 == column }
      areas.append(RankingScore.areaUnderCurve(scores, isPositive: isPositive) ?? .nan)
      counts.append(isPositive.count { $0 })
    }
    switch average {
    case nil: return .tensor(try Tensor(areas))
    case "weighted":
      let total = zip(areas, counts).reduce(0) { $0 + $1.0 * Double($1.1) }
      return .number(total / Double(counts.reduce(0, +)))
    default: return .number(areas.reduce(0, +) / Double(columns))
    }
  }
}

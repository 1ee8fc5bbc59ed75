import Learning
import Tensors

/// The work of roc_auc.
struct RankingCall {
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
    guard scores.shape.rank <= 2 else {
      throw Diagnostic("roc_auc: score has \(scores.shape.rank) axes, not 1 or 2", kind: .shape)
    }
    let columns = scores.shape.rank == 1 ? 1 : scores.shape[1]
    guard columns > 0 else { throw Diagnostic("roc_auc: score has no columns", kind: .shape) }
    let numbers = try scores.numbers()
    if columns <= 2 {
      guard classes.count == 2 else {
        throw Diagnostic(
          "roc_auc: target has \(classes.count) class\(classes.count == 1 ? "" : "es"), one column of scores needs two",
          kind: .value)
      }
      let column = stride(from: columns - 1, to: numbers.count, by: columns).map { numbers[$0] }
      return .number(
        try RankingScore.areaUnderCurve(column, isPositive: classes.codes.map { $0 == 1 }) ?? .nan)
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
      areas.append(try RankingScore.areaUnderCurve(scores, isPositive: isPositive) ?? .nan)
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

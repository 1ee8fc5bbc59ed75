import Learning
import Tensors

/// The work of precision, recall and f1.
struct ClassScoreCall {
  private let name: String
  private let score: ClassScore
  private let labels: ClassLabels
  private let average: String?
  private let positive: Value

  init(_ call: borrowing Call, _ score: ClassScore) throws {
    name = call.builtin.name
    self.score = score
    labels = try ClassLabels(call)
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

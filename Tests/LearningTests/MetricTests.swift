import Learning
import Tensors
import Testing

// The expected numbers are those of scikit-learn 1.9.1.
@Suite("metrics")
struct MetricTests {
  static let prediction = [0, 2, 1, 3, 3, 0, 1, 2, 2, 0, 3, 1, 0, 2]
  static let target = [0, 1, 1, 3, 2, 0, 1, 2, 0, 0, 3, 2, 1, 2]

  /// A score of some classes: macro, micro, weighted, and that of each class.
  struct Case: Sendable {
    var score: ClassScore
    var averages: [Double]
    var each: [Double]
  }

  static let cases: [Case] = [
    Case(
      score: .precision, averages: [0.6458333333333333, 0.6428571428571429, 0.6428571428571429],
      each: [0.75, 0.6666666666666666, 0.5, 0.6666666666666666]),
    Case(
      score: .recall, averages: [0.6875, 0.6428571428571429, 0.6428571428571429], each: [0.75, 0.5, 0.5, 1]),
    Case(
      score: .f1, averages: [0.6553571428571429, 0.6428571428571429, 0.6346938775510205],
      each: [0.75, 0.5714285714285714, 0.5, 0.8]),
  ]

  @Test("scores of several classes", arguments: cases)
  func classScores(_ wanted: Case) {
    let outcomes = ClassOutcome.all(
      prediction: MetricTests.prediction, target: MetricTests.target, classCount: 4)
    #expect(agree(wanted.averages + wanted.each, scores(wanted.score, outcomes)))
  }

  // Classes 0, 2 and 3 by their places: 2 is never predicted, 0 and 3 are confused.
  static let undefined: [Case] = [
    Case(
      score: .precision, averages: [0.27777777777777773, 0.4, 0.26666666666666666], each: [1.0 / 3, 0, 0.5]),
    Case(score: .recall, averages: [0.5, 0.4, 0.4], each: [1, 0, 0.5]),
    Case(score: .f1, averages: [1.0 / 3, 0.4, 0.3], each: [0.5, 0, 0.5]),
  ]

  @Test("what is not defined counts 0", arguments: undefined)
  func undefinedScores(_ wanted: Case) {
    let outcomes = ClassOutcome.all(prediction: [0, 0, 2, 2, 0], target: [0, 1, 1, 2, 2], classCount: 3)
    #expect(agree(wanted.averages + wanted.each, scores(wanted.score, outcomes)))
  }

  @Test("counts and accuracy")
  func counts() {
    let (prediction, target) = (MetricTests.prediction, MetricTests.target)
    let matrix = ConfusionMatrix(prediction: prediction, target: target, classCount: 4)
    #expect(matrix.counts == [3, 0, 1, 0, 1, 2, 1, 0, 0, 1, 2, 1, 0, 0, 0, 2])
    let outcomes = ClassOutcome.all(prediction: prediction, target: target, classCount: 4)
    #expect(outcomes.accuracy == 0.6428571428571429 && [ClassOutcome]().accuracy == nil)
  }

  @Test("the area under the curve counts ties half")
  func areaUnderCurve() throws {
    let scores = [0.1, 0.4, 0.35, 0.8, 0.4, 0.4, 0.9, 0.2]
    let kinds = [false, true, false, false, true, true, true, false]
    #expect(try RankingScore.areaUnderCurve(scores, isPositive: kinds) == 0.8125)
    #expect(try RankingScore.areaUnderCurve([1, 2], isPositive: [true, true]) == nil)
  }

  @Test("regression scores, also of several outputs and a constant target")
  func regression() throws {
    let target = Quantity.tensor(try Tensor([0.5, 1, -1, 1, 7, -6], shape: [3, 2]))
    let prediction = Quantity.tensor(try Tensor([0.0, 2, -1, 2, 8, -5], shape: [3, 2]))
    let constant = Quantity.tensor(try Tensor([2.0, 2, 2]))
    let near = Quantity.tensor(try Tensor([2.0, 2, 3]))
    let scores = [
      try RegressionScore.r2(prediction, target), try RegressionScore.rmse(prediction, target),
      try RegressionScore.r2(constant, constant), try RegressionScore.r2(near, constant),
    ].map { if case .number(let number) = $0 { number } else { Double.nan } }
    #expect(agree([0.9368005266622779, 0.8227486121839513, 1, 0], scores))
  }

  private func scores(_ score: ClassScore, _ outcomes: [ClassOutcome]) -> [Double] {
    ClassScore.Average.allCases.map { score.average(outcomes, $0) } + outcomes.map(score.value)
  }

  private func agree(_ wanted: [Double], _ found: [Double]) -> Bool {
    wanted.count == found.count && zip(wanted, found).allSatisfy { abs($0 - $1) <= 1e-14 }
  }
}

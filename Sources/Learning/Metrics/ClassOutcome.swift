/// How one class fared against all others.
public struct ClassOutcome: Sendable {
  /// Items of the class that were predicted as such.
  public private(set) var hits = 0
  /// Items of other classes that were predicted as this one.
  public private(set) var falseAlarms = 0
  /// Items of the class that were predicted as another one.
  public private(set) var misses = 0

  /// Items that are of the class.
  public var support: Int { hits + misses }

  /// The outcomes of all classes, which are numbered from 0 to `classCount` - 1.
  public static func all(prediction: [Int], target: [Int], classCount: Int) -> [ClassOutcome] {
    precondition(prediction.count == target.count, "a target for each prediction")
    var outcomes = Array(repeating: ClassOutcome(), count: classCount)
    for (predicted, wanted) in zip(prediction, target) {
      if predicted == wanted {
        outcomes[wanted].hits += 1
      } else {
        outcomes[predicted].falseAlarms += 1
        outcomes[wanted].misses += 1
      }
    }
    return outcomes
  }

  /// The outcomes of several classes as one.
  static func + (a: ClassOutcome, b: ClassOutcome) -> ClassOutcome {
    var sum = a
    sum.hits += b.hits
    sum.falseAlarms += b.falseAlarms
    sum.misses += b.misses
    return sum
  }
}

extension [ClassOutcome] {
  /// The share of items whose class was predicted; nil for no items.
  public var accuracy: Double? {
    let total = reduce(0) { $0 + $1.support }
    return total == 0 ? nil : Double(reduce(0) { $0 + $1.hits }) / Double(total)
  }
}

/// A measure of how well a class is told from the others.
public enum ClassScore: Sendable {
  /// The share of predictions of a class that are right.
  case precision
  /// The share of a class's items that were predicted.
  case recall
  /// The harmonic mean of precision and recall.
  case f1
}

extension ClassScore {
  /// The score of one outcome; 0 where it is not defined, as in scikit-learn.
  public func value(_ outcome: ClassOutcome) -> Double {
    let (hits, wrong): (Int, Int) =
      switch self {
      case .precision: (outcome.hits, outcome.falseAlarms)
      case .recall: (outcome.hits, outcome.misses)
      case .f1: (2 * outcome.hits, outcome.falseAlarms + outcome.misses)
      }
    return hits + wrong == 0 ? 0 : Double(hits) / Double(hits + wrong)
  }

  /// How the scores of several classes become one.
  public enum Average: String, Sendable, CaseIterable {
    /// Their mean.
    case macro
    /// The score of all classes' items together.
    case micro
    /// Their mean, each class as often as it occurs.
    case weighted
  }

  /// The scores of all classes as one.
  public func average(_ outcomes: [ClassOutcome], _ average: Average) -> Double {
    switch average {
    case .macro: return outcomes.reduce(0) { $0 + value($1) } / Double(max(1, outcomes.count))
    case .micro: return value(outcomes.reduce(ClassOutcome(), +))
    case .weighted:
      let total = outcomes.reduce(0) { $0 + $1.support }
      return outcomes.reduce(0) { $0 + Double($1.support) * value($1) } / Double(max(1, total))
    }
  }
}

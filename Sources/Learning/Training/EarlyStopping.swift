/// Ends a training run when what it watches has stopped getting better.
public struct EarlyStopping: Sendable {
  /// Epochs without an improvement after which the run ends.
  public let patience: Int
  /// By how much a value must fall below the best one to count as an improvement.
  public let minimumImprovement: Double
  /// The best value so far and the epoch it was seen in, counted from 1.
  public private(set) var best: (value: Double, epoch: Int)?

  /// Watches a value that should fall; nothing seen yet.
  public init(patience: Int, minimumImprovement: Double = 0) {
    self.patience = patience
    self.minimumImprovement = minimumImprovement
  }
}

extension EarlyStopping {
  /// What an epoch's value means for the run.
  public enum Verdict: Sendable {
    /// The best value so far.
    case improved
    /// No improvement, but there is patience left.
    case waiting
    /// No improvement for ``EarlyStopping/patience`` epochs.
    case exhausted
  }

  /// Takes note of the value of an epoch; NaN is never an improvement.
  public mutating func note(_ value: Double, epoch: Int) -> Verdict {
    guard let best else {
      self.best = value.isNaN ? nil : (value, epoch)
      return value.isNaN ? .waiting : .improved
    }
    if value < best.value - minimumImprovement {
      self.best = (value, epoch)
      return .improved
    }
    return epoch - best.epoch >= patience ? .exhausted : .waiting
  }

  /// Goes on from the best value of a run that was saved.
  public mutating func restore(best: (value: Double, epoch: Int)) { self.best = best }
}

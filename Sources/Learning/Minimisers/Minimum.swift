/// Where a minimiser ended, and how.
public struct Minimum {
  /// Why it ended.
  public enum Stop: Sendable {
    /// The slope is nothing to speak of, or rounding hides what is left of it.
    case converged
    /// All steps are used up.
    case steps
    /// No step downhill was found though the slope says that there is one.
    case stalled
    /// The value falls ever further, however far the search goes.
    case unbounded
    /// The value or its gradient became nan or infinite in that step.
    case notFinite(step: Int)
    /// The user asked to stop.
    case interrupted
  }

  /// The best point.
  public internal(set) var point: [Double]
  /// The value there.
  public internal(set) var value: Double
  /// How many steps were taken.
  public internal(set) var steps = 0
  /// How often the function was evaluated, with or without its gradient.
  public internal(set) var evaluations = 0
  /// Why it ended.
  public internal(set) var stop = Stop.steps
  /// The value at the start and after each step.
  public internal(set) var values: [Double]
  /// The start and the point after each step, when they were asked for.
  public internal(set) var path: [[Double]]
}

/// What makes a search pointless before it begins.
public enum MinimisationError: Error {
  /// The function is nan or infinite at the start.
  case startValue(Double)
  /// The function is finite at the start, but that coordinate of its gradient is not.
  case startGradient(coordinate: Int, Double)
}

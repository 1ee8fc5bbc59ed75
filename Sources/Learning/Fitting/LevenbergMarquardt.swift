/// Nonlinear least squares by the method of Levenberg (1944) and Marquardt (1963) as a trust region (Moré, 1978):
/// steps are limited in units of the columns' sizes, so that parameters may differ by any power of ten.
public struct LevenbergMarquardt {
  /// Residuals at a point, and their derivatives on request.
  public struct Evaluation {
    /// What is left of each datum.
    public let residuals: [Double]
    /// The derivatives of the residuals in each parameter, one column after the other.
    public let jacobian: () throws -> [Double]

    /// Residuals and the way to their derivatives.
    public init(residuals: [Double], jacobian: @escaping () throws -> [Double]) {
      self.residuals = residuals
      self.jacobian = jacobian
    }
  }

  /// Where a fit ended.
  public struct Result {
    /// The best point.
    public var point: [Double]
    /// The residuals there.
    public var residuals: [Double]
    /// Their derivatives there, one column after the other.
    public var jacobian: [Double]
    /// How many steps lowered the sum of squares.
    public var steps = 0
    /// How often the model was evaluated.
    public var evaluations = 1
    /// Why it ended.
    public var stop = Minimum.Stop.steps
    /// Σ r² at the start and after each step.
    public var values: [Double]
    /// The start and the point after each step.
    public var path: [[Double]]
  }

  /// The most steps, successful or not.
  public var stepLimit: Int
  /// Relative change of the sum of squares, of the point and of the slope below which a fit is done.
  public var tolerance: Double
  /// Where to stay; nil for everywhere.
  public var box: Box?
  /// Whether an error that the model threw is the user's wish to end with what there is.
  public var endsEarly: (any Error) -> Bool

  /// A fit with these settings.
  public init(
    stepLimit: Int, tolerance: Double, box: Box? = nil,
    endsEarly: @escaping (any Error) -> Bool = { _ in false }
  ) {
    self.stepLimit = stepLimit
    self.tolerance = tolerance
    self.box = box
    self.endsEarly = endsEarly
  }
}

extension LevenbergMarquardt {
  /// The best point found from `start` for the residuals that `evaluate` gives.
  ///
  /// Throws a ``MinimisationError`` when residuals or derivatives are not finite at the start, and whatever
  /// `evaluate` throws.
  public func fit(from start: [Double], _ evaluate: ([Double]) throws -> Evaluation) throws -> Result {
    let point = box?.projecting(start) ?? start
    var current = try evaluate(point)
    var result = Result(
      point: point, residuals: current.residuals, jacobian: try current.jacobian(),
      values: [current.residuals.dot(current.residuals)], path: [point])
    try LevenbergMarquardt.check(result)
    var region = TrustRegion(at: point, tolerance: tolerance)
    var trials = 0
    do {
      while case .steps = result.stop {
        let isFree = freeCoordinates(result)
        guard let model = region.model(result, free: isFree) else {
          result.stop = .converged
          break
        }
        while case .steps = result.stop {
          guard trials < stepLimit else { return result }
          trials += 1
          let step = region.step(of: model)
          let next = result.point.adding(1, step)
          let trial = box?.projecting(next) ?? next
          current = try evaluate(trial)
          result.evaluations += 1
          let taken = trial.adding(-1, result.point)
          let verdict = region.judge(
            model, step: taken, isClipped: trial != next, from: result, to: current.residuals)
          if verdict.isAccepted {
            result.jacobian = try accepted(current, at: trial, &result)
          }
          if verdict.isDone { result.stop = .converged }
          if verdict.isAccepted { break }
        }
      }
    } catch  where endsEarly(error) {
      result.stop = .interrupted
    }
    return result
  }

  /// Moves to a point that lowers the sum of squares and returns the derivatives there.
  private func accepted(
    _ evaluation: Evaluation, at point: [Double], _ result: inout Result
  ) throws -> [Double] {
    let jacobian = try evaluation.jacobian()
    result.steps += 1
    guard jacobian.allSatisfy(\.isFinite) else {
      // The derivatives of the last point describe its surroundings still.
      result.stop = .notFinite(step: result.steps)
      return result.jacobian
    }
    (result.point, result.residuals) = (point, evaluation.residuals)
    result.values.append(evaluation.residuals.dot(evaluation.residuals))
    result.path.append(point)
    return jacobian
  }

  /// The coordinates that do not stand at a bound out of which the slope leads.
  private func freeCoordinates(_ result: Result) -> [Int] {
    guard let box else { return Array(result.point.indices) }
    let m = result.residuals.count
    return result.point.indices.filter { index in
      let column = Array(result.jacobian[(index * m)..<((index + 1) * m)])
      return !box.isBlocked(index, at: result.point[index], slope: column.dot(result.residuals))
    }
  }

  private static func check(_ result: Result) throws {
    if let value = result.residuals.first(where: { !$0.isFinite }) {
      throw MinimisationError.startValue(value)
    }
    if let index = result.jacobian.firstIndex(where: { !$0.isFinite }) {
      throw MinimisationError.startGradient(
        coordinate: index / max(1, result.residuals.count), result.jacobian[index])
    }
  }
}

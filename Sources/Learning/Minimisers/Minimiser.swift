/// A method of going downhill: each in its own file.
protocol Descent {
  /// Where it stays; nil for everywhere.
  var box: Box? { get }
  /// Whether it looks at gradients.
  var usesGradient: Bool { get }
  /// The next point, or nil when there is none to go to.
  mutating func next(after current: Iterate, of objective: Objective) throws -> Iterate?
  /// Whether there is nothing left to gain.
  func isDone(_ current: Iterate, before previous: Iterate?, tolerance: Double) -> Bool
}

extension Descent {
  var usesGradient: Bool { true }

  func isDone(_ current: Iterate, before previous: Iterate?, tolerance: Double) -> Bool {
    current.isFlat(in: box, tolerance: tolerance)
  }
}

/// Minimises functions of a row of numbers.
public struct Minimiser {
  /// How to go downhill.
  public enum Method {
    /// Against the gradient, as far as a line search says.
    case steepest
    /// By a rule of one's own that makes the next point of a point and its gradient.
    case following(([Double], [Double]) throws -> [Double])
    /// Newton's method, made safe by a line search.
    case newton
    /// The quasi-Newton method with limited memory.
    case lbfgs
    /// The simplex of Nelder and Mead, without derivatives.
    case nelderMead
  }

  /// How to go downhill.
  public var method: Method
  /// The most steps.
  public var stepLimit: Int
  /// How small the largest element of the gradient must be.
  public var tolerance: Double
  /// Where to stay; nil for everywhere.
  public var box: Box?
  /// Whether to keep every point.
  public var keepsPath: Bool
  /// Whether an error that the function threw is the user's wish to end with what there is.
  public var endsEarly: (any Error) -> Bool
  /// Told after every step how many there were and the value it led to.
  public var noteStep: (_ steps: Int, _ value: Double) -> Void = { _, _ in }

  /// A minimiser with these settings.
  public init(
    _ method: Method, stepLimit: Int, tolerance: Double, box: Box? = nil, keepsPath: Bool = false,
    endsEarly: @escaping (any Error) -> Bool = { _ in false }
  ) {
    self.method = method
    self.stepLimit = stepLimit
    self.tolerance = tolerance
    self.box = box
    self.keepsPath = keepsPath
    self.endsEarly = endsEarly
  }
}

extension Minimiser {
  /// The best point found from `start`.
  ///
  /// Throws a ``MinimisationError`` when the function is not finite at the start, and whatever the function throws.
  public func minimum(of objective: Objective, from start: [Double]) throws -> Minimum {
    switch method {
    case .steepest: try run(SteepestDescent(box), objective, start)
    case .following(let rule): try run(RuleDescent(box, rule), objective, start)
    case .newton: try run(NewtonDescent(box), objective, start)
    case .lbfgs: try run(LBFGS(box), objective, start)
    case .nelderMead: try run(NelderMead(box), objective, start)
    }
  }

  private func run(
    _ descent: some Descent, _ objective: Objective, _ start: [Double]
  ) throws -> Minimum {
    var descent = descent
    let counter = Counter()
    let objective = counter.counting(objective)
    var current = try first(box?.projecting(start) ?? start, objective, descent.usesGradient)
    var result = Minimum(
      point: current.point, value: current.value, values: [current.value],
      path: keepsPath ? [current.point] : [])
    if descent.isDone(current, before: nil, tolerance: tolerance) { result.stop = .converged }
    var runaway = Runaway(from: current.point)
    while result.steps < stepLimit, case .steps = result.stop {
      do {
        guard let next = try descent.next(after: current, of: objective) else {
          result.stop = try isAsGoodAsItGets(current, objective) ? .converged : .stalled
          break
        }
        result.steps += 1
        guard next.isFinite else {
          result.stop = next.value == -.infinity ? .unbounded : .notFinite(step: result.steps)
          break
        }
        result.note(next, keepsPath: keepsPath)
        noteStep(result.steps, next.value)
        if descent.isDone(next, before: current, tolerance: tolerance) { result.stop = .converged }
        if let stop = runsAway(&runaway, next, objective) { result.stop = stop }
        current = next
      } catch  where endsEarly(error) {
        result.stop = .interrupted
      }
    }
    result.evaluations = counter.count
    return result
  }

  /// How a search ends that runs away, or whose look ahead the user stops; nil for one that does not.
  private func runsAway(_ runaway: inout Runaway, _ next: Iterate, _ objective: Objective) -> Minimum.Stop? {
    do {
      return try runaway.isFound(at: next, of: objective, in: box) ? .unbounded : nil
    } catch {
      // Far out the function may refuse to work, which says nothing about the way there.
      return endsEarly(error) ? .interrupted : nil
    }
  }

  /// Whether rounding hides what is left of the slope where no step leads down.
  ///
  /// Straight down the slope, s, a step gains s² / 2c at most by the curvature c. What is less than the last digits
  /// of the value cannot be seen. An edge in the way has a curvature too, but one that leaves much to gain.
  private func isAsGoodAsItGets(_ current: Iterate, _ objective: Objective) throws -> Bool {
    if current.isFlat(in: box, tolerance: tolerance.squareRoot()) { return true }
    let slope = current.freeGradient(in: box)
    let steepness = slope.dot(slope).squareRoot()
    let down = slope.map { -$0 / steepness }
    let length = 1e-5 * Swift.max(1, current.point.largestSize)
    let free = current.point.adding(length, down)
    let probe = try objective.iterate(at: box?.projecting(free) ?? free)
    let curvature = probe.gradient.adding(-1, current.gradient).dot(down) / length
    guard curvature.isFinite, curvature > 0 else { return false }
    // A few digits: the value is a sum of rounded terms.
    let visible = 64 * Double.ulpOfOne * Swift.abs(current.value)
    return steepness * steepness / (2 * curvature) <= visible
  }

  private func first(_ point: [Double], _ objective: Objective, _ usesGradient: Bool) throws -> Iterate {
    let first =
      usesGradient
      ? try objective.iterate(at: point)
      : Iterate(point: point, value: try objective.value(point), gradient: [])
    guard first.value.isFinite else { throw MinimisationError.startValue(first.value) }
    if let index = first.gradient.firstIndex(where: { !$0.isFinite }) {
      throw MinimisationError.startGradient(coordinate: index, first.gradient[index])
    }
    return first
  }
}

extension Minimum {
  fileprivate mutating func note(_ next: Iterate, keepsPath: Bool) {
    values.append(next.value)
    if keepsPath { path.append(next.point) }
    if next.value <= value { (point, value) = (next.point, next.value) }
  }
}

extension Iterate {
  /// Whether the slope is nothing to speak of. The value says nothing about that: a constant may be part of it.
  fileprivate func isFlat(in box: Box?, tolerance: Double) -> Bool {
    freeGradient(in: box).largestSize <= tolerance
  }

  /// The gradient with 0 for what leads out of the box.
  fileprivate func freeGradient(in box: Box?) -> [Double] {
    guard let box else { return gradient }
    return gradient.indices.map { index in
      box.isBlocked(index, at: point[index], slope: gradient[index]) ? 0 : gradient[index]
    }
  }
}

/// Counts evaluations.
private final class Counter {
  private(set) var count = 0

  func counting(_ objective: Objective) -> Objective {
    Objective(
      value: {
        self.count += 1
        return try objective.value($0)
      },
      slope: {
        self.count += 1
        return try objective.slope($0)
      }, curvature: objective.curvature)
  }
}

/// The quasi-Newton method with limited memory (Nocedal, 1980; Liu and Nocedal, 1989).
///
/// Inside a box, coordinates that stand at a bound and want out of it rest, and the line search stays inside.
struct LBFGS: Descent {
  /// A step and the change of the gradient along it.
  private struct Pair {
    let step: [Double]
    let change: [Double]
    /// 1 / step · change
    let weight: Double
  }

  private static let memory = 10

  let box: Box?
  private var pairs: [Pair] = []

  init(_ box: Box?) { self.box = box }

  mutating func next(after current: Iterate, of objective: Objective) throws -> Iterate? {
    while true {
      let direction = direction(at: current)
      let isFirst = pairs.isEmpty
      // Nothing is known of the scale at first: a step of about one unit at most.
      let first = isFirst ? Swift.min(1, 1 / Swift.max(current.gradient.largestSize, 1e-300)) : 1
      var found: Iterate?
      if let box {
        found =
          try LineSearch.backtracking(
            from: current, along: direction, first: first, in: box, of: objective)?.iterate
      } else {
        found = try LineSearch.wolfe(from: current, along: direction, first: first, of: objective)
      }
      if let found {
        remember(found, after: current)
        return found
      }
      // What was remembered may mislead; without it the direction is the gradient's.
      if isFirst { return nil }
      pairs = []
    }
  }

  private mutating func remember(_ next: Iterate, after current: Iterate) {
    let step = next.point.adding(-1, current.point)
    let change = next.gradient.adding(-1, current.gradient)
    let product = step.dot(change)
    // Only what curves upwards says something about a minimum.
    guard product > 2.2e-16 * change.dot(change) else { return }
    pairs.append(Pair(step: step, change: change, weight: 1 / product))
    if pairs.count > LBFGS.memory { pairs.removeFirst() }
  }

  /// Minus the product of the approximate inverse Hessian with the gradient, by the two loops.
  private func direction(at current: Iterate) -> [Double] {
    let gradient = current.gradient
    let isFree = gradient.indices.map { index in
      !(box?.isBlocked(index, at: current.point[index], slope: gradient[index]) ?? false)
    }
    func resting(_ vector: [Double]) -> [Double] { zip(vector, isFree).map { $1 ? $0 : 0 } }
    var q = resting(gradient)
    var shares: [Double] = []
    for pair in pairs.reversed() {
      let share = pair.weight * pair.step.dot(q)
      shares.append(share)
      q = q.adding(-share, pair.change)
    }
    if let last = pairs.last {
      let scale = 1 / (last.weight * last.change.dot(last.change))
      q = q.map { $0 * scale }
    }
    for (pair, share) in zip(pairs, shares.reversed()) {
      q = q.adding(share - pair.weight * pair.change.dot(q), pair.step)
    }
    let direction = resting(q).map { -$0 }
    return gradient.dot(direction) < 0 ? direction : resting(gradient).map { -$0 }
  }
}

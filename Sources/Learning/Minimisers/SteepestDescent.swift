/// Against the gradient, as far as a line search says.
struct SteepestDescent: Descent {
  let box: Box?
  /// The length of the last step in units of the gradient.
  private var length: Double?

  init(_ box: Box?) { self.box = box }

  mutating func next(after current: Iterate, of objective: Objective) throws -> Iterate? {
    // The first step is about as long as one unit; later ones try to grow.
    let first = length.map { 2 * $0 } ?? 1 / Swift.max(current.gradient.largestSize, 1e-300)
    let direction = current.gradient.map { -$0 }
    guard
      let found = try LineSearch.backtracking(
        from: current, along: direction, first: first, in: box, of: objective)
    else { return nil }
    length = found.length
    return found.iterate
  }
}

/// By a rule that makes the next point of a point and its gradient, as optimisers do.
struct RuleDescent: Descent {
  let box: Box?
  private let rule: ([Double], [Double]) throws -> [Double]

  init(_ box: Box?, _ rule: @escaping ([Double], [Double]) throws -> [Double]) {
    self.box = box
    self.rule = rule
  }

  mutating func next(after current: Iterate, of objective: Objective) throws -> Iterate? {
    let moved = try rule(current.point, current.gradient)
    return try objective.iterate(at: box?.projecting(moved) ?? moved)
  }
}

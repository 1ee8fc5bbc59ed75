/// Tells a function that falls without end from one whose minimum is far away.
struct Runaway {
  private let start: [Double]
  /// How far from the start the next look is due.
  private var distance: Double

  /// Watches a search from this point.
  init(from start: [Double]) {
    self.start = start
    distance = 1e7 * Swift.max(1, start.largestSize)
  }

  /// Whether the value keeps falling from the start through `current` as far as numbers go.
  ///
  /// Looks only far from the start. A minimum that lies further out still ends the fall somewhere along the way, and
  /// a function that levels out falls less and less with every factor of the distance; a logarithm does not.
  mutating func isFound(at current: Iterate, of objective: Objective, in box: Box?) throws -> Bool {
    let way = current.point.adding(-1, start)
    guard way.largestSize > distance else { return false }
    distance = 1e3 * way.largestSize
    var (factor, value, fall) = (1.0, current.value, 0.0)
    for _ in 0..<8 {
      factor *= 1e10
      let free = start.adding(factor, way)
      let next = try objective.value(box?.projecting(free) ?? free)
      if next == -.infinity { return true }
      // Compares false for nan.
      guard value - next > 0, value - next >= 0.5 * fall else { return false }
      (fall, value) = (value - next, next)
    }
    return true
  }
}

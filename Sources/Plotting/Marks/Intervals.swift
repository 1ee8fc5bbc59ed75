/// Two values at each of several positions: what bands and error bars are made of.
struct Intervals {
  private let x: any Samples
  private let low: any Samples
  private let high: any Samples

  /// From `low` to `high` at each of `x`.
  init(x: any Samples, low: any Samples, high: any Samples) {
    self.x = x
    self.low = low
    self.high = high
  }
}

extension Intervals {
  /// The intervals of parts; nil when they are not those of some.
  init?(parts: MarkParts) {
    guard let x = parts.row(0), let low = parts.row(1), let high = parts.row(2) else { return nil }
    self.init(x: x, low: low, high: high)
  }

  /// Taken apart, as a mark of some kind.
  func parts(_ kind: String) -> MarkParts { MarkParts(kind, rows: [x, low, high]) }

  /// What they cover.
  func reach(_ axes: AxisKinds) -> Reach {
    let (lower, upper) = (Reach(x, low, axes), Reach(x, high, axes))
    var reach = lower.union(upper)
    // Both ends of an interval are one thing.
    reach.points = max(lower.points, upper.points)
    reach.notFinite = max(lower.notFinite, upper.notFinite)
    reach.notPositive = max(lower.notPositive, upper.notPositive)
    return reach
  }

  /// Hands over the places of both ends of all intervals in order.
  func forEach(in frame: Frame, _ body: (_ low: Place, _ high: Place) -> Void) {
    forEachPiece(x, low, high) { xs, lows, highs in
      for index in xs.indices {
        body(frame.place(xs[index], lows[index]), frame.place(xs[index], highs[index]))
      }
    }
  }
}

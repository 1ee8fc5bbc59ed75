/// How far to go along a direction that leads downhill.
enum LineSearch {
  /// The share of the slope's promise that a step must keep.
  private static let promise = 1e-4

  /// A point that satisfies the strong Wolfe conditions, by bracketing and cubic interpolation (Nocedal and
  /// Wright, Numerical Optimization, algorithms 3.5 and 3.6); nil when there is none to be found.
  static func wolfe(
    from start: Iterate, along direction: [Double], first: Double, of objective: Objective
  ) throws -> Iterate? {
    let slope = start.gradient.dot(direction)
    guard slope < 0 else { return nil }
    let origin = Probe(length: 0, slope: slope, iterate: start)
    var previous = origin
    var length = first
    for round in 0..<30 {
      let probe = try self.probe(length, from: start, along: direction, objective)
      // A value that is not finite is too far.
      if !probe.iterate.isFinite || !probe.keeps(promise, origin)
        || round > 0 && probe.iterate.value >= previous.iterate.value
      {
        return try zoom(previous, probe, origin, start, direction, objective)
      }
      if probe.isFlatAgainst(origin) { return probe.iterate }
      if probe.slope >= 0 { return try zoom(probe, previous, origin, start, direction, objective) }
      previous = probe
      length *= 2
    }
    return previous.length > 0 ? previous.iterate : nil
  }

  /// The first of ever shorter steps that lowers the value enough, kept within `box`; nil when there is none.
  static func backtracking(
    from start: Iterate, along direction: [Double], first: Double, in box: Box?, of objective: Objective
  ) throws -> (iterate: Iterate, length: Double)? {
    var length = first
    for _ in 0..<60 {
      let free = start.point.adding(length, direction)
      let point = box?.projecting(free) ?? free
      let moved = point.adding(-1, start.point)
      let expected = start.gradient.dot(moved)
      // Less than rounding shows, and shorter steps lead to less still.
      let isHidden = expected < 0 && -expected < 1e-3 * Double.ulpOfOne * abs(start.value)
      if moved.largestSize == 0 || isHidden { return nil }
      let value = try objective.value(point)
      if value <= start.value + promise * Swift.min(0, expected), value < start.value {
        return (try objective.iterate(at: point), length)
      }
      length *= value.isFinite ? 0.5 : 0.1
    }
    return nil
  }

  /// A point on the line and what is known there.
  private struct Probe {
    let length: Double
    let slope: Double
    let iterate: Iterate

    func keeps(_ promise: Double, _ origin: Probe) -> Bool {
      iterate.value <= origin.iterate.value + promise * length * origin.slope
    }

    func isFlatAgainst(_ origin: Probe) -> Bool { abs(slope) <= 0.9 * abs(origin.slope) }
  }

  private static func probe(
    _ length: Double, from start: Iterate, along direction: [Double], _ objective: Objective
  ) throws -> Probe {
    let iterate = try objective.iterate(at: start.point.adding(length, direction))
    return Probe(length: length, slope: iterate.gradient.dot(direction), iterate: iterate)
  }

  /// Narrows the interval between a good end and another one.
  private static func zoom(
    _ low: Probe, _ high: Probe, _ origin: Probe, _ start: Iterate, _ direction: [Double],
    _ objective: Objective
  ) throws -> Iterate? {
    var (low, high) = (low, high)
    for _ in 0..<40 {
      let length = interpolated(low, high)
      if length == low.length || length == high.length { break }
      // What the slope promises in between is less than rounding shows.
      let promised = abs((high.length - low.length) * origin.slope)
      if promised < 1e-3 * Double.ulpOfOne * abs(start.value) { break }
      let probe = try self.probe(length, from: start, along: direction, objective)
      if !probe.iterate.isFinite || !probe.keeps(promise, origin)
        || probe.iterate.value >= low.iterate.value
      {
        high = probe
      } else {
        if probe.isFlatAgainst(origin) { return probe.iterate }
        if probe.slope * (high.length - low.length) >= 0 { high = low }
        low = probe
      }
    }
    return low.length > 0 && low.iterate.value < start.value ? low.iterate : nil
  }

  /// The minimum of the cubic through both ends, kept off the ends themselves.
  private static func interpolated(_ a: Probe, _ b: Probe) -> Double {
    let width = b.length - a.length
    let middle = a.length + width / 2
    guard b.iterate.isFinite, b.slope.isFinite else { return a.length + width / 10 }
    let d = a.slope + b.slope - 3 * (b.iterate.value - a.iterate.value) / width
    let square = d * d - a.slope * b.slope
    guard square >= 0 else { return middle }
    let root = (width < 0 ? -1 : 1) * square.squareRoot()
    let length = b.length - width * (b.slope + root - d) / (b.slope - a.slope + 2 * root)
    let margin = 0.1 * abs(width)
    let (least, most) = (min(a.length, b.length) + margin, max(a.length, b.length) - margin)
    return length.isFinite && length > least && length < most ? length : middle
  }
}

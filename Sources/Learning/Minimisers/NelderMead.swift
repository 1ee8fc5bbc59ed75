/// The simplex method of Nelder and Mead (1965), with coefficients that suit the number of coordinates (Gao and
/// Han, 2012). It looks at values alone.
struct NelderMead: Descent {
  let box: Box?
  /// The corners, best first; made in the first step.
  private var corners: [Iterate] = []

  init(_ box: Box?) { self.box = box }

  var usesGradient: Bool { false }

  mutating func next(after current: Iterate, of objective: Objective) throws -> Iterate? {
    if corners.isEmpty { corners = try simplex(around: current, objective) }
    guard corners.count > 1 else { return nil }
    let n = Double(corners.count - 1)
    let (expansion, contraction, shrinkage) =
      n > 1 ? (1 + 2 / n, 0.75 - 1 / (2 * n), 1 - 1 / n) : (2, 0.5, 0.5)
    let (best, worst) = (corners[0], corners[corners.count - 1])
    let second = corners[corners.count - 2]
    let center = centroid()
    let reflected = try corner(center, worst, 1, objective)
    if reflected.value < best.value {
      let expanded = try corner(center, worst, expansion, objective)
      replaceWorst(expanded.value < reflected.value ? expanded : reflected)
    } else if reflected.value < second.value {
      replaceWorst(reflected)
    } else {
      let isOutside = reflected.value < worst.value
      let contracted = try corner(center, worst, isOutside ? contraction : -contraction, objective)
      if contracted.value < (isOutside ? reflected.value : worst.value) {
        replaceWorst(contracted)
      } else {
        for index in 1..<corners.count {
          let toBest = corners[index].point.adding(-1, best.point)
          corners[index] = try evaluated(best.point.adding(shrinkage, toBest), objective)
        }
        corners.sort { $0.value < $1.value }
      }
    }
    return corners[0]
  }

  /// Done when all corners are one point, and no value differs, to the tolerance.
  func isDone(_ current: Iterate, before previous: Iterate?, tolerance: Double) -> Bool {
    guard let best = corners.first, let worst = corners.last, corners.count > 1 else {
      return previous != nil || current.point.isEmpty
    }
    let width = corners.reduce(0) { Swift.max($0, $1.point.adding(-1, best.point).largestSize) }
    return width <= tolerance * Swift.max(1, best.point.largestSize)
      && worst.value - best.value <= tolerance * Swift.max(1, Swift.abs(best.value))
  }

  private func simplex(around start: Iterate, _ objective: Objective) throws -> [Iterate] {
    var corners = [start]
    for index in start.point.indices {
      var point = start.point
      point[index] += point[index] == 0 ? 0.00025 : 0.05 * point[index]
      // At an upper bound the corner would fall together with the start.
      if let box, point[index] > box.upper[index] { point[index] = 2 * start.point[index] - point[index] }
      corners.append(try evaluated(point, objective))
    }
    return corners.sorted { $0.value < $1.value }
  }

  private func centroid() -> [Double] {
    var sum = Array(repeating: 0.0, count: corners[0].point.count)
    for corner in corners.dropLast() { sum = sum.adding(1, corner.point) }
    return sum.map { $0 / Double(corners.count - 1) }
  }

  /// The point that lies `share` of the way from the worst corner beyond the center.
  private func corner(
    _ center: [Double], _ worst: Iterate, _ share: Double, _ objective: Objective
  ) throws -> Iterate {
    try evaluated(center.adding(share, center.adding(-1, worst.point)), objective)
  }

  /// A corner, whose value counts as infinite where it is nan.
  private func evaluated(_ point: [Double], _ objective: Objective) throws -> Iterate {
    let point = box?.projecting(point) ?? point
    let value = try objective.value(point)
    return Iterate(point: point, value: value.isNaN ? .infinity : value, gradient: [])
  }

  private mutating func replaceWorst(_ corner: Iterate) {
    corners.removeLast()
    let place = corners.firstIndex { $0.value > corner.value } ?? corners.count
    corners.insert(corner, at: place)
  }
}

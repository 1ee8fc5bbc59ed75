/// Which parts of the unit square are drawn on, roughly.
struct Coverage {
  private static let size = 24
  private var cells = Array(repeating: 0, count: size * size)
}

extension Coverage {
  private func index(_ u: Double, _ v: Double) -> Int {
    func cell(_ x: Double) -> Int { min(Coverage.size - 1, Int(min(1, max(0, x)) * Double(Coverage.size))) }
    return cell(v) * Coverage.size + cell(u)
  }

  /// Marks what a straight line passes.
  mutating func mark(from start: Place, to end: Place) {
    let length = max(abs(end.u - start.u), abs(end.v - start.v))
    let steps = max(1, Int(length * 2 * Double(Coverage.size)))
    for step in 0...steps {
      let share = Double(step) / Double(steps)
      cells[index(start.u + share * (end.u - start.u), start.v + share * (end.v - start.v))] += 1
    }
  }

  /// Marks a rectangle.
  mutating func mark(_ box: Box) {
    for row in 0..<Coverage.size {
      let v = (Double(row) + 0.5) / Double(Coverage.size)
      guard v >= box.bottom, v <= box.top else { continue }
      mark(from: Place(u: box.left, v: v), to: Place(u: box.right, v: v))
    }
  }

  /// How often a rectangle is drawn on.
  func marks(in box: Box) -> Int {
    var sum = 0
    for row in 0..<Coverage.size {
      for column in 0..<Coverage.size {
        let (u, v) = (
          (Double(column) + 0.5) / Double(Coverage.size), (Double(row) + 0.5) / Double(Coverage.size)
        )
        let margin = 0.5 / Double(Coverage.size)
        guard u > box.left - margin, u < box.right + margin, v > box.bottom - margin, v < box.top + margin
        else { continue }
        sum += cells[row * Coverage.size + column]
      }
    }
    return sum
  }

  /// Where a rectangle of a size covers least, as the shares of the room that is left of it and above it: the
  /// upper right corner when that is empty, then the other corners, then somewhere else.
  func freestSpot(width: Double, height: Double) -> (fromLeft: Double, fromTop: Double) {
    let steps = (0...8).map { Double($0) / 8 }
    let corners = [(1.0, 0.0), (0, 0), (1, 1), (0, 1)]
    let spots = corners + steps.flatMap { fromTop in steps.map { ($0, fromTop) } }
    let best = spots.map { spot in
      let (left, top) = (spot.0 * (1 - width), 1 - spot.1 * (1 - height))
      return marks(in: Box(left: left, right: left + width, bottom: top - height, top: top))
    }.enumerated().min { $0.element < $1.element }
    return spots[best?.offset ?? 0]
  }
}

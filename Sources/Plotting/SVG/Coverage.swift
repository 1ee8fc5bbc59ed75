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

  /// The corner in which a rectangle of a size covers least; the upper right one when all are empty.
  func freestCorner(width: Double, height: Double) -> (isRight: Bool, isUpper: Bool) {
    let corners = [(true, true), (false, true), (true, false), (false, false)]
    func cost(_ corner: (isRight: Bool, isUpper: Bool)) -> Int {
      var sum = 0
      for row in 0..<Coverage.size {
        for column in 0..<Coverage.size {
          let (u, v) = (
            (Double(column) + 0.5) / Double(Coverage.size), (Double(row) + 0.5) / Double(Coverage.size)
          )
          let isInside =
            (corner.isRight ? u > 1 - width : u < width) && (corner.isUpper ? v > 1 - height : v < height)
          if isInside { sum += cells[row * Coverage.size + column] }
        }
      }
      return sum
    }
    return corners.min { cost($0) < cost($1) } ?? (true, true)
  }
}

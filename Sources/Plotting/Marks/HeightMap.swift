/// The values of a grid with the places they stand at, to find the lines of one value.
struct HeightMap {
  /// A piece of a line.
  struct Segment {
    var x1: Double
    var y1: Double
    var x2: Double
    var y2: Double
  }

  private let grid: Grid
  private let x: [Double]
  private let y: [Double]

  init(_ grid: Grid) {
    self.grid = grid
    x = (0..<grid.columns).map(grid.x.middle)
    y = (0..<grid.rows).map(grid.y.middle)
  }
}

extension HeightMap {
  /// The pieces of the line of one value: marching squares, with the mean of the corners deciding at saddles.
  func segments(at level: Double) -> [Segment] {
    guard grid.columns > 1, grid.rows > 1 else { return [] }
    var result: [Segment] = []
    var below = grid.row(0)
    for row in 1..<grid.rows {
      let above = grid.row(row)
      for column in 1..<grid.columns {
        // From the lower left around.
        let corners = (below[column - 1], below[column], above[column], above[column - 1])
        let isBelow = (corners.0 < level, corners.1 < level, corners.2 < level, corners.3 < level)
        // Most squares have no line in them.
        guard isBelow != (true, true, true, true), isBelow != (false, false, false, false) else { continue }
        append(
          to: &result, level, [corners.0, corners.1, corners.2, corners.3], x[column - 1]...x[column],
          y[row - 1]...y[row])
      }
      below = above
    }
    return result
  }

  private func append(
    to segments: inout [Segment], _ level: Double, _ corners: [Double], _ x: ClosedRange<Double>,
    _ y: ClosedRange<Double>
  ) {
    guard corners.allSatisfy(\.isFinite) else { return }
    let (width, height) = (x.upperBound - x.lowerBound, y.upperBound - y.lowerBound)
    let crossings = (0..<4).compactMap { side -> (x: Double, y: Double)? in
      let (a, b) = (corners[side], corners[(side + 1) % 4])
      guard (a < level) != (b < level) else { return nil }
      let share = (level / 2 - a / 2) / (b / 2 - a / 2)
      switch side {
      case 0: return (x.lowerBound + share * width, y.lowerBound)
      case 1: return (x.upperBound, y.lowerBound + share * height)
      case 2: return (x.upperBound - share * width, y.upperBound)
      default: return (x.lowerBound, y.upperBound - share * height)
      }
    }
    var pairs: [(Int, Int)] = crossings.count == 2 ? [(0, 1)] : []
    if crossings.count == 4 {
      let isMiddleBelow = corners.reduce(0) { $0 + $1 / 4 } < level
      pairs = isMiddleBelow == (corners[0] < level) ? [(0, 1), (2, 3)] : [(3, 0), (1, 2)]
    }
    for (a, b) in pairs {
      segments.append(
        Segment(x1: crossings[a].x, y1: crossings[a].y, x2: crossings[b].x, y2: crossings[b].y))
    }
  }
}

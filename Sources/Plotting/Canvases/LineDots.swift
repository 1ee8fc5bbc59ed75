/// The dots that one pen has drawn as parts of lines.
///
/// A million points in random order make a line that crosses the picture a million times. After the first
/// thousands of crossings all but the ends that stand out is drawn, so it pays to know a convex set of drawn
/// dots, the core: a line from one of them to another changes nothing, and one that comes from outside is done
/// where it begins (scripts/bench, line of 10^6 points at random).
struct LineDots {
  /// How much of a dot is drawn.
  enum State: UInt8 {
    case missing, drawn, core
  }

  private let columns: Int
  private var states: [State]
  private var lines = 0
  /// How many lines are drawn before the next search, which costs as much as a thousand of them.
  private var nextSearch = 2048

  /// A core with more corners than that is not worth the search.
  private static let mostCuts = 40

  /// Nothing drawn yet, on so many dots across and down.
  init(columns: Int, rows: Int) {
    self.columns = columns
    states = Array(repeating: .missing, count: columns * rows)
  }
}

extension LineDots {
  /// How much of a dot is drawn; a dot that is missing may be drawn now.
  @inline(__always)
  subscript(_ dot: Dot) -> State {
    get { states[dot.row &* columns &+ dot.column] }
    set { states[dot.row &* columns &+ dot.column] = newValue }
  }

  /// Counts a line, and looks for the core now and then.
  @inline(__always)
  mutating func countLine() {
    lines &+= 1
    if lines == nextSearch { findCore() }
  }

  /// From the whole picture, half planes are cut off that hold the dots that are missing, the nearest to the
  /// middle first; what is left is the core.
  private mutating func findCore() {
    nextSearch &*= 2
    var missing: [Dot] = []
    var (sumX, sumY) = (0, 0)
    for (index, state) in states.enumerated() {
      let dot = dot(index)
      if state == .missing {
        missing.append(dot)
      } else {
        sumX += dot.column
        sumY += dot.row
      }
    }
    let drawn = Double(states.count - missing.count)
    guard drawn > 0 else { return }
    let middle = (x: Double(sumX) / drawn, y: Double(sumY) / drawn)
    // Measured in the picture's sides, so that a flat picture is cut as a square one is.
    let (width, height) = (Double(columns), Double(states.count / columns))
    let nearestFirst = missing.map { dot in
      let way = (x: (Double(dot.column) - middle.x) / width, y: (Double(dot.row) - middle.y) / height)
      let cut = HalfPlane(edge: dot, normal: (way.x / width, way.y / height))
      return (dot, cut, distance: way.x * way.x + way.y * way.y)
    }.sorted { $0.distance < $1.distance }
    var cuts: [HalfPlane] = []
    for (dot, cut, _) in nearestFirst where cuts.allSatisfy({ $0.depth(dot) > 0 }) {
      guard cuts.count < LineDots.mostCuts else { return }
      cuts.append(cut)
    }
    for index in states.indices where states[index] == .drawn {
      let dot = dot(index)
      if cuts.allSatisfy({ $0.depth(dot) > $0.margin }) { states[index] = .core }
    }
  }

  private func dot(_ index: Int) -> Dot { Dot(column: index % columns, row: index / columns) }
}

/// What lies on one side of a straight line.
private struct HalfPlane {
  /// A dot on its edge.
  let edge: Dot
  /// Points out of it.
  let normal: (x: Double, y: Double)

  /// How far inside a dot lies, in units of the normal.
  @inline(__always)
  func depth(_ dot: Dot) -> Double {
    Double(edge.column &- dot.column) * normal.x + Double(edge.row &- dot.row) * normal.y
  }

  /// The depth of one dot from the edge: the dots of a line lie no further than that from the line itself.
  var margin: Double { max(normal.x.magnitude, normal.y.magnitude) }
}

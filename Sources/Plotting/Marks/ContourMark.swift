/// Lines along which a grid has one value, as heights on a map.
public struct ContourMark: Mark {
  private let grid: Grid
  /// The values that have a line.
  public let levels: [Double]
  private let colors: ColorMap
  private let isLabelled: Bool

  /// Columns and rows beyond which lines follow means: more cannot be told apart.
  private static let resolution = 400

  /// Lines at these values, each with its value written on it once.
  public init(_ grid: Grid, levels: [Double], colors: ColorMap = .viridis, isLabelled: Bool = true) {
    self.grid = grid
    self.levels = levels.filter(\.isFinite).sorted()
    self.colors = colors
    self.isLabelled = isLabelled
  }

  /// About `count` round values that lie inside the range of a grid, in steps of factors where most of it
  /// extends over orders of magnitude.
  public static func levels(_ grid: Grid, count: Int) -> [Double] {
    let range = grid.suitingScale
    guard range.low < range.high else { return [] }
    let scale = Scale(low: range.low, high: range.high, isLog: range.isLog)
    return Ticks(Axis(), scale, limit: max(1, count)).values.filter { scale.isInside($0) }
  }

  /// Its name where it is kept.
  public static let kind = "contours"

  /// Itself taken apart.
  public var parts: MarkParts {
    MarkParts(
      Self.kind, rows: [grid.values, levels] + grid.positionRows,
      numbers: grid.numbers + [isLabelled ? 1 : 0] + colors.numbers)
  }

  /// The mark of such parts; nil when they are not those of one.
  public init?(parts: MarkParts) {
    guard let grid = Grid(parts: parts, positionsAt: 2), let levels = parts.row(1)?.all,
      let isLabelled = parts.number(Grid.numberCount)
    else { return nil }
    let colors = parts.numbers.dropFirst(Grid.numberCount + 1).map(Color.init(number:))
    self.init(grid, levels: levels, colors: ColorMap(colors), isLabelled: isLabelled != 0)
  }

  /// Its sign in a legend.
  public var sign: LegendSign { .none }
  /// Its name among the groups of an SVG file.
  public var groupName: String { "contours" }

  /// What it covers.
  public func reach(_ axes: AxisKinds) -> Reach {
    var reach = grid.reach(axes)
    // Lines go from middle to middle.
    reach.x = grid.x.middles(isLog: axes.isXLog)
    reach.y = grid.y.middles(isLog: axes.isYLog)
    return reach
  }

  /// Draws it.
  public func draw<S: Surface>(on surface: inout S, in frame: Frame, with pen: Pen) {
    var labels: [(text: String, at: Place, pen: Pen)] = []
    func touches(_ place: Place, _ size: (width: Double, height: Double)) -> Bool {
      labels.contains { label in
        let width = (size.width + surface.size(of: label.text).width) / 2
        return abs(place.u - label.at.u) < width && abs(place.v - label.at.v) < size.height
      }
    }
    let map = HeightMap(grid.reduced(to: ContourMark.resolution))
    for (index, level) in levels.enumerated() {
      let share = levels.count > 1 ? Double(index) / Double(levels.count - 1) : 0.5
      // The brightest end of the passage cannot be read on white.
      let ink = pen.colored(pen.isAlone ? colors.color(at: 0.15 + 0.7 * share) : pen.color)
      let size = surface.size(of: shortNumber(level))
      var best: (room: Double, place: Place)?
      for segment in map.segments(at: level) {
        let ends = (frame.place(segment.x1, segment.y1), frame.place(segment.x2, segment.y2))
        surface.stroke(ends.0, ends.1, with: ink)
        let middle = Place(u: (ends.0.u + ends.1.u) / 2, v: (ends.0.v + ends.1.v) / 2)
        let room = ContourMark.room(around: middle, labels.map(\.at))
        if middle.isInside, room > best?.room ?? 0.06, !touches(middle, size) { best = (room, middle) }
      }
      if isLabelled, let best { labels.append((shortNumber(level), best.place, ink)) }
    }
    for label in labels { surface.write(label.text, at: label.at, with: label.pen) }
  }

  /// The distance to the nearest label or edge.
  private static func room(around place: Place, _ labels: [Place]) -> Double {
    let edges = min(place.u, 1 - place.u, place.v, 1 - place.v)
    return labels.reduce(min(edges, 0.2)) { room, label in
      let (du, dv) = (place.u - label.u, place.v - label.v)
      return min(room, (du * du + dv * dv).squareRoot())
    }
  }
}

/// The numbers of a grid as colours or shades.
public struct HeatMark: Mark {
  private let grid: Grid
  private let meaning: Shades

  /// A grid seen through shades.
  public init(_ grid: Grid, _ shades: Shades) {
    self.grid = grid
    meaning = shades
  }

  /// Its name where it is kept.
  public static let kind = "heatmap"
  /// Itself taken apart.
  public var parts: MarkParts {
    MarkParts(Self.kind, rows: [grid.values] + grid.positionRows, numbers: grid.numbers + meaning.numbers)
  }

  /// The mark of such parts; nil when they are not those of one.
  public init?(parts: MarkParts) {
    guard let grid = Grid(parts: parts, positionsAt: 1),
      let shades = Shades(numbers: parts.numbers.dropFirst(Grid.numberCount))
    else {
      return nil
    }
    self.init(grid, shades)
  }

  /// Its sign in a legend.
  public var sign: LegendSign { .none }
  /// Its name among the groups of an SVG file.
  public var groupName: String { "heatmap" }
  /// What its shades mean.
  public var shades: Shades? { meaning }

  /// What it covers.
  public func reach(_ axes: AxisKinds) -> Reach {
    var reach = grid.reach(axes)
    // The points are the data on a map of classes; what is missing from the map itself is still said.
    if !meaning.isContinuous, reach.notFinite == 0 { reach.points = 0 }
    return reach
  }

  /// Draws it.
  public func draw<S: Surface>(on surface: inout S, in frame: Frame, with pen: Pen) {
    if let raster = Raster(grid, meaning, in: frame) { surface.paint(raster) }
  }
}

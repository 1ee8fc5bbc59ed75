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
    MarkParts(Self.kind, rows: [grid.values], numbers: grid.numbers + meaning.numbers)
  }

  /// The mark of such parts; nil when they are not those of one.
  public init?(parts: MarkParts) {
    guard let grid = Grid(parts: parts),
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
  public func reach(_ axes: AxisKinds) -> Reach { grid.reach() }

  /// Draws it.
  public func draw<S: Surface>(on surface: inout S, in frame: Frame, with pen: Pen) {
    let corners = (
      frame.place(grid.x.lowerBound, grid.y.lowerBound), frame.place(grid.x.upperBound, grid.y.upperBound)
    )
    guard corners.0.isDrawable, corners.1.isDrawable else { return }
    let box = Box(
      left: min(corners.0.u, corners.1.u), right: max(corners.0.u, corners.1.u),
      bottom: min(corners.0.v, corners.1.v), top: max(corners.0.v, corners.1.v))
    surface.paint(
      Raster(
        grid: grid, shades: meaning, isMirrored: frame.x.isReversed, isUpsideDown: frame.y.isReversed),
      over: box)
  }
}

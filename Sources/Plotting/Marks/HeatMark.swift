/// The numbers of a grid as colours or shades.
public struct HeatMark: Mark {
  private let grid: Grid
  private let meaning: Shades

  /// A grid seen through shades.
  public init(_ grid: Grid, _ shades: Shades) {
    self.grid = grid
    meaning = shades
  }

  public static let kind = "heatmap"
  public var parts: MarkParts {
    MarkParts(Self.kind, rows: [grid.values], numbers: grid.numbers + meaning.numbers)
  }

  public init?(parts: MarkParts) {
    guard let grid = Grid(parts: parts),
      let shades = Shades(numbers: parts.numbers.dropFirst(Grid.numberCount))
    else {
      return nil
    }
    self.init(grid, shades)
  }

  public var sign: LegendSign { .none }
  public var groupName: String { "heatmap" }
  public var shades: Shades? { meaning }

  public func reach(_ axes: AxisKinds) -> Reach { grid.reach() }

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

/// Intervals of uncertainty, upright at their positions.
public struct ErrorBarMark: Mark {
  private let intervals: Intervals

  /// From `low` to `high` at each of `x`.
  public init(x: any Samples, low: any Samples, high: any Samples) {
    intervals = Intervals(x: x, low: low, high: high)
  }

  /// Its name where it is kept.
  public static let kind = "error bars"
  /// Itself taken apart.
  public var parts: MarkParts { intervals.parts(Self.kind) }

  /// The mark of such parts; nil when they are not those of one.
  public init?(parts: MarkParts) {
    guard let intervals = Intervals(parts: parts) else { return nil }
    self.intervals = intervals
  }

  /// Its sign in a legend.
  public var sign: LegendSign { .line }
  /// Its name among the groups of an SVG file.
  public var groupName: String { "error bars" }

  /// How far a cap reaches to each side, as a share of the width.
  private static let cap = 0.008

  /// What it covers, caps included.
  public func reach(_ axes: AxisKinds) -> Reach {
    var reach = intervals.reach(axes)
    // The points they belong to are counted where these are drawn.
    (reach.points, reach.notFinite, reach.notPositive) = (0, 0, 0)
    guard reach.x.low < reach.x.high else { return reach }
    let room = Cells(covering: reach.x, margin: ErrorBarMark.cap, count: 1, isLog: axes.isXLog).range
    reach.x = Extent(room.lowerBound, room.upperBound)
    return reach
  }

  /// Draws it.
  public func draw<S: Surface>(on surface: inout S, in frame: Frame, with pen: Pen) {
    // In a narrow picture of characters it would be lost.
    let cap = max(ErrorBarMark.cap, 2 / Double(max(1, surface.columns)))
    intervals.forEach(in: frame) { bottom, top in
      surface.stroke(bottom, top, with: pen)
      for end in [bottom, top] {
        surface.stroke(Place(u: end.u - cap, v: end.v), Place(u: end.u + cap, v: end.v), with: pen)
      }
    }
  }
}

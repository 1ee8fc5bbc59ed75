/// Intervals of uncertainty, upright at their positions.
public struct ErrorBarMark: Mark {
  private let x: any Samples
  private let low: any Samples
  private let high: any Samples

  /// From `low` to `high` at each of `x`.
  public init(x: any Samples, low: any Samples, high: any Samples) {
    self.x = x
    self.low = low
    self.high = high
  }

  /// Its name where it is kept.
  public static let kind = "error bars"
  /// Itself taken apart.
  public var parts: MarkParts { MarkParts(Self.kind, rows: [x, low, high]) }

  /// The mark of such parts; nil when they are not those of one.
  public init?(parts: MarkParts) {
    guard let x = parts.row(0), let low = parts.row(1), let high = parts.row(2) else { return nil }
    self.init(x: x, low: low, high: high)
  }

  /// Its sign in a legend.
  public var sign: LegendSign { .line }
  /// Its name among the groups of an SVG file.
  public var groupName: String { "error bars" }

  /// What it covers.
  public func reach(_ axes: AxisKinds) -> Reach { Reach(x, low, axes).union(Reach(x, high, axes)) }

  /// Draws it.
  public func draw<S: Surface>(on surface: inout S, in frame: Frame, with pen: Pen) {
    let (x, low, high) = (x.all, low.all, high.all)
    let cap = 2 / Double(surface.columns)
    for index in 0..<min(x.count, low.count, high.count) {
      let (bottom, top) = (frame.place(x[index], low[index]), frame.place(x[index], high[index]))
      surface.stroke(bottom, top, with: pen)
      for end in [bottom, top] {
        surface.stroke(Place(u: end.u - cap, v: end.v), Place(u: end.u + cap, v: end.v), with: pen)
      }
    }
  }
}

/// The region between two curves over the same positions: an interval of confidence, for example.
public struct BandMark: Mark {
  private let intervals: Intervals

  /// From `low` to `high` over `x`, which ascends.
  public init(x: any Samples, low: any Samples, high: any Samples) {
    intervals = Intervals(x: x, low: low, high: high)
  }

  /// Its name where it is kept.
  public static let kind = "band"
  /// Itself taken apart.
  public var parts: MarkParts { intervals.parts(Self.kind) }

  /// The mark of such parts; nil when they are not those of one.
  public init?(parts: MarkParts) {
    guard let intervals = Intervals(parts: parts) else { return nil }
    self.intervals = intervals
  }

  /// Its sign in a legend.
  public var sign: LegendSign { .shade }
  /// Its name among the groups of an SVG file.
  public var groupName: String { "band" }

  /// What it covers.
  public func reach(_ axes: AxisKinds) -> Reach { intervals.reach(axes) }

  /// Draws it.
  public func draw<S: Surface>(on surface: inout S, in frame: Frame, with pen: Pen) {
    var region: [Slice] = []
    intervals.forEach(in: frame) { bottom, top in
      guard bottom.isDrawable, top.isDrawable else {
        surface.shade(region, with: pen)
        region = []
        return
      }
      let (least, most) = (min(1, max(0, min(bottom.v, top.v))), min(1, max(0, max(bottom.v, top.v))))
      // What cannot be told apart from the slice before widens it.
      if let last = region.indices.last, (bottom.u - region[last].u) * Double(surface.columns) < 0.5 {
        region[last].bottom = min(region[last].bottom, least)
        region[last].top = max(region[last].top, most)
      } else {
        region.append(Slice(u: min(1, max(0, bottom.u)), bottom: least, top: most))
      }
    }
    surface.shade(region, with: pen)
  }
}

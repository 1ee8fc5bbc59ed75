/// The region between two curves over the same positions: an interval of confidence, for example.
public struct BandMark: Mark {
  private let x: any Samples
  private let low: any Samples
  private let high: any Samples

  /// From `low` to `high` over `x`, which ascends.
  public init(x: any Samples, low: any Samples, high: any Samples) {
    self.x = x
    self.low = low
    self.high = high
  }

  /// Its name where it is kept.
  public static let kind = "band"
  /// Itself taken apart.
  public var parts: MarkParts { MarkParts(Self.kind, rows: [x, low, high]) }

  /// The mark of such parts; nil when they are not those of one.
  public init?(parts: MarkParts) {
    guard let x = parts.row(0), let low = parts.row(1), let high = parts.row(2) else { return nil }
    self.init(x: x, low: low, high: high)
  }

  /// Its sign in a legend.
  public var sign: LegendSign { .shade }
  /// Its name among the groups of an SVG file.
  public var groupName: String { "band" }

  /// What it covers.
  public func reach(_ axes: AxisKinds) -> Reach { Reach(x, low, axes).union(Reach(x, high, axes)) }

  /// Draws it.
  public func draw<S: Surface>(on surface: inout S, in frame: Frame, with pen: Pen) {
    let (x, low, high) = (x.all, low.all, high.all)
    var region: [Slice] = []
    for index in 0..<min(x.count, low.count, high.count) {
      let (bottom, top) = (frame.place(x[index], low[index]), frame.place(x[index], high[index]))
      guard bottom.isDrawable, top.isDrawable else {
        surface.shade(region, with: pen)
        region = []
        continue
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

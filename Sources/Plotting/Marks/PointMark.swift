/// Points by themselves.
public struct PointMark: Mark {
  private let x: any Samples
  private let y: any Samples

  /// More points than this are dots rather than signs.
  private static let markerLimit = 150

  /// The points (x, y).
  public init(x: any Samples, y: any Samples) {
    self.x = x
    self.y = y
  }

  /// Its name where it is kept.
  public static let kind = "points"
  /// Itself taken apart.
  public var parts: MarkParts { MarkParts(Self.kind, rows: [x, y]) }

  /// The mark of such parts; nil when they are not those of one.
  public init?(parts: MarkParts) {
    guard let x = parts.row(0), let y = parts.row(1) else { return nil }
    self.init(x: x, y: y)
  }

  /// Its sign in a legend.
  public var sign: LegendSign { .point }
  /// Its name among the groups of an SVG file.
  public var groupName: String { "points" }

  /// What it covers.
  public func reach(_ axes: AxisKinds) -> Reach { Reach(x, y, axes) }

  /// Draws it.
  public func draw<S: Surface>(on surface: inout S, in frame: Frame, with pen: Pen) {
    let isMarker = min(x.count, y.count) <= PointMark.markerLimit
    forEachPiece(x, y) { xs, ys in
      for index in xs.indices {
        let place = frame.place(xs[index], ys[index])
        // nan compares false.
        if place.isInside { surface.point(place, isMarker: isMarker, with: pen) }
      }
    }
  }
}

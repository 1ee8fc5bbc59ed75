/// A line through points, with a gap where one of them cannot be drawn.
public struct LineMark: Mark {
  private let x: any Samples
  private let y: any Samples

  /// Through the points (x, y) in their order.
  public init(x: any Samples, y: any Samples) {
    self.x = x
    self.y = y
  }

  /// Its name where it is kept.
  public static let kind = "line"
  /// Itself taken apart.
  public var parts: MarkParts { MarkParts(Self.kind, rows: [x, y]) }

  /// The mark of such parts; nil when they are not those of one.
  public init?(parts: MarkParts) {
    guard let x = parts.row(0), let y = parts.row(1) else { return nil }
    self.init(x: x, y: y)
  }

  /// Its sign in a legend.
  public var sign: LegendSign { .line }
  /// Its name among the groups of an SVG file.
  public var groupName: String { "line" }

  /// What it covers.
  public func reach(_ axes: AxisKinds) -> Reach { Reach(x, y, axes) }

  /// Draws it.
  public func draw<S: Surface>(on surface: inout S, in frame: Frame, with pen: Pen) {
    var tracer = Tracer(columns: surface.columns)
    forEachPiece(x, y) { xs, ys in
      var local = tracer
      for index in xs.indices {
        let (x, y) = (xs[index], ys[index])
        // An infinity would draw a line to the edge.
        let isFinite = x.magnitude < .infinity && y.magnitude < .infinity
        local.move(
          to: isFinite ? frame.place(x, y) : Place(u: .nan, v: .nan), on: &surface, with: pen)
      }
      tracer = local
    }
    tracer.lift(on: &surface, with: pen)
  }
}

/// A line through points, with a gap where one of them cannot be drawn.
public struct LineMark: Mark {
  private let x: any Samples
  private let y: any Samples

  /// Through the points (x, y) in their order.
  public init(x: any Samples, y: any Samples) {
    self.x = x
    self.y = y
  }

  public static let kind = "line"
  public var parts: MarkParts { MarkParts(Self.kind, rows: [x, y]) }

  public init?(parts: MarkParts) {
    guard let x = parts.row(0), let y = parts.row(1) else { return nil }
    self.init(x: x, y: y)
  }

  public var sign: LegendSign { .line }
  public var groupName: String { "line" }

  public func reach(_ axes: AxisKinds) -> Reach { Reach(x, y, axes) }

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

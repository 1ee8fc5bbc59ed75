/// A straight line across the panel at a value of one axis.
public struct RuleMark: Mark {
  private let value: Double
  private let isUpright: Bool

  /// An upright line at a value of x.
  public init(x: Double) {
    value = x
    isUpright = true
  }

  /// A level line at a value of y.
  public init(y: Double) {
    value = y
    isUpright = false
  }

  /// Its name where it is kept.
  public static let kind = "rule"
  /// Itself taken apart.
  public var parts: MarkParts { MarkParts(Self.kind, numbers: [value, isUpright ? 1 : 0]) }

  /// The mark of such parts; nil when they are not those of one.
  public init?(parts: MarkParts) {
    guard parts.numbers.count == 2 else { return nil }
    (value, isUpright) = (parts.numbers[0], parts.numbers[1] != 0)
  }

  /// Its sign in a legend.
  public var sign: LegendSign { .line }
  /// Its name among the groups of an SVG file.
  public var groupName: String { "rule" }

  /// What it covers.
  public func reach(_ axes: AxisKinds) -> Reach {
    var reach = Reach()
    if isUpright { reach.x = Extent(value) } else { reach.y = Extent(value) }
    return reach
  }

  /// Draws it.
  public func draw<S: Surface>(on surface: inout S, in frame: Frame, with pen: Pen) {
    // Dashed, to be told apart from data.
    let steps = isUpright ? 20 : 40
    for step in 0..<steps {
      let (from, to) = (Double(step) / Double(steps), (Double(step) + 0.5) / Double(steps))
      let place = isUpright ? frame.x.place(of: value) : frame.y.place(of: value)
      let ends =
        isUpright
        ? (Place(u: place, v: from), Place(u: place, v: to))
        : (Place(u: from, v: place), Place(u: to, v: place))
      surface.stroke(ends.0, ends.1, with: pen)
    }
  }
}

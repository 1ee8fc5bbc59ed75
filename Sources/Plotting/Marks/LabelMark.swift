/// Texts at places.
public struct LabelMark: Mark {
  /// A text and the point it stands at.
  public struct Label: Sendable {
    var text: String
    var x: Double
    var y: Double

    /// A text whose middle stands at a point.
    public init(_ text: String, x: Double, y: Double) {
      self.text = text
      self.x = x
      self.y = y
    }
  }

  private let labels: [Label]

  /// These texts.
  public init(_ labels: [Label]) { self.labels = labels }

  /// Its name where it is kept.
  public static let kind = "labels"

  /// Itself taken apart.
  public var parts: MarkParts {
    MarkParts(Self.kind, rows: [labels.map(\.x), labels.map(\.y)], texts: labels.map(\.text))
  }

  /// The mark of such parts; nil when they are not those of one.
  public init?(parts: MarkParts) {
    guard let x = parts.row(0)?.all, let y = parts.row(1)?.all, x.count == y.count,
      x.count == parts.texts.count
    else {
      return nil
    }
    self.init(x.indices.map { Label(parts.texts[$0], x: x[$0], y: y[$0]) })
  }

  /// Its sign in a legend.
  public var sign: LegendSign { .none }
  /// Its name among the groups of an SVG file.
  public var groupName: String { "labels" }

  /// What it covers.
  public func reach(_ axes: AxisKinds) -> Reach {
    Reach(labels.map(\.x), labels.map(\.y), axes)
  }

  /// Draws it.
  public func draw<S: Surface>(on surface: inout S, in frame: Frame, with pen: Pen) {
    for label in labels {
      let place = frame.place(label.x, label.y)
      if place.isInside { surface.write(label.text, at: place, with: pen) }
    }
  }
}

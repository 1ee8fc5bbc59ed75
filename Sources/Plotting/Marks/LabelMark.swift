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
    // What they are written on counts the points.
    var reach = Reach(labels.map(\.x), labels.map(\.y), axes)
    (reach.points, reach.notFinite, reach.notPositive) = (0, 0, 0)
    return reach
  }

  /// Draws it, or nothing where the texts would run into each other.
  public func draw<S: Surface>(on surface: inout S, in frame: Frame, with pen: Pen) {
    var last: (place: Place, width: Double)?
    for label in labels {
      let (place, width) = (frame.place(label.x, label.y), surface.size(of: label.text).width)
      // Texts of one row follow each other; a space between them belongs to both.
      if let last, last.place.v == place.v, abs(place.u - last.place.u) < (last.width + width) / 2.4 {
        return
      }
      last = (place, width)
    }
    for label in labels {
      let place = frame.place(label.x, label.y)
      if place.isInside { surface.write(label.text, at: place, with: pen) }
    }
  }
}

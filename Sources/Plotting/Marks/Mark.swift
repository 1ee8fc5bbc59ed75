/// Something drawn between axes. A kind of picture is one or several marks; a new one is one file.
public protocol Mark {
  /// What it is called where it is kept.
  static var kind: String { get }
  /// Itself taken apart.
  var parts: MarkParts { get }
  /// A mark of parts; nil when they are not those of one.
  init?(parts: MarkParts)
  /// What it covers, for scales, and what of it cannot be drawn.
  func reach(_ axes: AxisKinds) -> Reach
  /// What it looks like in a legend.
  var sign: LegendSign { get }
  /// What it is called in the groups of an SVG file.
  var groupName: String { get }
  /// What its shades mean; nil for marks without shades.
  var shades: Shades? { get }
  /// Draws it.
  func draw<S: Surface>(on surface: inout S, in frame: Frame, with pen: Pen)
}

extension Mark {
  /// Most marks have no shades.
  public var shades: Shades? { nil }
}

/// What stands beside a name in a legend.
public enum LegendSign: Int, Comparable, Sendable {
  case none, shade, fill, line, point

  /// Of several marks the one that stands farthest above represents them.
  public static func < (a: LegendSign, b: LegendSign) -> Bool { a.rawValue < b.rawValue }
}

/// The scales of a panel: from values to the unit square.
public struct Frame {
  /// To the right.
  public let x: Scale
  /// Upwards.
  public let y: Scale

  /// The place of a point; outside of the unit square beyond the ends of the axes.
  @inline(__always)
  func place(_ x: Double, _ y: Double) -> Place { Place(u: self.x.place(of: x), v: self.y.place(of: y)) }
}

/// A point of the unit square: `u` to the right, `v` upwards.
public struct Place: Equatable, Sendable {
  var u: Double
  var v: Double
}

extension Place {
  /// Whether it lies in the unit square; rounding may put what stands on an edge a little beyond.
  @inline(__always)
  var isInside: Bool { u > -1e-9 && u < 1 + 1e-9 && v > -1e-9 && v < 1 + 1e-9 }

  /// Whether it lies anywhere.
  var isDrawable: Bool { !u.isNaN && !v.isNaN }
}

/// A rectangle of the unit square.
public struct Box: Equatable, Sendable {
  var left: Double
  var right: Double
  var bottom: Double
  var top: Double
}

extension Box {
  /// The rectangle between two corners, cut to the unit square; nil when nothing of it is left.
  init?(_ a: Place, _ b: Place) {
    guard a.isDrawable, b.isDrawable else { return nil }
    left = max(0, min(a.u, b.u))
    right = min(1, max(a.u, b.u))
    bottom = max(0, min(a.v, b.v))
    top = min(1, max(a.v, b.v))
    guard left <= right, bottom <= top else { return nil }
  }

  /// The whole unit square.
  static let whole = Box(left: 0, right: 1, bottom: 0, top: 1)
}

/// What marks draw on: the unit square, seen through characters or as an SVG drawing.
///
/// Places may lie outside of the square; a surface leaves out what does.
public protocol Surface {
  /// How many places across can be told apart.
  var columns: Int { get }
  /// How many places upwards can be told apart.
  var rows: Int { get }
  /// A straight line.
  mutating func stroke(_ start: Place, _ end: Place, with pen: Pen)
  /// Straight lines from each place to the next one.
  mutating func stroke(through places: Span<Place>, with pen: Pen)
  /// A point; `isMarker` asks for a sign that is seen by itself rather than for a dot among many.
  mutating func point(_ place: Place, isMarker: Bool, with pen: Pen)
  /// A full bar, which grows in a direction from its base; one that `joins` its neighbours leaves no gap.
  mutating func fill(_ box: Box, growing direction: Direction, joins: Bool, with pen: Pen)
  /// A lightly shaded region between two curves, from the left to the right.
  mutating func shade(_ region: [Slice], with pen: Pen)
  /// Colours or shades all over a rectangle.
  mutating func paint(_ raster: Raster)
  /// The shares of the square that a text takes, with a little room around it.
  func size(of text: String) -> (width: Double, height: Double)
  /// A text in the middle of which the place lies.
  mutating func write(_ text: String, at place: Place, with pen: Pen)
}

/// Where a bar grows to.
public enum Direction: Sendable {
  case up, down, right, left
}

/// A region's part at one place across.
public struct Slice: Equatable, Sendable {
  var u: Double
  var bottom: Double
  var top: Double
}

extension Surface {
  /// Each line by itself.
  public mutating func stroke(through places: Span<Place>, with pen: Pen) {
    guard places.count > 1 else { return }
    for index in 1..<places.count { stroke(places[index - 1], places[index], with: pen) }
  }

  /// The part of a straight line that lies in the unit square (Liang and Barsky); nil when none does.
  static func clipped(_ start: Place, _ end: Place) -> (Place, Place)? {
    guard start.isDrawable, end.isDrawable else { return nil }
    if start.isInside, end.isInside { return (start, end) }
    // So far away the direction does not matter any more, but infinity would.
    func near(_ x: Double) -> Double { min(1e9, max(-1e9, x)) }
    let (a, b) = (Place(u: near(start.u), v: near(start.v)), Place(u: near(end.u), v: near(end.v)))
    let (du, dv) = (b.u - a.u, b.v - a.v)
    var (from, to) = (0.0, 1.0)
    for (speed, room) in [(-du, a.u), (du, 1 - a.u), (-dv, a.v), (dv, 1 - a.v)] {
      if speed == 0 {
        if room < 0 { return nil }
      } else if speed < 0 {
        from = max(from, room / speed)
      } else {
        to = min(to, room / speed)
      }
    }
    guard from <= to else { return nil }
    return (Place(u: a.u + from * du, v: a.v + from * dv), Place(u: a.u + to * du, v: a.v + to * dv))
  }
}

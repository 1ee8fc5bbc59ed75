/// Follows a line point by point and strokes what a surface can tell apart.
///
/// Of the points that lie in one column only the first, the lowest, the highest and the last matter, so a
/// million points cost a few hundred strokes.
struct Tracer {
  private let columns: Double
  private var column = Int.min
  private var first = Place(u: 0, v: 0)
  private var last = Place(u: 0, v: 0)
  private var low = 0.0
  private var high = 0.0
  private var isOpen = false
  /// Whether the line has been stroked since it was begun.
  private var hasStroked = false

  /// A line on a surface with so many columns.
  init(columns: Int) { self.columns = Double(columns) }
}

extension Tracer {
  /// Goes on to a place, or leaves a gap where there is none.
  @inline(__always)
  mutating func move<S: Surface>(to place: Place, on surface: inout S, with pen: Pen) {
    guard place.isDrawable else { return lift(on: &surface, with: pen) }
    // Everything beyond an edge is one column.
    let next = Int((min(1.01, max(-0.01, place.u)) + 1) * columns)
    if isOpen, next == column {
      if place.v < low { low = place.v }
      if place.v > high { high = place.v }
      last = place
      return
    }
    if isOpen {
      if hasColumn { closeColumn(on: &surface, with: pen) }
      surface.stroke(last, place, with: pen)
      hasStroked = true
    }
    isOpen = true
    column = next
    (first, last, low, high) = (place, place, place.v, place.v)
  }

  /// Ends the line; the next place begins another.
  mutating func lift<S: Surface>(on surface: inout S, with pen: Pen) {
    guard isOpen else { return }
    if hasColumn { closeColumn(on: &surface, with: pen) }
    // A point between gaps would not be seen otherwise.
    if !hasStroked { surface.point(last, isMarker: true, with: pen) }
    isOpen = false
    hasStroked = false
  }

  /// Whether there is more than one place in the column.
  private var hasColumn: Bool { low < high || first != last }

  private mutating func closeColumn<S: Surface>(on surface: inout S, with pen: Pen) {
    hasStroked = true
    if low < min(first.v, last.v) || high > max(first.v, last.v) {
      // Up and down at one place: elsewhere the line would look twice as thick.
      let (bottom, top) = (Place(u: first.u, v: low), Place(u: first.u, v: high))
      surface.stroke(first, bottom, with: pen)
      surface.stroke(bottom, top, with: pen)
      surface.stroke(top, last, with: pen)
    } else {
      surface.stroke(first, last, with: pen)
    }
  }
}

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
  /// What is to be stroked, up to the first place in the column: in place, because appending to an array asks each
  /// time whether anybody else has it.
  private var path = InlineArray<256, Place>(repeating: Place(u: 0, v: 0))
  /// How many places there are in it; 0 where no line has been begun.
  private var count = 0
  /// Whether a part of the line has been stroked.
  private var isContinued = false

  /// Beyond so many, the path may have no room for a column and the place after it.
  private static let fullCount = 252

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
    if count > 0 {
      if next == column {
        if place.v < low { low = place.v }
        if place.v > high { high = place.v }
        last = place
        return
      }
      if hasColumn { closeColumn() }
      if count > Tracer.fullCount { strokePath(on: &surface, with: pen) }
    }
    append(place)
    column = next
    (first, last, low, high) = (place, place, place.v, place.v)
  }

  /// Ends the line; the next place begins another.
  mutating func lift<S: Surface>(on surface: inout S, with pen: Pen) {
    guard count > 0 else { return }
    if hasColumn { closeColumn() }
    // A point between gaps would not be seen otherwise.
    if count == 1, !isContinued { surface.point(last, isMarker: true, with: pen) }
    strokePath(on: &surface, with: pen)
    (count, isContinued) = (0, false)
  }

  /// Strokes the path; its last place begins the next one.
  private mutating func strokePath<S: Surface>(on surface: inout S, with pen: Pen) {
    surface.stroke(through: path.span.extracting(0..<count), with: pen)
    path[0] = path[count - 1]
    (count, isContinued) = (1, true)
  }

  @inline(__always)
  private mutating func append(_ place: Place) {
    path[count] = place
    count += 1
  }

  /// Whether there is more than one place in the column.
  private var hasColumn: Bool { low < high || first != last }

  private mutating func closeColumn() {
    if low < min(first.v, last.v) || high > max(first.v, last.v) {
      // Up and down at one place: elsewhere the line would look twice as thick.
      append(Place(u: first.u, v: low))
      append(Place(u: first.u, v: high))
    }
    append(last)
  }
}

/// The dots that one pen has drawn, remembered once it has drawn so many lines that most of the next ones
/// change nothing.
///
/// A million points in random order make a line that crosses the picture a million times; drawing it dot by
/// dot takes eight times as long as looking whether there is anything left to draw (scripts/bench, line of 10^6
/// points at random).
struct Clutter {
  private let width: Int
  private var drawn: [Bool] = []
  private var lines = 0

  /// Lines between two looks; a look costs as much as some hundred of them.
  private static let interval = 8192

  /// Nothing drawn yet, on so many dots across.
  init(width: Int) { self.width = width }
}

extension Clutter {
  /// Whether both ends of a line and seven places between them are drawn.
  ///
  /// A dot between these places may be missed that only a few of many thousand lines cross; a point that
  /// stands out is an end.
  @inline(__always)
  func hides(_ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int) -> Bool {
    guard !drawn.isEmpty, drawn[y1 &* width &+ x1], drawn[y2 &* width &+ x2] else { return false }
    let (dx, dy) = (x2 &- x1, y2 &- y1)
    for eighth in 1..<8 {
      let (x, y) = (x1 &+ (dx &* eighth) &>> 3, y1 &+ (dy &* eighth) &>> 3)
      if !drawn[y &* width &+ x] { return false }
    }
    return true
  }

  /// Counts a line that is drawn, and says whether it is time to look which dots there are.
  @inline(__always)
  mutating func countLine() -> Bool {
    lines &+= 1
    return lines & (Clutter.interval &- 1) == 0
  }

  /// Remembers for each dot, row by row, whether it is drawn.
  mutating func remember(_ drawn: [Bool]) { self.drawn = drawn }
}

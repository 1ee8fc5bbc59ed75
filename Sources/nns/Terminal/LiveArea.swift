/// Lines at the bottom of a terminal that are written again in place: a plot, perhaps, and a line under it.
///
/// Every frame overwrites the one before, within marks that let the terminal show it at once, so nothing flickers.
struct LiveArea {
  private static let begin = "\u{1b}[?2026h"
  private static let end = "\u{1b}[?2026l"
  private static let clearLine = "\u{1b}[K"
  private static let clearBelow = "\u{1b}[J"

  /// Lines of the plot above the cursor.
  private var height = 0
  /// Columns of the terminal when they were written: where that has changed they may have been wrapped.
  private var width = 0
  /// Whether a line stands where the cursor is.
  private var hasLine = false

  /// Whether anything is there.
  var isShown: Bool { height > 0 || hasLine }
}

extension LiveArea {
  /// What to write for a frame of these lines, the last of which stays open, on a terminal of so many columns.
  mutating func draw(_ plot: [String], line: String, width: Int) -> String {
    let isSame = width == self.width
    let up = isSame && height > 0 ? "\u{1b}[\(height)A" : ""
    // A plot that has become lower leaves lines behind it, which the new line must not stand above.
    let rest = plot.count < height || !isSame ? LiveArea.clearBelow : ""
    (self.width, height, hasLine) = (width, plot.count, true)
    return LiveArea.begin + "\r" + up + plot.map { $0 + LiveArea.clearLine + "\n" }.joined() + line
      + LiveArea.clearLine + rest + LiveArea.end
  }

  /// What removes the open line and leaves the plot.
  mutating func close() -> String {
    defer { hasLine = false }
    return hasLine ? "\r" + LiveArea.clearLine : ""
  }

  /// What removes everything.
  mutating func erase() -> String {
    let text = close()
    defer { height = 0 }
    return height > 0 ? text + "\r\u{1b}[\(height)A" + LiveArea.clearBelow : text
  }

  /// Leaves what is there as it is.
  mutating func leave() { (height, hasLine) = (0, false) }
}

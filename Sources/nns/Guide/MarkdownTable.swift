import Language

/// A table of Markdown as aligned columns; the last column is wrapped to the width.
struct MarkdownTable {
  /// The lines for the terminal.
  let lines: [String]

  /// Lays out lines that start with a bar.
  init(_ source: [Substring], width: Int, painter: MarkdownPainter) {
    let rows = source.filter { !$0.allSatisfy { "|-: ".contains($0) } }
      .map { MarkdownTable.cells($0).map { painter.inline($0) } }
    let count = rows.map(\.count).max() ?? 0
    guard count > 0 else {
      lines = []
      return
    }
    let widths = (0..<count).map { column in
      rows.map { $0.indices.contains(column) ? MarkdownTable.columns($0[column]) : 0 }.max() ?? 0
    }
    let start = widths.dropLast().reduce(0) { $0 + $1 + 2 }
    // Where little room is left, the last column stands below the others.
    let isBelow = start > width * 2 / 3
    let indent = isBelow ? 4 : start
    lines = rows.flatMap { row in
      let head = zip(row.dropLast(row.count == count ? 1 : 0), widths).map { cell, width in
        cell + String(repeating: " ", count: width - MarkdownTable.columns(cell) + 2)
      }.joined()
      let last = row.count == count ? row[count - 1] : ""
      let tail = painter.wrapped(last, to: max(20, width - indent), hanging: 0)
      let below = tail.dropFirst(isBelow ? 0 : 1).map { String(repeating: " ", count: indent) + $0 }
      return [isBelow ? MarkdownTable.trimmed(head) : head + tail[0]] + below
    }
  }

  /// The cells of a row; a bar that follows a backslash belongs to its cell.
  private static func cells(_ row: Substring) -> [String] {
    row.replacing("\\|", with: "\u{1}").split(separator: "|", omittingEmptySubsequences: false)
      .dropFirst().dropLast().map { cell in
        trimmed(cell.replacing("\u{1}", with: "|").drop { $0 == " " })
      }
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    String(text.reversed().drop { $0 == " " }.reversed())
  }

  private static func columns(_ text: String) -> Int { Display.columns(MarkdownPainter.visible(text)) }
}

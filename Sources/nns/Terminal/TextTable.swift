import Language

/// Texts in aligned columns under a line of headings.
struct TextTable {
  /// The headings; a column is aligned to the right where `isRight` says so.
  let headings: [(title: String, isRight: Bool)]
  /// The cells, row by row, as many as there are headings.
  var rows: [[String]] = []

  /// The lines in so many columns: the last column is cut, and left out where only little of it would be seen.
  func text(width: Int) -> String {
    let lines = [headings.map(\.title)] + rows
    var widths = headings.indices.map { column in lines.map { Display.columns($0[column]) }.max() ?? 0 }
    while widths.count > 1,
      widths.dropLast().reduce(0, { $0 + $1 + 2 }) + min(widths[widths.count - 1], 8) > width
    {
      widths.removeLast()
    }
    return lines.map { cells in
      var line = ""
      for (column, width) in widths.enumerated() {
        if column > 0 { line += "  " }
        let isLast = column == widths.count - 1 && !headings[column].isRight
        line +=
          isLast ? cells[column] : Display.padded(cells[column], to: width, atLeft: headings[column].isRight)
      }
      return Display.withoutEndSpaces(Display.cut(line, to: width))
    }.joined(separator: "\n")
  }
}

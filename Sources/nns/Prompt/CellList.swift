import Language

/// Cells and names as `:cells` and its like show them.
enum CellList {
  /// A line for each cell.
  static func text(_ history: SessionHistory) throws(Diagnostic) -> String {
    let cells = try history.cells()
    guard !cells.isEmpty else { return "there are no cells yet" }
    let path = Set(history.path(to: history.head, in: cells).map(\.id))
    return cells.map { cell in
      let mark = path.contains(cell.id) ? ">" : " "
      let status = cell.status == .ok ? "" : "  (\(cell.status.rawValue))"
      return "\(mark) \(number(cell))  \(firstLine(of: cell.source))\(status)"
    }.joined(separator: "\n")
  }

  private static func number(_ cell: CellEntry) -> String {
    let text = "[\(cell.number)]"
    return String(repeating: " ", count: max(0, 5 - text.count)) + text
  }

  /// A cell in full.
  static func text(of cell: CellEntry) -> String {
    "[\(cell.number)]> \(cell.source)" + (cell.output.isEmpty ? "" : "\n" + cell.output)
  }

  /// The beginning of a text in at most 60 characters.
  static func firstLine(of source: String) -> String {
    let lines = source.split(whereSeparator: \.isNewline)
    let line = lines.first { !$0.hasPrefix("#") } ?? lines.first ?? ""
    let isWhole = line.count <= 60 && lines.count <= 1
    return isWhole ? String(line) : line.prefix(57) + "..."
  }

  /// A line for each name the user gave a value.
  static func variables(_ session: Session) -> String {
    let variables = session.variables
    guard !variables.isEmpty else { return "no names have values yet" }
    let width = variables.map(\.name.count).max() ?? 0
    return variables.map { name, value in
      name + String(repeating: " ", count: width - name.count + 2) + Display.line(value)
    }.joined(separator: "\n")
  }

  /// A line for each name that differs.
  static func differences(_ differences: [StateDifference]) -> String {
    guard !differences.isEmpty else { return "nothing differs" }
    let width = differences.map(\.name.count).max() ?? 0
    return differences.map { difference in
      difference.name + String(repeating: " ", count: width - difference.name.count + 2) + difference.text
    }.joined(separator: "\n")
  }
}

import Language

/// Cells and names as `:cells` and its like show them.
enum CellList {
  /// A line for each cell; those of which results are `stale` say why.
  static func text(_ history: SessionHistory, stale: [CellGraph.StaleCell]) throws(Diagnostic) -> String {
    let cells = try history.cells()
    guard !cells.isEmpty else { return "there are no cells yet" }
    let path = Set(history.path(to: history.head, in: cells).map(\.id))
    let reasons = Dictionary(
      stale.map { ($0.cell.id, $0.reasons) }, uniquingKeysWith: { first, _ in first })
    return cells.map { cell in
      let mark = path.contains(cell.id) ? ">" : " "
      var remark = cell.status == .ok ? "" : "  (\(cell.status.rawValue))"
      if let reasons = reasons[cell.id] {
        remark = "  (stale: \(reasons.map(text).joined(separator: ", ")))"
      }
      return "\(mark) \(number(cell))  \(firstLine(of: cell.source))\(remark)"
    }.joined(separator: "\n")
  }

  private static func text(_ reason: CellGraph.Reason) -> String {
    switch reason {
    case .changed(let name, let cell): "\(name) changed in [\(cell)]"
    case .through(let name, let cell): "\(name) is from [\(cell)]"
    }
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

  /// What to know before cells are evaluated again: which go on from what they did themselves.
  static func remarks(about stale: [CellGraph.StaleCell]) -> [String] {
    stale.filter { !$0.continued.isEmpty }.map { stale in
      "cell \(stale.cell.number) changes \(stale.continued.joined(separator: ", ")), which it reads: "
        + "it goes on from the present value"
    }
  }

  /// The cells and data that the value of a name came from, a line for each cell.
  static func sources(of name: String, in session: Session) throws(Diagnostic) -> String {
    let sources = try session.graph().sources(of: name)
    guard !sources.isEmpty else {
      if session.value(of: name) != nil || HelpText.entry(named: name) != nil {
        return "\(name) is predefined"
      }
      let near = NearestName.find(name, in: session.variables.map(\.name))
      throw Diagnostic(
        "nothing is named \(name)", kind: .name,
        hint: near.map { "did you mean \($0)?" } ?? ":vars lists names")
    }
    let names = sources.map { $0.gives.joined(separator: ", ") }
    let width = min(20, names.map(Display.columns).max() ?? 0)
    let lines = zip(sources, names).flatMap { source, names in
      let line =
        "\(number(source.cell))  \(Display.padded(names, to: width))  \(firstLine(of: source.cell.source))"
      let inset = String(repeating: " ", count: 9 + width)
      return [line] + source.inputs.map { inset + "from \(text($0))" }
    }
    return elided(lines).joined(separator: "\n")
  }

  private static func text(_ input: CellInput) -> String {
    let version = input.version.map { ", version \($0)" } ?? ""
    return "the \(input.kind.rawValue) \(Display.literal(input.name))\(version)"
  }

  /// Lines without those in the middle of very many.
  private static func elided(_ lines: [String]) -> [String] {
    let (limit, ends) = (200, 50)
    guard lines.count > limit else { return lines }
    return lines.prefix(ends) + ["  ... \(lines.count - 2 * ends) more ..."] + lines.suffix(ends)
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

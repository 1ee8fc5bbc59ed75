import Language

/// Cells and names as `:cells` and its like show them.
enum CellList {
  /// A line of at most `width` columns for each cell; those of which results are `stale` say why.
  static func text(
    _ history: SessionHistory, stale: [CellGraph.StaleCell], width: Int
  ) throws(Diagnostic) -> String {
    let cells = try history.cells()
    guard !cells.isEmpty else { return "there are no cells yet" }
    let path = Set(history.path(to: history.head, in: cells).map(\.id))
    let reasons = Dictionary(
      stale.map { ($0.cell.id, $0.reasons) }, uniquingKeysWith: { first, _ in first })
    let labels = CellLabel.labels(of: cells)
    return cells.flatMap { cell in
      let mark = path.contains(cell.id) ? ">" : " "
      var remark = cell.status == .ok ? "" : "(\(cell.status.rawValue))"
      if let reasons = reasons[cell.id] {
        remark = "(stale: \(reasons.map(text).joined(separator: ", ")))"
      }
      let head = "\(mark) \(inBrackets(labels[cell.id] ?? CellLabel(cell.number)))"
      return line(head, of: cell, remark, width: width)
    }.joined(separator: "\n")
  }

  /// The beginning of a cell between a head and a remark, which stands below where there is little room.
  private static func line(_ head: String, of cell: CellEntry, _ remark: String, width: Int) -> [String] {
    let start = Display.columns(head) + 2
    let room = max(least, width - start)
    guard !remark.isEmpty else { return ["\(head)  \(firstLine(of: cell.source, limit: room))"] }
    let left = room - Display.columns(remark) - 2
    let whole = firstLine(of: cell.source, limit: room)
    guard left >= min(least, Display.columns(whole)) else {
      return ["\(head)  \(whole)"] + Display.wrapped(remark, width: width, indent: start)
    }
    return ["\(head)  \(firstLine(of: cell.source, limit: left))  \(remark)"]
  }

  /// Columns that the beginning of a cell has at least.
  private static let least = 20

  private static func text(_ reason: CellGraph.Reason) -> String {
    switch reason {
    case .changed(let name, let cell): "\(name) changed in [\(cell)]"
    case .through(let name, let cell): "\(name) is from [\(cell)]"
    }
  }

  private static func inBrackets(_ label: CellLabel) -> String {
    Display.padded("[\(label)]", to: 5, atLeft: true)
  }

  /// A cell in full.
  static func text(of cell: CellEntry) -> String {
    "[\(cell.number)]> \(cell.source)" + (cell.output.isEmpty ? "" : "\n" + cell.output)
  }

  /// The beginning of a text in at most so many columns.
  static func firstLine(of source: String, limit: Int) -> String {
    let lines = source.split(whereSeparator: \.isNewline)
    let line = String(lines.first { !$0.hasPrefix("#") } ?? lines.first ?? "")
    guard lines.count > 1, Display.columns(line) + 3 <= limit else { return Display.cut(line, to: limit) }
    return line + "..."
  }

  /// What to know before cells are evaluated again: which go on from what they did themselves.
  static func remarks(about stale: [CellGraph.StaleCell]) -> [String] {
    stale.filter { !$0.continued.isEmpty }.map { stale in
      "cell \(stale.cell.number) changes \(stale.continued.joined(separator: ", ")), which it reads: "
        + "it goes on from the present value"
    }
  }

  /// The cells and data that the value of a name came from, in so many columns.
  static func sources(of name: String, in session: Session, width: Int) throws(Diagnostic) -> String {
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
    let rows = sources.flatMap { source in
      let label =
        "\(inBrackets(CellLabel(source.cell.number)))  \(source.gives.joined(separator: ", "))"
      return [(label: label, text: firstLine(of: source.cell.source, limit: .max))]
        + source.inputs.map { (label: "", text: "from \(text($0))") }
    }
    return elided(Display.aligned(rows, width: width, cuts: true)).joined(separator: "\n")
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

  /// The names that differ and how, in so many columns.
  static func differences(_ differences: [StateDifference], width: Int) -> String {
    guard !differences.isEmpty else { return "nothing differs" }
    return Display.aligned(differences.map { ($0.name, $0.text) }, width: width).joined(separator: "\n")
  }
}

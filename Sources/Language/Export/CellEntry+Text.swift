/// What a cell's text consists of.
extension CellEntry {
  /// The text as one cell of a notebook script.
  private var cell: Cell? { NotebookCells.split(Source(name: "cell", text: source)).first }

  /// Its text as Markdown, when it consists of comments only: a note. Its title comes first.
  public var note: String? {
    guard let cell, let prose = cell.prose else { return nil }
    return cell.heading.isEmpty ? prose : "# \(cell.heading)\n\n\(prose)"
  }

  /// What follows `# %%` in its first line; empty when nothing does.
  var heading: String { cell?.heading ?? "" }

  /// Its text without that line.
  var body: String {
    guard let cell, cell.hasHeader else { return source }
    return Source(name: "cell", text: source).text(of: cell.range)
  }

  /// Whether it has to be told from its neighbours in a script, where a statement is a cell otherwise.
  var needsHeader: Bool {
    guard let cell, !cell.hasHeader, !cell.isNote else { return true }
    guard case .program(let program) = Parser.parse(Source(name: "cell", text: source)) else { return true }
    return program.statements.count != 1
  }
}

/// What a cell's text consists of.
extension CellEntry {
  /// The text as one cell of a notebook script.
  private var firstPart: Cell? { NotebookCells.split(Source(name: "cell", text: source)).first }

  /// Whether a line `# %%` starts it.
  var hasHeader: Bool { firstPart?.hasHeader ?? false }

  /// What stands above it in a document: the title of its line `# %%`, and the text of a note; nil for neither.
  public var prose: String? {
    guard let part = firstPart else { return nil }
    let heading = part.heading.isEmpty ? nil : "## " + part.heading
    let texts = [heading, part.prose].compactMap(\.self)
    return texts.isEmpty ? nil : texts.joined(separator: "\n\n")
  }

  /// What is evaluated of it, without its title and without the output that a script expects; nil for a note.
  public var code: String? {
    guard firstPart?.isNote != true else { return nil }
    var lines = TranscriptExport.lines(source).dropFirst(hasHeader ? 1 : 0).filter { !$0.hasPrefix("#>") }[
      ...]
    while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
    lines = lines.drop { $0.allSatisfy(\.isWhitespace) }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }

  /// Whether it has to be told from its neighbours in a script, where a statement is a cell otherwise.
  var needsHeader: Bool {
    guard let part = firstPart, !part.hasHeader, !part.isNote else { return true }
    guard case .program(let program) = Parser.parse(Source(name: "cell", text: source)) else { return true }
    return program.statements.count != 1
  }
}

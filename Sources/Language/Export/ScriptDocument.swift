/// A script that was evaluated to be read: its cells with what they showed.
public struct ScriptDocument {
  /// The cells in order; those below one that failed as they are written, without outputs.
  public private(set) var cells: [CellEntry]
  /// The error that ended it.
  public private(set) var failure: Diagnostic?

  /// Evaluates a script in a session, cell by cell where lines `# %%` divide it.
  public init(_ source: Source, in session: Session) {
    var evaluated: [CellEntry] = []
    session.cellObserver = { evaluated.append($0) }
    defer { session.cellObserver = nil }
    let outcome = session.runScript(source)
    if case .failed(let diagnostic) = outcome { failure = diagnostic }
    let parts: [SourceSpan]
    switch Parser.parse(source) {
    case .program(let program): parts = Session.cells(of: program, in: source).map(\.span)
    case .incomplete(let diagnostic), .failure(let diagnostic):
      // Nothing of it was evaluated.
      cells = [
        ScriptDocument.cell(
          session.cellNumber, source.text(of: SourceSpan(0, source.bytes.count)), showing: diagnostic)
      ]
      return
    }
    let hasHeaders = NotebookCells.split(source).contains(where: \.hasHeader)
    cells = hasHeaders ? evaluated : ScriptDocument.joined(evaluated, at: parts, in: source)
    let rest = parts.dropFirst(evaluated.count)
    guard let first = rest.first, let last = rest.last else { return }
    let number = session.cellNumber
    cells.append(ScriptDocument.cell(number, "# %%\n# *What follows was not evaluated.*"))
    let spans = hasHeaders ? Array(rest) : [SourceSpan(Int(first.start), Int(last.end))]
    cells += spans.enumerated().map { ScriptDocument.cell(number + $0, source.text(of: $1)) }
  }

  /// A cell that was not evaluated.
  private static func cell(
    _ number: Int, _ text: String, showing failure: Diagnostic? = nil
  ) -> CellEntry {
    var cell = CellEntry(
      parent: nil, number: number, source: text, output: failure?.render() ?? "",
      status: failure == nil ? .ok : .error,
      started: 0, seconds: 0, random: .init(key: 0), precision: .f64)
    cell.wasEvaluated = false
    return cell
  }

  /// Statements of a script without cells, as many in one block as come before something is shown.
  private static func joined(_ cells: [CellEntry], at parts: [SourceSpan], in source: Source) -> [CellEntry] {
    var blocks: [CellEntry] = []
    var start = 0
    for (position, cell) in cells.enumerated() {
      let isLast = position == cells.count - 1
      guard !cell.output.isEmpty || isLast, position < parts.count else { continue }
      var block = cell
      block.source = source.text(of: SourceSpan(Int(parts[start].start), Int(parts[position].end)))
      blocks.append(block)
      start = position + 1
    }
    return blocks
  }
}

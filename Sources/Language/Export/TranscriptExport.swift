/// A session as a script with its output under each statement, which `nns test` accepts.
public enum TranscriptExport {
  /// The cells in order as one script, divided by lines `# %%` where cells are other than single statements.
  ///
  /// A failed cell changed nothing, but evaluated statement by statement it could: of several statements it is
  /// written as a comment.
  public static func text(_ cells: [CellEntry]) -> String {
    let isDivided = cells.contains(where: \.needsHeader)
    return cells.map { cell in
      guard isDivided, !cell.hasHeader || !isSafe(cell) else { return text(of: cell) }
      return (cell.code == nil || !isSafe(cell) ? "# %% [markdown]\n" : "# %%\n") + text(of: cell)
    }.joined(separator: "\n\n")
  }

  private static func text(of cell: CellEntry) -> String {
    isSafe(cell)
      ? annotated(cell)
      : (["# this failed:"] + lines(cell.source).map { "# " + $0 } + output(cell)).joined(separator: "\n")
  }

  private static func isSafe(_ cell: CellEntry) -> Bool {
    guard cell.status != .ok else { return true }
    guard case .program(let program) = Parser.parse(Source(name: "cell", text: cell.source)) else {
      return false
    }
    return program.statements.count == 1
  }

  private static func output(_ cell: CellEntry) -> [String] {
    cell.output.isEmpty ? [] : lines(cell.output).map { "# " + $0 }
  }

  /// The source with the lines of output under the statements that showed them.
  private static func annotated(_ cell: CellEntry) -> String {
    var result: [String] = []
    var output = cell.output.isEmpty ? [] : shown(cell)[...]
    var parts = cell.parts[...]
    for (number, line) in lines(cell.source).enumerated() {
      result.append(line)
      while let part = parts.first, part.line <= number {
        for text in output.prefix(part.count) { result.append(text.isEmpty ? "#>" : "#> " + text) }
        output = output.dropFirst(part.count)
        parts = parts.dropFirst()
      }
    }
    for text in output { result.append("#> " + text) }
    return result.joined(separator: "\n")
  }

  /// The lines of output; of an error the first one, because its place will be another.
  private static func shown(_ cell: CellEntry) -> [String] {
    let all = lines(cell.output)
    guard cell.status != .ok, let error = cell.parts.last else { return all }
    return all.dropLast(error.count) + all.suffix(error.count).prefix(1) + ["..."]
  }

  static func lines(_ text: String) -> [String] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
  }
}

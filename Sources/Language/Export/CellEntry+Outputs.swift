/// A part of what a cell showed.
enum CellOutput {
  case text(String)
  /// What ended the cell.
  case error(String)
  /// A plot: the document, and how it looks in text.
  case plot(svg: String, text: String)
}

extension CellEntry {
  /// What it showed, in order; texts that follow one another are one.
  var outputs: [CellOutput] {
    guard !output.isEmpty else { return [] }
    var rest = TranscriptExport.lines(output)[...]
    var outputs: [CellOutput] = []
    var text: [String] = []
    func closeText() {
      if !text.isEmpty { outputs.append(.text(text.joined(separator: "\n"))) }
      text = []
    }
    for (number, part) in parts.enumerated() {
      let lines = rest.prefix(part.count)
      rest = rest.dropFirst(part.count)
      if let svg = part.svg {
        closeText()
        outputs.append(.plot(svg: svg, text: lines.joined(separator: "\n")))
      } else if status != .ok, number == parts.count - 1 {
        closeText()
        outputs.append(.error(lines.joined(separator: "\n")))
      } else {
        text += lines
      }
    }
    text += rest
    closeText()
    return outputs
  }

  /// Whether a line `# %%` starts it.
  var hasHeader: Bool { firstPart?.hasHeader ?? false }

  /// What stands above it in a document: the title of its line `# %%`, and the text of a note; nil for neither.
  var prose: String? {
    guard let part = firstPart else { return nil }
    let heading = part.title.isEmpty ? nil : "## " + part.title
    let texts = [heading, part.prose].compactMap(\.self)
    return texts.isEmpty ? nil : texts.joined(separator: "\n\n")
  }

  /// What is evaluated of it, without its title and without the output that a script expects; nil for a note.
  var code: String? {
    guard firstPart?.isNote != true else { return nil }
    var lines = TranscriptExport.lines(source).dropFirst(hasHeader ? 1 : 0).filter { !$0.hasPrefix("#>") }[
      ...]
    while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
    lines = lines.drop { $0.allSatisfy(\.isWhitespace) }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }

  private var firstPart: Cell? { NotebookCells.split(Source(name: "cell", text: source)).first }
}

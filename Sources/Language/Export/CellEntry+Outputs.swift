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
}

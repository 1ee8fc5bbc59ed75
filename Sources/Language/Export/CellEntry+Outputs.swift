/// A part of what a cell showed.
enum CellOutput {
  case text(String)
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
    for part in parts {
      let lines = rest.prefix(part.count)
      rest = rest.dropFirst(part.count)
      guard let svg = part.svg else {
        text += lines
        continue
      }
      closeText()
      outputs.append(.plot(svg: svg, text: lines.joined(separator: "\n")))
    }
    text += rest
    closeText()
    return outputs
  }
}

/// A text vector laid out for reading: on one line, or in aligned columns under its length.
struct TextLayout {
  private let vector: TextVector
  private let width: Int

  /// Lays `vector` out in `width` columns.
  init(_ vector: TextVector, width: Int) {
    self.vector = vector
    self.width = width
  }

  /// The lines, joined by line ends.
  var text: String {
    if let line = InlineWriter.text(.text(vector), limit: width) { return line }
    let count = vector.items.count
    let shown = ElidedAxis(count, limit: 100, ends: 20).indices
    let texts = shown.map { index in index.map { cell(vector.items[$0]) } ?? "..." }
    let widest = texts.map(Display.columns).max() ?? 0
    let perLine = max(1, (width - 2) / (widest + 2))
    var lines = ["[\(count)] text"]
    for start in stride(from: 0, to: texts.count, by: perLine) {
      let cells = texts[start..<min(start + perLine, texts.count)]
      var line = cells.reduce("") { $0 + "  " + Display.padded($1, to: widest) }
      while line.last == " " { line.removeLast() }
      lines.append(line)
    }
    return lines.joined(separator: "\n")
  }

  private func cell(_ item: String?) -> String {
    guard let item else { return "none" }
    return InlineWriter.text(.string(item), limit: width - 4) ?? Display.literal(
      String(item.prefix(width - 8))) + "..."
  }
}

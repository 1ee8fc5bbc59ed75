/// A session as Markdown: notes as they are, cells as code, plots as SVG.
public enum MarkdownExport {
  /// The document.
  public static func text(_ cells: [CellEntry], title: String) -> String {
    var blocks = ["# \(title)"]
    for cell in cells {
      if let prose = cell.prose { blocks.append(prose) }
      if let code = cell.code { blocks.append(fenced(code, "nns")) }
      for output in cell.outputs {
        switch output {
        case .text(let text), .error(let text): blocks.append(fenced(text, "text"))
        // As HTML, in which a blank line would end it.
        case .plot(let svg, _): blocks.append(svg.split(separator: "\n").joined(separator: "\n"))
        }
      }
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  /// A code block with more backticks than stand in its text.
  private static func fenced(_ text: String, _ language: String) -> String {
    var (longest, run) = (2, 0)
    for character in text {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    return "\(fence)\(language)\n\(text)\n\(fence)"
  }
}

/// A session as one HTML file without scripts, which needs nothing from elsewhere.
public enum HTMLExport {
  /// The document.
  public static func text(_ cells: [CellEntry], title: String) -> String {
    let body = cells.map { cell in
      let prose = cell.prose.map { ["<div class=\"note\">\n\(MarkdownHTML.text($0))\n</div>"] } ?? []
      guard let code = cell.code else { return prose.joined() }
      let outputs = cell.outputs.map { output in
        switch output {
        case .text(let text): "<pre class=\"output\">\(escaped(text))</pre>"
        case .error(let text): "<pre class=\"output error\">\(escaped(text))</pre>"
        // The drawing has a role and a title for those who do not see it.
        case .plot(let svg, _): "<figure>\(svg)</figure>"
        }
      }
      let source = "<pre class=\"source\"><code>\(SourceHighlighter.html(code))</code></pre>"
      return (prose + ["<section id=\"cell-\(cell.number)\">", source] + outputs + ["</section>"]).joined(
        separator: "\n")
    }.joined(separator: "\n")
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(escaped(title))</title>
      <style>
      \(style)
      </style>
      </head>
      <body>
      <h1>\(escaped(title))</h1>
      \(body)
      </body>
      </html>

      """
  }

  private static let style = """
    body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem; font-family: system-ui, sans-serif; line-height: 1.5 }
    pre { margin: 0; padding: .5rem .75rem; overflow-x: auto; font-size: .9rem; line-height: 1.4 }
    section { margin: 1rem 0 }
    .source { background: #f5f5f5; border-left: 3px solid #4878a8 }
    .error { color: #b00020 }
    .keyword { color: #7a3e9d }
    .number { color: #1a6f3c }
    .string { color: #a0522d }
    .comment { color: #777 }
    figure { margin: .5rem 0 }
    blockquote { margin: 0; padding-left: 1rem; border-left: 3px solid #bbb }
    table { border-collapse: collapse }
    td, th { border: 1px solid #bbb; padding: .2rem .5rem }
    @media (prefers-color-scheme: dark) {
    body { background: #1b1b1b; color: #ddd }
    .source { background: #262626 }
    .error { color: #ff8a80 }
    .keyword { color: #c9a0e8 }
    .number { color: #8fd19e }
    .string { color: #e0a878 }
    .comment { color: #999 }
    }
    """

  /// A text in which nothing is taken for markup.
  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}

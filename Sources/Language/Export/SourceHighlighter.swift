/// Source text with its tokens marked, as HTML.
enum SourceHighlighter {
  /// The text with keywords, numbers, strings and comments in spans of those classes.
  static func html(_ text: String) -> String {
    let source = Source(name: "cell", text: text)
    var lexer = Lexer(source, in: 0..<source.bytes.count)
    lexer.run()
    var result = ""
    var end = 0
    for token in lexer.tokens where Int(token.span.end) > end && Int(token.span.start) >= end {
      result += gap(source, end, Int(token.span.start))
      let content = HTMLExport.escaped(source.text(of: token.span))
      result += token.kind.highlight.map { "<span class=\"\($0)\">\(content)</span>" } ?? content
      end = Int(token.span.end)
    }
    return result + gap(source, end, source.bytes.count)
  }

  /// What stands between tokens: spaces and comments.
  private static func gap(_ source: Source, _ start: Int, _ end: Int) -> String {
    let lines = source.text(of: SourceSpan(start, end)).split(
      separator: "\n", omittingEmptySubsequences: false)
    return lines.map { line in
      guard let sign = line.firstIndex(of: "#") else { return HTMLExport.escaped(String(line)) }
      return HTMLExport.escaped(String(line[..<sign]))
        + "<span class=\"comment\">\(HTMLExport.escaped(String(line[sign...])))</span>"
    }.joined(separator: "\n")
  }
}

extension Token.Kind {
  /// The class of text it belongs to, if it has one.
  fileprivate var highlight: String? {
    if isKeyword { return "keyword" }
    return switch self {
    case .number: "number"
    case .rawString, .stringStart, .stringText, .stringEnd, .format: "string"
    default: nil
    }
  }
}

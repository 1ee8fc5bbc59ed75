/// Source text with its tokens marked, as HTML.
enum SourceHighlighter {
  /// The text with keywords, numbers, strings and comments in spans of those classes.
  static func html(_ text: String) -> String {
    let source = Source(name: "cell", text: text)
    var result = ""
    var end = 0
    func plain(upTo offset: Int) -> String {
      HTMLExport.escaped(source.text(of: SourceSpan(end, offset)))
    }
    for (range, style) in SourceStyles(source).parts {
      let content = HTMLExport.escaped(source.text(of: SourceSpan(range.lowerBound, range.upperBound)))
      result += plain(upTo: range.lowerBound) + "<span class=\"\(style.rawValue)\">\(content)</span>"
      end = range.upperBound
    }
    return result + plain(upTo: source.bytes.count)
  }
}

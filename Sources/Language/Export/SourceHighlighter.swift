/// Source text in pieces of one class each, for whoever colours it.
public enum SourceHighlighter {
  /// The classes of text that are told apart; the raw value is that of HTML.
  public enum TextClass: String, Sendable {
    case keyword, number, string, comment
  }

  /// The text piece by piece, without a gap; nil for what has no class.
  public static func pieces(_ text: String) -> [(text: String, textClass: TextClass?)] {
    let source = Source(name: "cell", text: text)
    var lexer = Lexer(source, in: 0..<source.bytes.count)
    lexer.run()
    var pieces: [(text: String, textClass: TextClass?)] = []
    var end = 0
    for token in lexer.tokens where Int(token.span.end) > end && Int(token.span.start) >= end {
      pieces += gap(source, end, Int(token.span.start))
      pieces.append((source.text(of: token.span), token.kind.textClass))
      end = Int(token.span.end)
    }
    return pieces + gap(source, end, source.bytes.count)
  }

  /// The text with keywords, numbers, strings and comments in spans of those classes.
  static func html(_ text: String) -> String {
    pieces(text).map { piece in
      let content = HTMLExport.escaped(piece.text)
      return piece.textClass.map { "<span class=\"\($0.rawValue)\">\(content)</span>" } ?? content
    }.joined()
  }

  /// What stands between tokens: spaces and comments.
  private static func gap(_ source: Source, _ start: Int, _ end: Int) -> [(String, TextClass?)] {
    var pieces: [(String, TextClass?)] = []
    var rest = source.text(of: SourceSpan(start, end))[...]
    while let sign = rest.firstIndex(of: "#") {
      let lineEnd = rest[sign...].firstIndex(where: \.isNewline) ?? rest.endIndex
      if sign > rest.startIndex { pieces.append((String(rest[..<sign]), nil)) }
      pieces.append((String(rest[sign..<lineEnd]), .comment))
      rest = rest[lineEnd...]
    }
    if !rest.isEmpty { pieces.append((String(rest), nil)) }
    return pieces
  }
}

extension Token.Kind {
  /// The class of text it belongs to, if it has one.
  fileprivate var textClass: SourceHighlighter.TextClass? {
    if isKeyword { return .keyword }
    return switch self {
    case .number: .number
    case .rawString, .stringStart, .stringText, .stringEnd, .format: .string
    default: nil
    }
  }
}

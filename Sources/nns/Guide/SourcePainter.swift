import Language

/// Source text with the escape codes that colour it.
enum SourcePainter {
  /// The text; every line ends in the terminal's own colours.
  static func text(_ source: String) -> String {
    SourceHighlighter.pieces(source).map { piece in
      guard let textClass = piece.textClass else { return piece.text }
      return piece.text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "" : "\u{1b}[\(code(textClass))m\($0)\u{1b}[0m" }.joined(separator: "\n")
    }.joined()
  }

  private static func code(_ textClass: SourceHighlighter.TextClass) -> Int {
    switch textClass {
    case .keyword: 35
    case .number: 32
    case .string: 33
    case .comment: 90
    }
  }
}

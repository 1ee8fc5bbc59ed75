import Language

/// Source text with the escape codes that colour it, as the line editor shows what is typed.
enum SourcePainter {
  /// The text; every line ends in the terminal's own colours.
  static func text(_ source: String) -> String {
    let bytes = Array(source.utf8)
    var result = ""
    var end = 0
    for (range, style) in SourceStyles(Source(name: "code", text: source)).parts {
      let part = String(decoding: bytes[range], as: UTF8.self)
      let code = InputLook.source(style).code
      result += String(decoding: bytes[end..<range.lowerBound], as: UTF8.self)
      result += part.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "" : code + $0 + "\u{1b}[0m" }.joined(separator: "\n")
      end = range.upperBound
    }
    return result + String(decoding: bytes[end...], as: UTF8.self)
  }
}

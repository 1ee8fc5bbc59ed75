/// The marks within a line of Markdown as HTML: emphasis, code and links.
enum MarkdownSpans {
  /// The text as HTML.
  static func html(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    var isInWord = false
    while let character = rest.first {
      // Within a word an underscore is part of it.
      if !(isInWord && character == "_"), let (html, end) = span(rest) {
        result += html
        rest = rest[end...]
        isInWord = false
        continue
      }
      rest = rest.dropFirst()
      isInWord = character.isLetter || character.isNumber || character == "_"
      if character == "\\", let next = rest.first, next.isPunctuation || next.isSymbol {
        result += HTMLExport.escaped(String(next))
        rest = rest.dropFirst()
      } else {
        result += HTMLExport.escaped(String(character))
      }
    }
    return result
  }

  /// How far away the end of a mark is looked for.
  private static let reach = 2000

  /// The mark at the start of a text, and where it ends.
  private static func span(_ text: Substring) -> (html: String, end: String.Index)? {
    guard let first = text.first, "`*_[!".contains(first) else { return nil }
    let text = text.prefix(reach)
    return switch first {
    case "`": code(text)
    case "*": emphasis(text, "**", "strong") ?? emphasis(text, "*", "em")
    case "_": emphasis(text, "__", "strong") ?? emphasis(text, "_", "em")
    case "[": link(text)
    // A picture would have to be fetched from elsewhere.
    case "!" where text.dropFirst().first == "[": link(text.dropFirst())
    default: nil
    }
  }

  private static func code(_ text: Substring) -> (String, String.Index)? {
    let sign = String(repeating: "`", count: text.prefix { $0 == "`" }.count)
    let content = text.dropFirst(sign.count)
    guard let end = content.firstRange(of: sign) else { return nil }
    let code = content[..<end.lowerBound].trimmingSpaces
    return ("<code>\(HTMLExport.escaped(String(code)))</code>", end.upperBound)
  }

  private static func emphasis(_ text: Substring, _ sign: String, _ name: String) -> (String, String.Index)? {
    guard text.hasPrefix(sign) else { return nil }
    let content = text.dropFirst(sign.count)
    guard let first = content.first, !first.isWhitespace, String(first) != String(sign.prefix(1)),
      let end = content.firstRange(of: sign), content[..<end.lowerBound].last?.isWhitespace == false
    else { return nil }
    if sign.hasPrefix("_"), let next = content[end.upperBound...].first, next.isLetter || next.isNumber {
      return nil
    }
    return ("<\(name)>\(html(String(content[..<end.lowerBound])))</\(name)>", end.upperBound)
  }

  private static func link(_ text: Substring) -> (String, String.Index)? {
    guard let middle = text.firstRange(of: "](") else { return nil }
    let rest = text[middle.upperBound...]
    guard let end = rest.firstIndex(of: ")") else { return nil }
    let address = String(rest[..<end])
    let label = text[text.index(after: text.startIndex)..<middle.lowerBound]
    guard isHarmless(address), !label.contains("[") else { return nil }
    return (
      "<a href=\"\(HTMLExport.escaped(address))\">\(html(String(label)))</a>", rest.index(after: end)
    )
  }

  /// Whether following an address runs nothing: it is one of the web, of mail, or within this place.
  private static func isHarmless(_ address: String) -> Bool {
    guard !address.contains(where: { $0.isWhitespace || $0.isNewline }) else { return false }
    guard let colon = address.firstIndex(of: ":") else { return true }
    return ["http", "https", "mailto"].contains(address[..<colon].lowercased())
  }
}

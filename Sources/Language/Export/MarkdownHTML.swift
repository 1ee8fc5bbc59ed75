/// Markdown as HTML: headings, paragraphs, lists, quotes, code, and in lines emphasis, code and links.
///
/// Everything else, HTML included, is text.
enum MarkdownHTML {
  private enum Block {
    case paragraph, list, numbered, quote
  }

  /// The elements, a line for each.
  static func text(_ markdown: String) -> String {
    var elements: [String] = []
    var open: (block: Block, lines: [String])?
    func close() {
      guard let (block, lines) = open else { return }
      open = nil
      elements.append(element(block, lines))
    }
    func add(_ line: Substring, to block: Block, startsItem: Bool = false) {
      if open?.block != block { close() }
      var lines = open?.lines ?? []
      if startsItem || lines.isEmpty || block == .paragraph || block == .quote {
        lines.append(String(line))
      } else {
        lines[lines.count - 1] += "\n" + line
      }
      open = (block, lines)
    }
    var code: [Substring]?
    for line in markdown.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let text = line.drop { $0 == " " }
      if text.hasPrefix("```") {
        close()
        if let lines = code {
          elements.append("<pre><code>\(HTMLExport.escaped(lines.joined(separator: "\n")))</code></pre>")
        }
        code = code == nil ? [] : nil
      } else if code != nil {
        code?.append(line)
      } else if text.isEmpty {
        close()
      } else if let level = headingLevel(text) {
        close()
        // The title of the document is the heading above all others.
        let tag = "h\(max(level, 2))"
        elements.append("<\(tag)>\(inline(text.drop { $0 == "#" }.drop { $0 == " " }))</\(tag)>")
      } else if text.hasPrefix("- ") || text.hasPrefix("* ") {
        add(text.dropFirst(2), to: .list, startsItem: true)
      } else if let item = numberedItem(text) {
        add(item, to: .numbered, startsItem: true)
      } else if text.hasPrefix("> ") {
        add(text.dropFirst(2), to: .quote)
      } else if line.hasPrefix(" "), let block = open?.block, block == .list || block == .numbered {
        add(text, to: block)
      } else {
        add(text, to: .paragraph)
      }
    }
    close()
    if let code {
      elements.append("<pre><code>\(HTMLExport.escaped(code.joined(separator: "\n")))</code></pre>")
    }
    return elements.joined(separator: "\n")
  }

  private static func headingLevel(_ text: Substring) -> Int? {
    let level = text.prefix { $0 == "#" }.count
    return (1...6).contains(level) && text.dropFirst(level).first == " " ? level : nil
  }

  /// What follows `1. `.
  private static func numberedItem(_ text: Substring) -> Substring? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let rest = text.dropFirst(digits.count)
    return !digits.isEmpty && rest.hasPrefix(". ") ? rest.dropFirst(2) : nil
  }

  private static func element(_ block: Block, _ lines: [String]) -> String {
    let items = lines.map { "<li>\(inline($0[...]))</li>" }.joined(separator: "\n")
    return switch block {
    case .paragraph: "<p>\(inline(lines.joined(separator: "\n")[...]))</p>"
    case .quote: "<blockquote>\(inline(lines.joined(separator: "\n")[...]))</blockquote>"
    case .list: "<ul>\n\(items)\n</ul>"
    case .numbered: "<ol>\n\(items)\n</ol>"
    }
  }

  /// Text with its emphasis, code and links.
  private static func inline(_ text: Substring) -> String {
    var result = ""
    var rest = text
    while let first = rest.first {
      if let (element, length) = span(rest) {
        result += element
        rest = rest.dropFirst(length)
      } else {
        result += HTMLExport.escaped(String(first))
        rest = rest.dropFirst()
      }
    }
    return result
  }

  /// The element that a text starts with, and how many characters it takes.
  private static func span(_ text: Substring) -> (element: String, length: Int)? {
    for (sign, tag) in [("`", "code"), ("**", "strong"), ("*", "em")] where text.hasPrefix(sign) {
      let content = text.dropFirst(sign.count)
      guard let end = content.firstRange(of: sign), end.lowerBound > content.startIndex,
        sign == "`" || content.first != " "
      else { continue }
      let inside = content[..<end.lowerBound]
      let inner = sign == "`" ? HTMLExport.escaped(String(inside)) : inline(inside)
      return ("<\(tag)>\(inner)</\(tag)>", inside.count + 2 * sign.count)
    }
    return text.hasPrefix("[") ? link(text) : nil
  }

  /// `[text](address)`, for addresses that only show something.
  private static func link(_ text: Substring) -> (element: String, length: Int)? {
    guard let middle = text.firstRange(of: "]("), let end = text[middle.upperBound...].firstIndex(of: ")")
    else {
      return nil
    }
    let (label, address) = (
      text[text.index(after: text.startIndex)..<middle.lowerBound], text[middle.upperBound..<end]
    )
    guard !label.contains("["), ["http://", "https://", "#"].contains(where: address.hasPrefix) else {
      return nil
    }
    let length = text.distance(from: text.startIndex, to: end) + 1
    return ("<a href=\"\(HTMLExport.escaped(String(address)))\">\(inline(label))</a>", length)
  }
}

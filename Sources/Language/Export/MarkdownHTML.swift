/// Markdown as HTML: the common blocks and marks. Markup of HTML in a text is shown, not taken.
///
/// The title of the document is the heading above all others.
enum MarkdownHTML {
  /// The text as HTML.
  static func text(_ markdown: String) -> String {
    blocks(TranscriptExport.lines(markdown)[...], depth: 0).joined(separator: "\n")
  }

  /// How deep lists and quotations may lie in one another; what lies deeper is a paragraph.
  private static let limit = 16

  private static func blocks(_ lines: ArraySlice<String>, depth: Int) -> [String] {
    var rest = lines
    var result: [String] = []
    while let line = rest.first {
      if line.allSatisfy(\.isWhitespace) {
        rest = rest.dropFirst()
        continue
      }
      let block =
        code(rest) ?? heading(rest) ?? rule(rest) ?? table(rest)
        ?? (depth < limit ? quotation(rest, depth) ?? list(rest, depth) : nil)
      if let block {
        result.append(block.0)
        rest = block.1
        continue
      }
      let count = 1 + rest.dropFirst().prefix { !startsBlock($0) }.count
      let text = rest.prefix(count).map { indented($0).text }.joined(separator: "\n")
      result.append("<p>\(MarkdownSpans.html(text))</p>")
      rest = rest.dropFirst(count)
    }
    return result
  }

  /// A line without the spaces it starts with, and how many they were.
  private static func indented(_ line: String) -> (width: Int, text: String) {
    let text = line.drop { $0 == " " || $0 == "\t" }
    return (line.count - text.count, String(text))
  }

  /// Whether a line ends the paragraph above it.
  private static func startsBlock(_ line: String) -> Bool {
    line.allSatisfy(\.isWhitespace) || code([line]) != nil || heading([line]) != nil || rule([line]) != nil
      || line.hasPrefix(">") || marker(line) != nil
  }

  private static func code(_ lines: ArraySlice<String>) -> (String, ArraySlice<String>)? {
    guard let first = lines.first else { return nil }
    let ticks = first.prefix { $0 == "`" }.count
    guard ticks >= 3 else { return nil }
    let fence = String(repeating: "`", count: ticks)
    let content = lines.dropFirst().prefix { !$0.hasPrefix(fence) }
    let isNotation = first.dropFirst(ticks).prefix { !$0.isWhitespace } == "nns"
    let text = content.joined(separator: "\n")
    let html = isNotation ? SourceHighlighter.html(text) : HTMLExport.escaped(text)
    return ("<pre><code>\(html)</code></pre>", lines.dropFirst(content.count + 2))
  }

  private static func heading(_ lines: ArraySlice<String>) -> (String, ArraySlice<String>)? {
    guard let first = lines.first else { return nil }
    let level = first.prefix { $0 == "#" }.count
    guard (1...6).contains(level), first.dropFirst(level).hasPrefix(" ") else { return nil }
    let name = "h\(max(level, 2))"
    let title = indented(String(first.dropFirst(level))).text
    return ("<\(name)>\(MarkdownSpans.html(title))</\(name)>", lines.dropFirst())
  }

  private static func rule(_ lines: ArraySlice<String>) -> (String, ArraySlice<String>)? {
    guard let signs = lines.first?.filter({ !$0.isWhitespace }), signs.count >= 3, let sign = signs.first,
      "-*_".contains(sign), signs.allSatisfy({ $0 == sign })
    else { return nil }
    return ("<hr>", lines.dropFirst())
  }

  private static func quotation(_ lines: ArraySlice<String>, _ depth: Int) -> (String, ArraySlice<String>)? {
    let quoted = lines.prefix { $0.hasPrefix(">") }
    guard !quoted.isEmpty else { return nil }
    let content = quoted.map { line in
      let text = line.dropFirst()
      return String(text.hasPrefix(" ") ? text.dropFirst() : text)
    }
    let html = blocks(content[...], depth: depth + 1).joined(separator: "\n")
    return ("<blockquote>\n\(html)\n</blockquote>", lines.dropFirst(quoted.count))
  }

  /// What stands before the text of an item: its width, and whether the list is numbered.
  private static func marker(_ line: String) -> (width: Int, isNumbered: Bool)? {
    let (indent, text) = indented(line)
    if let sign = text.first, "-*+".contains(sign), text.dropFirst().hasPrefix(" ") {
      return (indent + 2, false)
    }
    let digits = text.prefix { ("0"..."9").contains($0) }
    guard (1...9).contains(digits.count), text.dropFirst(digits.count).hasPrefix(". ") else { return nil }
    return (indent + digits.count + 2, true)
  }

  private static func list(_ lines: ArraySlice<String>, _ depth: Int) -> (String, ArraySlice<String>)? {
    guard let first = lines.first, let kind = marker(first)?.isNumbered else { return nil }
    let indent = indented(first).width
    var rest = lines
    var items: [String] = []
    while let line = rest.first, let sign = marker(line), sign.isNumbered == kind,
      indented(line).width <= indent
    {
      // Lines that stand under the text of the item belong to it.
      let more = rest.dropFirst().prefix { indented($0).width > indent && !$0.allSatisfy(\.isWhitespace) }
      let content =
        [String(line.dropFirst(sign.width))]
        + more.map { String($0.dropFirst(min(indented($0).width, sign.width))) }
      var html = blocks(content[...], depth: depth + 1).joined(separator: "\n")
      // A single line is no paragraph.
      if content.count == 1, html.hasPrefix("<p>") { html = String(html.dropFirst(3).dropLast(4)) }
      items.append("<li>\(html)</li>")
      rest = rest.dropFirst(1 + more.count)
    }
    let name = kind ? "ol" : "ul"
    return ("<\(name)>\n\(items.joined(separator: "\n"))\n</\(name)>", rest)
  }

  private static func table(_ lines: ArraySlice<String>) -> (String, ArraySlice<String>)? {
    guard let head = lines.first, head.contains("|"), let line = lines.dropFirst().first, line.contains("|"),
      line.contains("-"), line.allSatisfy({ "|:- ".contains($0) })
    else { return nil }
    let body = lines.dropFirst(2).prefix { $0.contains("|") }
    func row(_ line: String, _ name: String) -> String {
      var cells = line.split(separator: "|", omittingEmptySubsequences: false).map(\.trimmingSpaces)
      if cells.first?.isEmpty == true { cells.removeFirst() }
      if cells.last?.isEmpty == true { cells.removeLast() }
      let html = cells.map { "<\(name)>\(MarkdownSpans.html(String($0)))</\(name)>" }
      return "<tr>\(html.joined())</tr>"
    }
    let rows = [row(head, "th")] + body.map { row($0, "td") }
    return ("<table>\n\(rows.joined(separator: "\n"))\n</table>", lines.dropFirst(2 + body.count))
  }
}

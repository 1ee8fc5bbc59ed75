import Language

/// Markdown for a terminal: headings stand out, code is indented and coloured, text is wrapped.
struct MarkdownPainter {
  /// Columns of the terminal.
  let width: Int
  let hasColor: Bool

  /// Longer lines are tiring to read.
  private var textWidth: Int { max(20, min(width, 92)) }

  /// The page as lines for the terminal.
  func text(_ markdown: String) -> String {
    var lines: [String] = []
    var paragraph: [Substring] = []
    var table: [Substring] = []
    var fence: (length: Int, isCode: Bool, lines: [Substring])?
    func close() {
      lines += prose(paragraph) + MarkdownTable(table, width: textWidth, painter: self).lines
      (paragraph, table) = ([], [])
    }
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      let ticks = line.prefix { $0 == "`" }.count
      if let open = fence {
        if ticks >= open.length {
          lines += code(open.lines, isHighlighted: open.isCode)
          fence = nil
        } else {
          fence?.lines.append(line)
        }
      } else if ticks >= 3 {
        close()
        fence = (ticks, line.dropFirst(ticks).hasPrefix("nns"), [])
      } else if line.hasPrefix("|") {
        if !paragraph.isEmpty { close() }
        table.append(line)
      } else if line.hasPrefix("#") {
        close()
        lines.append(heading(line))
      } else if line.isEmpty {
        close()
        if lines.last != "" { lines.append("") }
      } else {
        if !table.isEmpty || line.hasPrefix("- ") { close() }
        paragraph.append(line)
      }
    }
    close()
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  private func heading(_ line: Substring) -> String {
    let level = line.prefix { $0 == "#" }.count
    let title = inline(String(line.drop { $0 == "#" || $0 == " " }))
    if hasColor { return "\u{1b}[1\(level == 1 ? ";4" : "")m\(title)\u{1b}[0m" }
    return level < 3 ? title + "\n" + String(repeating: level == 1 ? "=" : "-", count: title.count) : title
  }

  /// A paragraph or an item of a list.
  private func prose(_ paragraph: [Substring]) -> [String] {
    guard let first = paragraph.first else { return [] }
    let text = paragraph.map { $0.drop { $0 == " " } }.joined(separator: " ")
    return wrapped(inline(text), to: textWidth, hanging: first.hasPrefix("- ") ? 2 : 0)
  }

  private func code(_ lines: [Substring], isHighlighted: Bool) -> [String] {
    let text = lines.joined(separator: "\n")
    return (isHighlighted && hasColor ? SourcePainter.text(text) : text)
      .split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "    " + $0 }
  }
}

extension MarkdownPainter {
  /// A text with its code and its bold words marked, and links without their addresses within the project.
  func inline(_ text: String) -> String {
    var result = ""
    for (index, part) in text.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
      if index.isMultiple(of: 2) {
        result += emphasized(MarkdownPainter.withoutLinks(String(part)))
      } else {
        result += hasColor ? "\u{1b}[36m\(part)\u{1b}[39m" : "`\(part)`"
      }
    }
    return result
  }

  private func emphasized(_ text: String) -> String {
    text.split(separator: "**", omittingEmptySubsequences: false).enumerated().map { index, part in
      index.isMultiple(of: 2) || !hasColor ? String(part) : "\u{1b}[1m\(part)\u{1b}[22m"
    }.joined()
  }

  /// `[title](address)` as its title, followed by the address where that leads out of the project.
  private static func withoutLinks(_ text: String) -> String {
    text.replacing(/\[([^\]]*)\]\(([^)]*)\)/) { match in
      match.2.contains("://") ? "\(match.1) (\(match.2))" : String(match.1)
    }
  }

  /// A text in lines whose visible part is not wider than `width`, if its words allow it.
  func wrapped(_ text: String, to width: Int, hanging: Int) -> [String] {
    Display.wrapped(text, width: width, hanging: hanging) { Display.columns(MarkdownPainter.visible($0)) }
  }

  /// A text without escape codes.
  static func visible(_ text: some StringProtocol) -> String {
    String(text).replacing(/\u{1b}\[[0-9;]*m/, with: "")
  }
}

/// A part of a notebook script: a line `# %%` and everything up to the next.
public struct Cell: Sendable {
  /// What follows `# %%`; empty without a title.
  public var title: String
  /// Whether a line `# %%` starts it; only the first cell may lack one.
  public var hasHeader: Bool
  /// Where the cell begins: with its header, where it has one.
  public var start: Int
  /// The bytes below the header, for `Parser.parse(source, in: range)`, so that diagnostics keep their lines.
  public var range: SourceSpan
  /// The text of a cell that consists of comments, without their `# `; nil when there is code or nothing.
  public var prose: String?

  /// Whether the cell only consists of comments.
  public var isNote: Bool { prose != nil }

  /// The title without the sign of a note, which other programs for notebook scripts write: `[markdown]`.
  public var heading: String {
    for sign in ["[markdown]", "[md]"] where title.hasPrefix(sign) {
      return String(title.dropFirst(sign.count).drop { $0 == " " })
    }
    return title
  }
}

/// Cuts scripts into cells.
public enum NotebookCells {
  /// The cells of a script, in order.
  ///
  /// What stands above the first `# %%` is a cell without a header, unless it is blank. A script without any
  /// `# %%` is one such cell; it is meant to be evaluated statement by statement. A `# %%` inside a
  /// multi-line string is text.
  public static func split(_ source: Source) -> [Cell] {
    let strings = multilineTexts(in: source)
    var cells: [Cell] = []
    var header = (title: "", isPresent: false, start: 0)
    var start = 0

    func finish(at end: Int) {
      let range = SourceSpan(start, end)
      let isBlank = source.text(of: range).allSatisfy(\.isWhitespace)
      guard header.isPresent || !isBlank else { return }
      cells.append(
        Cell(
          title: header.title, hasHeader: header.isPresent, start: header.start, range: range,
          prose: prose(of: range, in: source))
      )
    }

    for (index, lineStart) in source.lineStarts.enumerated() {
      guard let title = title(ofHeader: source.line(index)),
        !strings.contains(where: { $0.contains(lineStart) })
      else { continue }
      finish(at: lineStart)
      header = (title, true, lineStart)
      start = index + 1 < source.lineStarts.count ? source.lineStarts[index + 1] : source.bytes.count
    }
    finish(at: source.bytes.count)
    return cells
  }

  /// What follows `# %%`, or nil for any other line.
  private static func title(ofHeader line: String) -> String? {
    guard line.hasPrefix("# %%") else { return nil }
    let rest = line.dropFirst(4)
    guard rest.isEmpty || rest.hasPrefix(" ") || rest.hasPrefix("\t") else { return nil }
    return String(rest.trimmingSpaces)
  }

  /// The comments of a range that contains nothing else.
  private static func prose(of range: SourceSpan, in source: Source) -> String? {
    var lines: [Substring] = []
    for line in source.text(of: range).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let text = line.trimmingSpaces
      guard text.isEmpty || text.hasPrefix("#") else { return nil }
      if text.hasPrefix("#>") { continue }
      let content = text.drop { $0 == "#" }
      lines.append(content.hasPrefix(" ") ? content.dropFirst() : content)
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    let prose = lines.drop { $0.isEmpty }
    return prose.isEmpty ? nil : prose.joined(separator: "\n")
  }

  /// The byte ranges of string contents that go over several lines.
  private static func multilineTexts(in source: Source) -> [Range<Int>] {
    var lexer = Lexer(source, in: 0..<source.bytes.count)
    lexer.run()
    return lexer.tokens.lazy.filter { $0.kind == .stringText || $0.kind == .rawString }
      .map { Int($0.span.start)..<Int($0.span.end) }
      .filter { source.bytes[$0].contains(UInt8(ascii: "\n")) }
  }
}

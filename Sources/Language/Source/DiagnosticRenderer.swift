import CUTF8Proc

extension Diagnostic {
  /// How many lines of the call trace are shown before its middle is left out.
  static let maximumCalls = 10

  /// The error as plain text without a final line end: the message, the marked line, what to try, and the
  /// calls that led to it. Sentences go on in another line where a `width` is given that they exceed.
  public func render(width: Int? = nil) -> String {
    var lines = Display.sentences("error: \(TerminalText.visible(message))", width: width, hanging: 2)
    var gutter = "   "
    if let source, let span {
      let index = source.lineIndex(of: source.offsets(of: span).lowerBound)
      let number = String(index + 1 + source.precedingLines)
      gutter = String(repeating: " ", count: max(3, number.count + 2))
      // Beside the text stand a bar, and an ellipsis at each end of a part.
      let room = width.map { max(30, $0 - gutter.count - 6) }
      lines += excerpt(
        of: source.offsets(of: span), in: source, line: index, number: number, gutter: gutter, room: room)
    }
    let remarks = (hint.map { ["help: \($0)"] } ?? []) + notes.map { "note: \($0)" }
    lines += remarks.flatMap {
      Display.sentences("\(gutter)= \(TerminalText.visible($0))", width: width, hanging: gutter.count + 2)
    }
    lines += trace.map { gutter + $0 }
    return lines.joined(separator: "\n")
  }

  /// The place, and the line with the marked bytes underlined; of several lines the first.
  private func excerpt(
    of range: Range<Int>, in source: Source, line: Int, number: String, gutter: String, room: Int?
  ) -> [String] {
    let whole = source.lineRange(line)
    let shown = source.window(around: range.lowerBound, in: whole, room: room)
    let marked = range.clamped(to: shown)
    let left = shown.lowerBound > whole.lowerBound ? "… " : ""
    let right = shown.upperBound < whole.upperBound ? " …" : ""
    let column = source.width(of: shown.lowerBound..<marked.lowerBound)
    let width = source.width(of: shown.lowerBound..<marked.upperBound) - column
    let underline =
      String(repeating: " ", count: left.count + column) + String(repeating: "^", count: max(width, 1))
    let padding = String(repeating: " ", count: gutter.count - 1 - number.count)
    let text = String(decoding: source.bytes[shown], as: UTF8.self)
    var lines = [
      "\(gutter.dropLast())--> \(source.place(of: range.lowerBound))",
      "\(gutter)|",
      "\(padding)\(number) | \(left)\(TerminalText.expanded(text).text)\(right)",
      "\(gutter)| \(underline)",
    ]
    guard let label = label.map(TerminalText.visible) else { return lines }
    if let room, underline.count + 1 + Display.columns(label) > room + 4 {
      lines += Display.wrapped(label, width: room + 4).map { "\(gutter)| \($0)" }
    } else {
      lines[lines.count - 1] += " \(label)"
    }
    return lines
  }

  /// The calls, innermost first, without the middle of a long trace.
  private var trace: [String] {
    var lines = calls.map { "in `\($0.function)` called at \($0.source.place(of: Int($0.span.start)))" }
    guard lines.count > Diagnostic.maximumCalls else { return lines }
    let half = Diagnostic.maximumCalls / 2
    let omitted = lines.count - 2 * half
    lines.replaceSubrange(half..<(lines.count - half), with: ["… \(omitted) more calls …"])
    return lines
  }
}

extension Source {
  /// The name, line and column of an offset, as messages show it; columns count characters from 1.
  public func place(of offset: Int) -> String {
    let start = min(max(offset, 0), bytes.count)
    let index = lineIndex(of: start)
    let column = text(of: SourceSpan(lineStarts[index], start)).count + 1
    return "\(name):\(index + 1 + precedingLines):\(column)"
  }

  /// The part of a line that is shown: all of it unless it is very long, or has no room.
  fileprivate func window(around offset: Int, in line: Range<Int>, room: Int?) -> Range<Int> {
    guard line.count > room ?? 400 else { return line }
    let length = min(160, room ?? 160)
    var start = max(line.lowerBound, min(offset - length * 3 / 8, line.upperBound - length))
    var end = min(line.upperBound, start + length)
    let isInsideScalar = { (offset: Int) in offset < line.upperBound && self.bytes[offset] & 0xc0 == 0x80 }
    while isInsideScalar(start) { start += 1 }
    while isInsideScalar(end) { end += 1 }
    return start..<max(start, end)
  }

  /// The columns a part of one line takes, counted from where the shown text starts.
  fileprivate func width(of range: Range<Int>) -> Int {
    TerminalText.expanded(String(decoding: bytes[range], as: UTF8.self)).width
  }
}

/// Text as a terminal lays it out.
enum TerminalText {
  /// The text with tabs as spaces up to the next multiple of four and other control characters as `�`, and the
  /// number of columns it takes.
  static func expanded(_ text: String) -> (text: String, width: Int) {
    var result = ""
    var width = 0
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\t":
        let count = 4 - width % 4
        result += String(repeating: " ", count: count)
        width += count
      case _ where scalar.properties.generalCategory == .control:
        result += "\u{fffd}"
        width += 1
      default:
        result.unicodeScalars.append(scalar)
        width += max(0, Int(utf8proc_charwidth(utf8proc_int32_t(scalar.value))))
      }
    }
    return (result, width)
  }

  /// The text with control characters other than line ends as `�`, so that no text can steer the terminal.
  static func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control && $0 != "\n" })
    else {
      return text
    }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl = scalar.properties.generalCategory == .control && scalar != "\n"
      result.append(scalar == "\t" ? " " : isControl ? "\u{fffd}" : scalar)
    }
    return String(result)
  }
}

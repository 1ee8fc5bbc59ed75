extension HelpEntry {
  /// The entry for a terminal with so many columns.
  func text(width: Int = 80) -> String {
    var lines = HelpEntry.wrapped(signature, width: width, indent: 0, hanging: 4)
    for line in summary.split(separator: "\n") {
      lines += HelpEntry.wrapped(String(line), width: width, indent: 2)
    }
    for (name, text) in parts {
      let label = "  \(Display.padded(name, to: 10))  "
      var part = HelpEntry.wrapped(text, width: width, indent: label.count)
      part[0] = label + part[0].dropFirst(label.count)
      lines += part
    }
    if !example.isEmpty {
      lines.append("  example")
      for line in example.split(separator: "\n", omittingEmptySubsequences: false) {
        lines.append("    " + line)
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The entry for the reference page. Its example starts a session of its own.
  var markdown: String {
    var lines = ["### `\(name)`", "", "```text", signature, "```", "", summary]
    if !parts.isEmpty { lines.append("") }
    for (name, text) in parts { lines.append("- \(name): \(name == "convention" ? text : "`\(text)`")") }
    if !example.isEmpty { lines += ["", "```nns new", example, "```"] }
    return lines.joined(separator: "\n")
  }

  /// A text in lines of at most `width` columns, if its words allow it, each indented.
  static func wrapped(_ text: String, width: Int, indent: Int, hanging: Int? = nil) -> [String] {
    let hanging = hanging ?? indent
    var lines: [String] = []
    var line = String(repeating: " ", count: indent)
    var isEmpty = true
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if !isEmpty, Display.columns(line) + 1 + Display.columns(String(word)) > width {
        lines.append(line)
        line = String(repeating: " ", count: hanging)
        isEmpty = true
        guard !word.isEmpty else { continue }
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return (lines + [line]).map { line in
      line.last == " " ? String(line[...(line.lastIndex { $0 != " " } ?? line.startIndex)]) : line
    }
  }
}

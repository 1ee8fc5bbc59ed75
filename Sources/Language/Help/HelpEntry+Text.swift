extension HelpEntry {
  /// The entry for a terminal with so many columns.
  func text(width: Int = 80) -> String {
    var lines = Display.wrapped(signature, width: width, hanging: 4)
    for line in summary.split(separator: "\n") { lines += Display.wrapped(line, width: width, indent: 2) }
    lines += Display.aligned(
      parts.map { ($0.name, $0.text) }, indent: 2, labelWidth: "convention".count, width: width)
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
}

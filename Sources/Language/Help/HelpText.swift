/// Help on everything that is predefined, made from the same rows that define it.
public enum HelpText {
  /// Names, signatures and the rest, in the order of the sections.
  static let entries: [HelpEntry] = {
    let all = BuiltinTable.all.map { HelpEntry($0) } + Prelude.names.compactMap { HelpEntry(prelude: $0) }
    return Builtin.Section.allCases.flatMap { section in all.filter { $0.section == section } }
      + all.filter { $0.section == nil }
  }()

  /// The entry of a predefined name.
  public static func entry(named name: String) -> String? {
    BuiltinTable.named(name).map { HelpEntry($0).text } ?? HelpEntry(prelude: name)?.text
  }

  /// What is known about a function: for the user's own, the signature and its documentation.
  public static func entry(for function: Function) -> String {
    switch function.body {
    case .builtin(let builtin): return HelpEntry(builtin).text
    case .derived(let builtin, _):
      return FunctionText.inline(function) + "\n  A function made by \(builtin.name): \(builtin.summary)"
    case .code(let code, _):
      guard let syntax = code.syntax, let documentation = syntax.documentation else {
        return FunctionText.echo(function, width: 80)
          + "\n  It has no documentation: lines of ## above a definition are shown here."
      }
      return HelpEntry(signature: syntax.signature, documentation: documentation).text
    }
  }

  /// Every entry as Markdown, by section.
  public static func reference() -> String {
    var lines = ["# The nns library"]
    for section in Builtin.Section.allCases {
      let entries = entries.filter { $0.section == section }
      guard let first = section.rawValue.first, !entries.isEmpty else { continue }
      lines.append("## " + first.uppercased() + section.rawValue.dropFirst())
      lines += entries.map(\.markdown)
    }
    return lines.joined(separator: "\n\n") + "\n"
  }

  /// The entries that contain every word, best first, a line each; nil when there is none.
  public static func search(_ words: String) -> String? {
    let wanted = words.lowercased().split(separator: " ")
    guard !wanted.isEmpty else { return nil }
    let found: [HelpEntry] = (0...2).flatMap { rank in entries.filter { $0.rank(wanted) == rank } }
    guard !found.isEmpty else { return nil }
    let width = found.map { Display.columns($0.name) }.max() ?? 0
    return found.map { Display.padded($0.name, to: width) + "  " + $0.summary }.joined(separator: "\n")
  }

  /// What `help()` without a name shows: the sections and their names.
  public static var overview: String {
    let sections = Builtin.Section.allCases.compactMap { section -> String? in
      let names = entries.filter { $0.section == section }.map(\.name)
      return names.isEmpty ? nil : section.rawValue + "\n" + wrapped(names, width: 78)
    }
    return sections.joined(separator: "\n") + "\nhelp(name) shows one of them, help(\"words\") searches."
  }

  /// Every name with the source of its example, which is a transcript.
  public static var examples: [(name: String, source: String)] {
    entries.filter { !$0.example.isEmpty }.map { ($0.name, $0.example) }
  }

  private static func wrapped(_ names: [String], width: Int) -> String {
    var lines: [String] = []
    var line = " "
    for name in names {
      if line.utf8.count + name.utf8.count + 1 > width {
        lines.append(line)
        line = " "
      }
      line += " " + name
    }
    return (lines + [line]).joined(separator: "\n")
  }
}

/// Help on everything that is predefined, made from the same rows that define it.
public enum HelpText {
  /// Statements, operators and the other parts of the language itself.
  static let language: [HelpEntry] = HelpTopic.Section.allCases.flatMap { section in
    HelpTopic.all.filter { $0.section == section }.map { HelpEntry($0) }
  }

  /// The functions, in the order of the sections.
  static let library: [HelpEntry] = {
    let all = BuiltinTable.all.map { HelpEntry($0) } + Prelude.names.compactMap { HelpEntry(prelude: $0) }
    return Builtin.Section.allCases.flatMap { section in all.filter { $0.section == section.rawValue } }
  }()

  /// All of it.
  static let entries = language + library

  /// The entry of a predefined name, or of a word or sign of the language, for so many columns.
  ///
  /// A name from elsewhere gives the entry of what is called differently here.
  public static func entry(named name: String, width: Int = 80) -> String? {
    if let function = function(named: name) { return function.text(width: width) }
    if let topic = language.first(where: { $0.name == name || $0.otherNames.contains(name) }) {
      return topic.text(width: width)
    }
    guard let known = HelpSynonyms.name(for: name), let entry = function(named: known) else { return nil }
    return "\(name) is called \(known) here\n" + entry.text(width: width)
  }

  private static func function(named name: String) -> HelpEntry? {
    if let builtin = BuiltinTable.named(name) { return HelpEntry(builtin) }
    return Prelude.names.contains(name) ? HelpEntry(prelude: name) : nil
  }

  /// What is known about a function: for the user's own, the signature and its documentation.
  public static func entry(for function: Function, width: Int = 80) -> String {
    switch function.body {
    case .builtin(let builtin): return HelpEntry(builtin).text(width: width)
    case .derived(let builtin, _):
      return FunctionText.inline(function) + "\n  A function made by \(builtin.name): \(builtin.summary)"
    case .code(let code, _):
      guard let syntax = code.syntax, let documentation = syntax.documentation else {
        return FunctionText.echo(function, width: width)
          + "\n  It has no documentation: lines of ## above a definition are shown here."
      }
      return HelpEntry(signature: syntax.signature, documentation: documentation).text(width: width)
    }
  }

  /// The statements, operators and other parts of the language as a Markdown page.
  public static func languageReference() -> String {
    page("The nns language", HelpTopic.Section.allCases.map(\.rawValue), language)
  }

  /// The functions as a Markdown page.
  public static func libraryReference() -> String {
    page("The nns library", Builtin.Section.allCases.map(\.rawValue), library)
  }

  private static func page(_ title: String, _ sections: [String], _ entries: [HelpEntry]) -> String {
    var blocks = ["# \(title)"]
    for section in sections {
      let entries = entries.filter { $0.section == section }
      guard let first = section.first, !entries.isEmpty else { continue }
      blocks.append("## " + first.uppercased() + section.dropFirst())
      blocks += entries.map(\.markdown)
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  /// The name and summary of every entry that mentions the words, best first.
  public static func search(_ words: String) -> [(name: String, summary: String)] {
    HelpSearch.find(words, in: entries).map { entry in
      (entry.name, entry.summary)
    }
  }

  /// What `help()` without a name shows: the sections and their names.
  public static var overview: String {
    let sections = (HelpTopic.Section.allCases.map(\.rawValue) + Builtin.Section.allCases.map(\.rawValue))
      .compactMap { section -> String? in
        let names = entries.filter { $0.section == section }.map(\.name)
        guard !names.isEmpty else { return nil }
        return ([section] + Display.wrapped(names.joined(separator: "  "), width: 78, indent: 2))
          .joined(separator: "\n")
      }
    return sections.joined(separator: "\n") + "\nhelp(\"name\") shows one of them, help(\"words\") searches."
  }

  /// Every name with the source of its example, which is a transcript.
  public static var examples: [(name: String, source: String)] {
    entries.filter { !$0.example.isEmpty }.map { ($0.name, $0.example) }
  }
}

extension HelpText {
  /// Found entries as lines of at most `width` columns, or nil when nothing was found; the first `limit` of them.
  public static func list(
    _ found: [(name: String, summary: String)], limit: Int = 24, width: Int = 80
  ) -> String? {
    guard !found.isEmpty else { return nil }
    var lines = Display.aligned(found.prefix(limit).map { ($0.name, $0.summary) }, width: width)
    if found.count > limit { lines.append("and \(found.count - limit) more; another word narrows it") }
    return lines.joined(separator: "\n")
  }
}

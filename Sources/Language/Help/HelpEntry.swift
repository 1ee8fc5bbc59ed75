/// Everything help knows about one name, wherever it is defined.
struct HelpEntry {
  var signature: String
  var section: Builtin.Section?
  /// A sentence, and for a user's function the rest of what its author wrote.
  var summary: String
  var formula: String?
  var gradient: String?
  var convention: String?
  /// Statements and `#>` lines; empty when there is none.
  var example: String

  /// The name: the signature up to its parenthesis.
  var name: String { String(signature.prefix { $0 != "(" }) }
}

extension HelpEntry {
  /// What a builtin says about itself.
  init(_ builtin: Builtin) {
    signature = builtin.signature
    section = builtin.section
    summary = builtin.summary
    formula = builtin.formula
    gradient = builtin.gradient
    convention = builtin.convention
    example = builtin.example
  }

  /// What the documentation above a definition says: its first lines, then those that start with
  /// `section:`, `formula:`, `gradient:` or `convention:`, then everything under `example:`.
  init(signature: String, documentation: String) {
    self.signature = signature
    var summary: [Substring] = []
    var example: [Substring] = []
    var isExample = false
    for line in documentation.split(separator: "\n", omittingEmptySubsequences: false) {
      if isExample {
        example.append(line)
      } else if line == "example:" {
        isExample = true
      } else if let text = HelpEntry.field("section", line) {
        section = Builtin.Section(rawValue: text)
      } else if let text = HelpEntry.field("formula", line) {
        formula = text
      } else if let text = HelpEntry.field("gradient", line) {
        gradient = text
      } else if let text = HelpEntry.field("convention", line) {
        convention = text
      } else {
        summary.append(line)
      }
    }
    self.summary = summary.joined(separator: "\n")
    self.example = example.joined(separator: "\n")
  }

  /// A definition of the prelude.
  init?(prelude name: String) {
    guard let definition = Prelude.definition(named: name) else { return nil }
    let lines = definition.text.split(separator: "\n", omittingEmptySubsequences: false)
    let documentation = lines.prefix { $0.hasPrefix("##") }
    // The signature ends where the parenthesis of the parameters closes.
    var signature = ""
    var depth = 0
    for character in lines.dropFirst(documentation.count).joined(separator: "\n") {
      signature.append(character)
      if character == "(" { depth += 1 }
      if character == ")" {
        depth -= 1
        if depth == 0 { break }
      }
    }
    let text = documentation.map { line in
      let content = line.dropFirst(2)
      return content.first == " " ? content.dropFirst() : content
    }
    self.init(signature: signature, documentation: text.joined(separator: "\n"))
  }

  private static func field(_ name: String, _ line: Substring) -> String? {
    line.hasPrefix(name + ": ") ? String(line.dropFirst(name.count + 2)) : nil
  }
}

extension HelpEntry {
  /// The parts that have a name, in the order help shows them.
  var parts: [(name: String, text: String)] {
    [("formula", formula), ("gradient", gradient), ("convention", convention)].compactMap { name, text in
      text.map { (name, $0) }
    }
  }

  /// How well it answers a search, 0 for its own name; nil unless it contains every word.
  func rank(_ words: [Substring]) -> Int? {
    let fields = [signature, summary, section?.rawValue ?? ""] + parts.map(\.text)
    let text = fields.joined(separator: "\n").lowercased()
    guard words.allSatisfy({ text.contains($0) }) else { return nil }
    let name = name
    if words.contains(where: { $0 == name }) { return 0 }
    return words.contains { name.contains($0) } ? 1 : 2
  }

  /// The entry for a terminal.
  var text: String {
    var lines = [signature]
    for line in summary.split(separator: "\n") { lines.append("  " + line) }
    for (name, text) in parts { lines.append("  \(Display.padded(name, to: 10))  \(text)") }
    if !example.isEmpty {
      lines.append("  example")
      for line in example.split(separator: "\n", omittingEmptySubsequences: false) {
        lines.append("    " + line)
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The entry for the reference page.
  var markdown: String {
    var lines = ["### `\(signature)`", "", summary]
    if !parts.isEmpty { lines.append("") }
    for (name, text) in parts { lines.append("- \(name): \(name == "convention" ? text : "`\(text)`")") }
    if !example.isEmpty { lines += ["", "```", example, "```"] }
    return lines.joined(separator: "\n")
  }
}

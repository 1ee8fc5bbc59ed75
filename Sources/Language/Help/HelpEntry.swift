/// Everything help knows about one name, wherever it is defined.
struct HelpEntry: Sendable {
  /// What it is asked for by.
  var name: String
  /// Other words it is found by.
  var otherNames: [String] = []
  /// How it is written: for a function its signature.
  var signature: String
  /// Where help lists it; nil for a user's function.
  var section: String?
  /// A sentence, and for a user's function the rest of what its author wrote.
  var summary: String
  var formula: String?
  var gradient: String?
  var convention: String?
  /// Statements and `#>` lines; empty when there is none.
  var example: String
}

extension HelpEntry {
  /// What a builtin says about itself.
  init(_ builtin: Builtin) {
    name = builtin.name
    otherNames = HelpSynonyms.others(of: builtin.name)
    signature = builtin.signature
    section = builtin.section.rawValue
    summary = builtin.summary
    formula = builtin.formula
    gradient = builtin.gradient
    convention = builtin.convention
    example = builtin.example
  }

  /// What the language's own table says.
  init(_ topic: HelpTopic) {
    name = topic.name
    otherNames = topic.otherNames
    signature = topic.form
    section = topic.section.rawValue
    summary = topic.summary
    convention = topic.convention
    example = topic.example
  }

  /// What the documentation above a definition says: its first lines, then those that start with
  /// `section:`, `formula:`, `gradient:` or `convention:`, then everything under `example:`.
  init(signature: String, documentation: String) {
    name = String(signature.prefix { $0 != "(" })
    otherNames = HelpSynonyms.others(of: name)
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
        section = text
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
    for character in lines.dropFirst(documentation.count).joined(separator: " ") {
      if character == " ", signature.last == " " || signature.last == "(" { continue }
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
    self.init(
      signature: signature.replacing(" )", with: ")"), documentation: text.joined(separator: "\n"))
  }

  private static func field(_ name: String, _ line: Substring) -> String? {
    line.hasPrefix(name + ": ") ? String(line.dropFirst(name.count + 2)) : nil
  }

  /// The parts that have a name, in the order help shows them.
  var parts: [(name: String, text: String)] {
    [("formula", formula), ("gradient", gradient), ("convention", convention)].compactMap { name, text in
      text.map { (name, $0) }
    }
  }
}

/// A word, a sign or an idea of the language that is no function: all that help knows about it.
struct HelpTopic: Sendable {
  /// Where help lists it.
  enum Section: String, CaseIterable {
    case statements, functions, operators, values, notebooks
  }

  /// What it is asked for by.
  let name: String
  /// How it is written.
  let form: String
  /// Other words and signs it is asked for by, those of other languages among them.
  let otherNames: [String]
  let section: Section
  /// One sentence that stands alone.
  let summary: String
  /// What else must be known.
  let convention: String?
  /// Statements and `#>` lines.
  let example: String

  init(
    _ name: String, _ form: String, also otherNames: [String] = [], _ section: Section, _ summary: String,
    convention: String? = nil, example: String
  ) {
    self.name = name
    self.form = form
    self.otherNames = otherNames
    self.section = section
    self.summary = summary
    self.convention = convention
    self.example = example
  }
}

extension HelpTopic {
  /// All of them, by section.
  static let all: [HelpTopic] = [
    statements, functions, operators, comparisons, values, collections, notebooks,
  ].flatMap { $0 }
}

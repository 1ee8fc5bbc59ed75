import Language

/// One argument of a prompt's command: how help writes it and what completion offers in its place.
final class PromptArgument: Sendable {
  /// What can stand there.
  enum Completion: Sendable {
    /// Anything new.
    case nothing
    /// Part of the language, completed as in a cell.
    case expression
    /// The path of a file.
    case path
    /// One of some words; they may depend on the session and on the arguments before.
    case words(@Sendable (_ session: Session, _ before: [String]) -> [String])
  }

  /// What help calls it: `NAME`.
  let label: String
  /// Whether it may be left out.
  let isOptional: Bool
  /// What completion offers.
  let completion: Completion

  /// An argument of this label.
  init(_ label: String, isOptional: Bool = false, _ completion: Completion = .nothing) {
    self.label = label
    self.isOptional = isOptional
    self.completion = completion
  }

  /// The label, in brackets when it may be left out.
  var form: String { isOptional ? "[\(label)]" : label }
}

extension PromptArgument {
  /// The number of a cell.
  static let cell = PromptArgument("N", cells)

  /// The number of a cell, or none for the last one.
  static let cellOrLast = PromptArgument("N", isOptional: true, cells)

  /// The number of a second cell.
  static let otherCell = PromptArgument("M", cells)

  /// The number of a cell, or all stale ones.
  static let cellOrStale = PromptArgument(
    "N|stale", .words { session, _ in ["stale"] + numbers(of: session) })

  /// A name that the user gave a value.
  static let variable = PromptArgument("NAME", .words { session, _ in session.variables.map(\.name) })

  private static let cells = Completion.words { session, _ in numbers(of: session) }

  private static func numbers(of session: Session) -> [String] {
    let cells = (try? session.history?.cells()) ?? []
    let labels = CellLabel.labels(of: cells)
    return cells.compactMap { labels[$0.id].map(String.init(describing:)) }
  }

  /// The name of a session in the store.
  static let session = PromptArgument(
    "NAME", .words { session, _ in ((try? session.store.sessions()) ?? []).map(\.name) })

  /// The name of a setting.
  static let setting = PromptArgument("NAME", isOptional: true, .words { _, _ in Setting.all.map(\.name) })

  /// A value of the setting named before.
  static let settingValue = PromptArgument(
    "VALUE", isOptional: true,
    .words { _, before in Setting.all.first { $0.name == before.last }?.words ?? [] })

  /// A name that nothing has yet.
  static let newName = PromptArgument("NAME")
}

import Language

/// A prompt's command on its way: what stands behind its name, and the session it concerns.
struct PromptCall {
  let session: Session
  let host: TerminalHost
  /// The training that waits; nil at the prompt.
  let paused: PausedRun?
  /// The arguments that were given; the last one goes to the end of the line.
  let arguments: [String]

  /// An argument by its position; nil when it was left out.
  subscript(_ position: Int) -> String? {
    arguments.indices.contains(position) ? arguments[position] : nil
  }

  /// The recorded cells.
  func history() throws(Diagnostic) -> SessionHistory {
    guard let history = session.history else {
      throw Diagnostic("this session is not recorded", kind: .value)
    }
    return history
  }

  /// The label of a cell.
  func label(_ position: Int) throws(Diagnostic) -> CellLabel {
    let text = arguments[position]
    guard let label = CellLabel(text) else {
      throw Diagnostic(
        "\(Display.literal(text)) is no number of a cell", kind: .argument, hint: ":cells lists them")
    }
    return label
  }

  /// The cell of a label.
  func cell(_ position: Int) throws(Diagnostic) -> CellEntry { try history().cell(label(position)) }

  /// What to say after a move: where the session is now, and what could not be brought back.
  func moved(_ notes: [String]) throws(Diagnostic) -> PromptCommand.Answer {
    let history = try history()
    var place = "at the beginning"
    if let head = history.head, let label = try history.headLabel() {
      place = "after cell \(label): "
      place += CellList.firstLine(of: head.source, limit: max(1, host.width - Display.columns(place)))
    }
    return .text(([place] + notes.map { "note: \($0)" }).joined(separator: "\n"))
  }
}

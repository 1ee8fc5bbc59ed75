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

  /// The number of a cell.
  func number(_ position: Int) throws(Diagnostic) -> Int {
    let text = arguments[position]
    guard let number = Int(text), number >= 0 else {
      throw Diagnostic(
        "\(Display.literal(text)) is no number of a cell", kind: .argument, hint: ":cells lists them")
    }
    return number
  }

  /// The cell of a number, or the last one where the number is left out; nil when there is none yet.
  func cell(_ position: Int) throws(Diagnostic) -> CellEntry? {
    guard self[position] != nil else { return try history().cells().last }
    return try history().cell(numbered: number(position))
  }

  /// What to say after a move: where the session is now, and what could not be brought back.
  func moved(_ notes: [String]) throws(Diagnostic) -> PromptCommand.Answer {
    let head = try history().head
    let place =
      head.map { "after cell \($0.number): \(CellList.firstLine(of: $0.source))" } ?? "at the beginning"
    return .text(([place] + notes.map { "note: \($0)" }).joined(separator: "\n"))
  }
}

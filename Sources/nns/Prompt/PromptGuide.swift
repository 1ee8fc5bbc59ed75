import Language

/// What the line editor needs to know of a session.
final class PromptGuide: LineEditorGuide {
  private let completer: Completer
  private let history: History
  private let host: TerminalHost
  private let whenIdle: () -> Void

  /// The guide of a session's prompt; `whenIdle` is called when nothing has been typed for a moment.
  init(_ session: Session, _ history: History, _ host: TerminalHost, whenIdle: @escaping () -> Void) {
    completer = Completer(session: session, world: PromptWorld(session))
    self.history = history
    self.host = host
    self.whenIdle = whenIdle
  }

  func isComplete(_ text: String) -> Bool {
    if text.hasPrefix(":") || text.hasPrefix("?") { return true }
    if case .incomplete = Parser.parse(Source(name: "cell", text: text)) { return false }
    return true
  }

  func completion(of text: String, at cursor: Int) -> Completion? {
    completer.completion(of: text, at: cursor)
  }

  func wholeHistory() -> [String]? { history.complete() ? history.inputs : nil }

  func isIdle() { whenIdle() }

  var hasColor: Bool { host.hasInputColor }
}

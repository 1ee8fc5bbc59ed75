import CTerminal
import Language

/// The conversation while a training waits: cells of a scope that is thrown away, and a few commands.
struct PausePrompt {
  private let session: Session
  private let host: TerminalHost
  private let editor: LineEditor
  private let history: History

  /// A conversation about a training of `session`, with an editor that knows `history`.
  init(session: Session, host: TerminalHost, editor: LineEditor, history: History) {
    self.session = session
    self.host = host
    self.editor = editor
    self.history = history
  }

  /// Converses until the user decides what becomes of the training.
  func decide(about paused: PausedRun) -> PausedRun.Decision {
    _ = nns_take_interrupt()
    for line in PausePrompt.greeting(paused) {
      for part in Display.wrapped(line, width: host.width, hanging: 2) { host.writeLine(part) }
    }
    defer { _ = nns_take_interrupt() }
    let guide = editor.guide
    editor.guide = PromptGuide(session, history, host, paused: paused) {}
    defer { editor.guide = guide }
    var cell = ""
    while true {
      host.flush()
      switch editor.read(
        prompt: cell.isEmpty ? PausePrompt.prompt : PausePrompt.continuation,
        continuation: PausePrompt.continuation)
      {
      case .interrupted:
        // It clears what was typed first.
        guard editor.hadText || !cell.isEmpty else { return .cancel }
        cell = ""
      case .end:
        if adopts(paused) { return .resume }
        cell = ""
      case .text(let line):
        cell += cell.isEmpty ? line : "\n" + line
        guard !cell.allSatisfy(\.isWhitespace) else {
          cell = ""
          continue
        }
        if cell.hasPrefix(":") {
          if let decision = run(cell, paused) { return decision }
          cell = ""
        } else if evaluate(cell, paused) {
          editor.remember(cell)
          cell = ""
        }
      }
    }
  }

  private static let prompt = "[paused]> "
  private static let continuation = "     ...> "

  private static func greeting(_ paused: PausedRun) -> [String] {
    let loss = paused.loss.map { ", loss \(Display.short($0))" } ?? ""
    return [
      "paused in \(paused.place)\(loss); run and model show what there is so far",
      ":continue goes on with lr, epochs and clip as they are then",
      ":stop ends fit with what there is, Ctrl-C cancels the cell",
    ]
  }

  /// Runs a command; what the user decided by it, if anything.
  private func run(_ line: String, _ paused: PausedRun) -> PausedRun.Decision? {
    do throws(Diagnostic) {
      switch try PromptCommand.run(line, in: session, on: host, paused: paused) {
      case .text(let text): if !text.isEmpty { host.writeLine(text) }
      case .evaluate(let cells): for cell in cells { _ = evaluate(cell, paused) }
      case .decide(.resume): if adopts(paused) { return .resume }
      case .decide(let decision): return decision
      case .leave, .lesson: break
      }
    } catch {
      host.report(error)
    }
    return nil
  }

  /// Evaluates what was typed so far; false when the cell needs another line.
  private func evaluate(_ cell: String, _ paused: PausedRun) -> Bool {
    if let question = Question(cell) {
      host.writeLine(question.answer(in: session, width: host.width))
      return true
    }
    switch paused.submit(Source(name: "[paused]", text: cell)) {
    case .done: break
    case .incomplete: return false
    case .failed(let diagnostic): host.report(diagnostic)
    }
    _ = nns_take_interrupt()
    return true
  }

  /// Whether the training can go on with the knobs as they are; says why when not.
  private func adopts(_ paused: PausedRun) -> Bool {
    do throws(Diagnostic) {
      try paused.adopt()
      return true
    } catch {
      host.report(error)
      return false
    }
  }
}

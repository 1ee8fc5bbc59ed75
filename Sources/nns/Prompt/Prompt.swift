import CTerminal
import Language

/// The conversation at a terminal: reads a cell, evaluates it, shows what comes of it.
struct Prompt {
  private let session: Session
  private let host: TerminalHost
  private let editor: LineEditor
  private let guide: PromptGuide
  private let history: History
  /// What the next prompt begins with: a cell that turned out to need more.
  private var draft = ""
  private var isLeaving = false

  /// Whether what is typed outlives the process.
  private let isKept: Bool

  /// A conversation about `session`, whose outputs `host` shows and a file keeps, if `isKept`; `whenIdle` is called
  /// when nothing has been typed for a moment.
  init(session: Session, host: TerminalHost, isKept: Bool, whenIdle: @escaping () -> Void) {
    self.session = session
    self.host = host
    self.isKept = isKept
    history = History(of: session) { host.date() }
    guide = PromptGuide(session, history, host, whenIdle: whenIdle)
    editor = LineEditor(history: history.inputs, guide: guide)
  }

  /// Converses until the user leaves.
  consuming func run() -> ExitStatus {
    let pausePrompt = PausePrompt(session: session, host: host, editor: editor, history: history)
    session.pauseHandler = { pausePrompt.decide(about: $0) }
    // It keeps the session, and with it the store, which is to be closed in the end.
    defer { session.pauseHandler = nil }
    for line in greeting {
      for part in Display.wrapped(line, width: host.width, hanging: 2) { host.writeLine(part) }
    }
    while !isLeaving, readCell() {}
    return .success
  }
}

extension Prompt {
  /// What is said before the first prompt; more to somebody who never typed anything.
  private var greeting: [String] {
    guard history.isEmpty else { return ["nns \(Command.version). :help lists the commands."] }
    return [
      "nns \(Command.version). Try: f(x) = sin(x)^2 and then f(1), its derivative f'(1), plot(f, -3, 3)",
      ":demo descent is a lesson to walk through, :doc tour a tour; ?fit explains a name, ??words searches.",
      "Tab completes, Ctrl-C stops or clears, :undo takes a cell back, Ctrl-D leaves"
        + (isKept ? "; everything is kept." : "."),
    ]
  }

  private var prompt: String { "[\(session.cellNumber)]> " }

  /// What stands before the further lines of a cell.
  private var continuation: String { String(repeating: " ", count: prompt.count - 5) + "...> " }

  /// Reads a cell and evaluates it; false when the user leaves.
  private mutating func readCell() -> Bool {
    var cell = ""
    while true {
      host.flush()
      let initial = draft
      draft = ""
      switch editor.read(
        prompt: cell.isEmpty ? prompt : continuation, continuation: continuation, initial: initial)
      {
      case .interrupted: return true
      case .end:
        if !cell.isEmpty { remember(cell) }
        return false
      case .text(let line):
        cell += cell.isEmpty ? line : "\n" + line
        guard !cell.allSatisfy(\.isWhitespace) else { return true }
        guard guide.isComplete(cell) else { continue }
        // Before anything can go wrong.
        remember(cell)
        evaluateParts(of: cell)
        return true
      }
    }
  }

  private func remember(_ cell: String) {
    if history.append(cell) { editor.remember(cell) }
  }

  /// Evaluates a cell, or the cells into which lines `# %%` divide it, up to the first that fails.
  private mutating func evaluateParts(of text: String) {
    let source = Source(name: "cell", text: text)
    let parts = NotebookCells.split(source)
    guard parts.contains(where: \.hasHeader) else {
      _ = evaluate(text)
      return
    }
    for part in parts {
      let cell = source.text(of: part.range).trimmingNewlines
      guard !cell.isEmpty, !part.isNote else { continue }
      echo(cell)
      guard evaluate(cell) else { return }
    }
  }

  /// Shows a cell that was not typed as if it had been.
  private func echo(_ cell: String) {
    host.writeLine(prompt + cell.replacing("\n", with: "\n" + continuation))
  }

  /// Evaluates a cell; false when it failed.
  private mutating func evaluate(_ cell: String) -> Bool {
    if let question = Question(cell) {
      host.writeLine(question.answer(in: session, width: host.width))
      return true
    }
    if cell == "help" { return runCommand(":help") }
    if cell.hasPrefix(":") { return runCommand(cell) }
    defer { _ = nns_take_interrupt() }
    switch session.submit(Source(name: "[\(session.cellNumber)]", text: cell)) {
    case .done: return true
    case .incomplete: draft = cell
    case .failed(var diagnostic):
      if Prompt.farewells.contains(cell) { diagnostic.hint = "Ctrl-D leaves" }
      host.report(diagnostic)
    }
    return false
  }

  /// Runs a line that starts with a colon; false when it failed.
  private mutating func runCommand(_ line: String) -> Bool {
    defer { _ = nns_take_interrupt() }
    do throws(Diagnostic) {
      switch try PromptCommand.run(line, in: session, on: host) {
      case .text(let text): if !text.isEmpty { host.writeLine(text) }
      case .evaluate(let cells):
        for cell in cells {
          guard guide.isComplete(cell) else {
            draft = cell
            return false
          }
          echo(cell)
          remember(cell)
          guard evaluate(cell) else { return false }
        }
      case .lesson(let lesson): LessonPlayer(lesson, host: host, editor: editor, history: history).run()
      case .leave: isLeaving = true
      case .decide: break
      }
      return true
    } catch {
      host.report(error)
      return false
    }
  }

  /// How other prompts are left; here they are names like any other.
  private static let farewells: Set<String> = ["quit", "exit", "quit()", "exit()"]
}

extension String {
  /// The text without the line ends around it.
  fileprivate var trimmingNewlines: String {
    var text = self[...]
    while text.first?.isNewline == true { text.removeFirst() }
    while text.last?.isNewline == true { text.removeLast() }
    return String(text)
  }
}

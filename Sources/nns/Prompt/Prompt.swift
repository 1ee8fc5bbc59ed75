import CTerminal
import Language

/// The conversation at a terminal: reads a cell, evaluates it, shows what comes of it.
struct Prompt {
  private let session: Session
  private let host: TerminalHost
  private let editor: LineEditor
  private var history: History
  /// Called when nothing has been typed for a moment.
  private let whenIdle: () -> Void
  private var isLeaving = false

  /// A conversation about `session`, whose outputs `host` shows.
  init(session: Session, host: TerminalHost, whenIdle: @escaping () -> Void) {
    self.whenIdle = whenIdle
    self.session = session
    self.host = host
    history = History()
    editor = LineEditor(history: history.cells)
  }

  /// Converses until the user leaves.
  consuming func run() -> ExitStatus {
    host.writeLine(history.isNew ? Prompt.firstGreeting : Prompt.greeting)
    while !isLeaving, readCell() {}
    return .success
  }
}

extension Prompt {
  private static let firstGreeting = """
    nns \(Command.version). Try: f(x) = sin(x)^2 and then f(1), its derivative f'(1), plot(f, -3, 3)
    :demo descent is a lesson to walk through, :doc tour a tour; ?fit explains a name, ??words searches.
    Ctrl-C stops a calculation or clears the line, :undo takes a cell back, Ctrl-D leaves; all is kept.
    """

  private static let greeting = "nns \(Command.version). :help lists the commands."

  /// Reads lines until they make a cell and evaluates it; false when the user leaves.
  private mutating func readCell() -> Bool {
    let prompt = "[\(session.cellNumber)]> "
    let continuation = String(repeating: " ", count: prompt.count - 5) + "...> "
    var cell = ""
    while true {
      host.flush()
      switch editor.read(prompt: cell.isEmpty ? prompt : continuation, whenIdle: whenIdle) {
      case .interrupted: return true
      case .end:
        host.writeLine("")
        if !cell.isEmpty { remember(cell) }
        return false
      case .text(let line):
        cell += cell.isEmpty ? line : "\n" + line
        guard !cell.allSatisfy(\.isWhitespace) else { return true }
        if evaluate(cell) {
          remember(cell)
          return true
        }
      }
    }
  }

  private mutating func remember(_ cell: String) {
    editor.remember(cell)
    history.append(cell)
  }

  /// Evaluates what was typed so far; false when the cell needs another line.
  private mutating func evaluate(_ cell: String) -> Bool {
    if let question = Question(cell) {
      host.writeLine(question.answer(in: session, width: host.width))
      return true
    }
    if cell.hasPrefix(":") || cell == "help" {
      runCommand(cell == "help" ? ":help" : cell)
      return true
    }
    switch session.submit(Source(name: "[\(session.cellNumber)]", text: cell)) {
    case .done: break
    case .incomplete: return false
    case .failed(var diagnostic):
      if Prompt.farewells.contains(cell) { diagnostic.hint = "Ctrl-D leaves" }
      host.report(diagnostic)
    }
    _ = nns_take_interrupt()
    return true
  }

  /// Runs a line that starts with a colon.
  private mutating func runCommand(_ line: String) {
    do throws(Diagnostic) {
      switch try PromptCommand.run(line, in: session, on: host) {
      case .text(let text): if !text.isEmpty { host.writeLine(text) }
      case .evaluate(let source):
        host.writeLine(source)
        _ = evaluate(source)
      case .lesson(let lesson): LessonPlayer(lesson, host: host, editor: editor).run()
      case .leave: isLeaving = true
      }
    } catch {
      host.report(error)
    }
  }

  /// How other prompts are left; here they are names like any other.
  private static let farewells: Set<String> = ["quit", "exit", "quit()", "exit()"]
}

import CTerminal
import Guide
import Language
import Persistence

/// Walks through a lesson at the prompt: says something, shows a line, runs it or what is typed in its place.
///
/// It has a session of its own, of which nothing is kept.
struct LessonPlayer {
  private let lesson: Lesson
  private let script: LessonScript
  private let host: TerminalHost
  private let editor: LineEditor
  private let history: History
  private let session: Session

  /// A walk through `lesson` that shows on `host` and reads with `editor`, which knows `history`.
  init(_ lesson: Lesson, host: TerminalHost, editor: LineEditor, history: History) {
    self.lesson = lesson
    script = LessonScript(lesson)
    self.host = host
    self.editor = editor
    self.history = history
    var options = SessionOptions()
    options.interruptionEndsRuns = true
    session = Session(host: host, store: MemoryStore(), queries: QueryEngine(), options: options)
  }

  /// Goes through the steps until the end, or until the user leaves.
  func run() {
    let pausePrompt = PausePrompt(session: session, host: host, editor: editor, history: history)
    session.pauseHandler = { pausePrompt.decide(about: $0) }
    defer { session.pauseHandler = nil }
    let guide = editor.guide
    editor.guide = PromptGuide(session, history, host) {}
    defer { editor.guide = guide }
    let painter = MarkdownPainter(width: host.width, hasColor: host.hasColor)
    host.writeLine(
      painter.text(
        """
        # \(lesson.title)

        Enter runs the line that is shown; anything else that you type is run instead, as often as you like. `:quit` \
        or Ctrl-D leaves. None of this is kept in your session.
        """))
    for (index, step) in script.steps.enumerated() {
      if !step.words.isEmpty { host.writeLine("\n" + painter.text(step.words)) }
      host.writeLine("")
      show(step)
      guard take(step, "\(lesson.name) \(index + 1)/\(script.steps.count)> ") else {
        host.writeLine("you left the lesson; your session is as it was")
        return
      }
    }
    if !script.closing.isEmpty { host.writeLine("\n" + painter.text(script.closing)) }
    let place = Lesson.all.firstIndex { $0.name == lesson.name }.map { $0 + 1 } ?? 0
    let next = place < Lesson.all.count ? "; the next one is :demo \(Lesson.all[place].name)" : ""
    host.writeLine("end of the lesson\(next)")
  }

  private func show(_ step: LessonScript.Step) {
    let code = host.hasColor ? SourcePainter.text(step.code) : step.code
    let lines = code.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }
    host.writeLine(lines.joined(separator: "\n"))
  }

  /// Reads and runs until the step was run; false when the user leaves.
  private func take(_ step: LessonScript.Step, _ prompt: String) -> Bool {
    let continuation = String(repeating: " ", count: max(0, prompt.count - 5)) + "...> "
    var cell = ""
    while true {
      host.flush()
      switch editor.read(prompt: cell.isEmpty ? prompt : continuation, continuation: continuation) {
      case .end: return false
      case .interrupted: cell = ""
      case .text(let line):
        cell += cell.isEmpty ? line : "\n" + line
        if cell.allSatisfy(\.isWhitespace) {
          _ = evaluate(step.code)
          return true
        }
        if LessonPlayer.farewells.contains(cell) { return false }
        if answer(cell) || evaluate(cell) {
          editor.remember(cell)
          cell = ""
          show(step)
        }
      }
    }
  }

  private static let farewells: Set<String> = [":quit", ":q", "quit", "exit"]

  /// Answers a question or a command; false when it is neither.
  private func answer(_ line: String) -> Bool {
    if let question = Question(line) {
      host.writeLine(question.answer(in: session, width: host.width))
      return true
    }
    guard line.hasPrefix(":") else { return false }
    host.writeErrorLine("error: commands wait until the lesson is over; :quit leaves it")
    return true
  }

  /// Evaluates a cell; false when it needs another line.
  private func evaluate(_ cell: String) -> Bool {
    defer { _ = nns_take_interrupt() }
    switch session.submit(Source(name: lesson.name, text: cell)) {
    case .done: return true
    case .incomplete: return false
    case .failed(let diagnostic):
      host.report(diagnostic)
      return true
    }
  }
}

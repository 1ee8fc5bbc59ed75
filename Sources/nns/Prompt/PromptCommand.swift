import Guide
import Language

/// A line of a prompt that starts with a colon: its name, its arguments, what help says, and what it does.
///
/// Each is one declaration in an array of ``all``, from which help and completion are made.
/// A class, because the optimiser (6.3.1) crashes on a structure of functions that is passed on.
final class PromptCommand: Sendable {
  /// What a command leads to.
  enum Answer {
    case text(String)
    /// Cells that are to be evaluated as if they had been typed; one that fails is the last.
    case evaluate([String])
    /// A lesson that is to be walked through.
    case lesson(Lesson)
    case leave
    /// What becomes of a training that waits.
    case decide(PausedRun.Decision)
  }

  /// Where a command makes sense.
  enum Stage: Sendable {
    /// At the prompt, while nothing runs.
    case prompt
    /// While a training waits.
    case pause
    case both
  }

  /// What follows the colon.
  let name: String
  /// What follows the name; the last one takes the rest of the line.
  let arguments: [PromptArgument]
  /// What it does, in a few words.
  let summary: String
  /// Where it makes sense.
  let stage: Stage
  private let action: @Sendable (_ call: PromptCall) throws(Diagnostic) -> Answer

  /// A command; `action` finds every argument that is not optional.
  init(
    _ name: String, _ arguments: [PromptArgument], _ summary: String, _ stage: Stage = .prompt,
    action: @escaping @Sendable (_ call: PromptCall) throws(Diagnostic) -> Answer
  ) {
    self.name = name
    self.arguments = arguments
    self.summary = summary
    self.stage = stage
    self.action = action
  }

  /// The commands, as `:help` lists them.
  static let all: [PromptCommand] = [
    cellCommands, toolCommands, sessionCommands, pauseCommands, guideCommands, generalCommands,
  ].flatMap { $0 }
}

extension PromptCommand {
  /// How it is typed: `:goto N`.
  var form: String { ([":" + name] + arguments.map(\.form)).joined(separator: " ") }

  /// Runs a line such as `:goto 12`, at the prompt or while a training is `paused`.
  static func run(
    _ line: String, in session: Session, on host: TerminalHost, paused: PausedRun? = nil
  ) throws(Diagnostic) -> Answer {
    let parts = line.dropFirst().split(maxSplits: 1, whereSeparator: \.isWhitespace)
    let name = parts.first.map(String.init) ?? "help"
    let rest = parts.count > 1 ? parts[1] : ""
    let command = try named(name == "q" ? "quit" : name)
    guard command.stage != (paused == nil ? .pause : .prompt) else {
      throw Diagnostic(
        paused == nil ? "nothing is paused" : ":\(command.name) has to wait until the training is over",
        kind: .value, hint: paused == nil ? "Ctrl-C pauses a running fit" : ":continue or :stop")
    }
    return try command.action(
      PromptCall(session: session, host: host, paused: paused, arguments: command.split(rest)))
  }

  private static func named(_ name: String) throws(Diagnostic) -> PromptCommand {
    if let command = all.first(where: { $0.name == name }) { return command }
    throw Diagnostic(
      "there is no command :\(name)", kind: .name,
      hint: NearestName.find(name, in: all.map(\.name)).map { "did you mean :\($0)?" } ?? ":help lists them")
  }

  /// The arguments in the text behind the name. Throws when there are too few or too many.
  private func split(_ text: Substring) throws(Diagnostic) -> [String] {
    let words = text.split(maxSplits: max(0, arguments.count - 1), whereSeparator: \.isWhitespace)
      .map(PromptCommand.trimmed).filter { !$0.isEmpty }
    guard words.count >= arguments.count(where: { !$0.isOptional }) else {
      let count = arguments.count == 1 ? "an argument" : "\(arguments.count) arguments"
      throw Diagnostic(":\(name) needs \(count)", kind: .argument, hint: form)
    }
    guard !arguments.isEmpty || words.isEmpty else {
      throw Diagnostic(":\(name) takes no argument", kind: .argument, hint: summary)
    }
    return words
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop(while: \.isWhitespace)
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...end])
  }
}

extension PromptCommand {
  /// About the prompt itself.
  private static let generalCommands = [
    PromptCommand("quit", [], "leave, as Ctrl-D does") { _ throws(Diagnostic) in .leave }
  ]
}

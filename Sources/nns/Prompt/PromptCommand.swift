import Language

/// The lines of a prompt that start with a colon; each is a row of the table.
struct PromptCommand {
  /// What a command leads to.
  enum Answer {
    case text(String)
    /// A cell that is to be evaluated as if it had been typed.
    case evaluate(String)
    case leave
  }

  let name: String
  /// What follows the name; in brackets where it may be left out.
  let argument: String
  let summary: String
  let run: @Sendable (_ session: Session, _ argument: String) throws(Diagnostic) -> Answer

  /// Runs a line such as `:goto 12`.
  static func run(_ line: String, in session: Session) throws(Diagnostic) -> Answer {
    let words = line.dropFirst().split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
    let name = words.first.map(String.init) ?? "help"
    let argument = words.count > 1 ? trimmed(words[1]) : ""
    guard
      let command = all.first(where: { $0.name == name })
        ?? (name == "q" ? all.first { $0.name == "quit" } : nil)
    else {
      throw Diagnostic(
        "there is no command :\(name)", kind: .name,
        hint: NearestName.find(name, in: all.map(\.name)).map { "did you mean :\($0)?" } ?? ":help lists them"
      )
    }
    guard !argument.isEmpty || command.argument.isEmpty || command.argument.hasPrefix("[") else {
      throw Diagnostic(":\(name) needs an argument", kind: .argument, hint: ":\(name) \(command.argument)")
    }
    return try command.run(session, argument)
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop(while: \.isWhitespace)
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...end])
  }
}

extension PromptCommand {
  /// The commands, as `:help` lists them.
  static let all = [
    PromptCommand(name: "vars", argument: "", summary: "the names that have values") {
      (session, _) throws(Diagnostic) in .text(CellList.variables(session))
    },
    PromptCommand(name: "cells", argument: "", summary: "all cells; > marks the way to the present state") {
      (session, _) throws(Diagnostic) in .text(try CellList.text(history(session)))
    },
    PromptCommand(name: "cell", argument: "N", summary: "cell N and what it showed") {
      (session, argument) throws(Diagnostic) in
      .text(CellList.text(of: try history(session).cell(numbered: number(argument))))
    },
    PromptCommand(name: "rerun", argument: "N", summary: "evaluate the text of cell N again, as a new cell") {
      (session, argument) throws(Diagnostic) in
      .evaluate(try history(session).cell(numbered: number(argument)).source)
    },
    PromptCommand(name: "undo", argument: "", summary: "go to the state before the last cell") {
      (session, _) throws(Diagnostic) in try moved(session, session.undo())
    },
    PromptCommand(name: "redo", argument: "", summary: "go to the state after the newest next cell") {
      (session, _) throws(Diagnostic) in try moved(session, session.redo())
    },
    PromptCommand(name: "goto", argument: "N", summary: "go to the state after cell N; 0 is the beginning") {
      (session, argument) throws(Diagnostic) in try moved(session, session.goto(number(argument)))
    },
    PromptCommand(
      name: "fork", argument: "NAME", summary: "go on under a new name, leaving this session as it is"
    ) {
      (session, argument) throws(Diagnostic) in
      try session.fork(named: argument)
      return .text("this is now \(argument)")
    },
    PromptCommand(
      name: "diff", argument: "N M", summary: "the names that differ between the states after two cells"
    ) {
      (session, argument) throws(Diagnostic) in
      let numbers = argument.split(separator: " ").map(String.init)
      guard numbers.count == 2 else {
        throw Diagnostic(":diff needs two cells", kind: .argument, hint: ":diff 8 12")
      }
      return .text(CellList.differences(try session.differences(number(numbers[0]), number(numbers[1]))))
    },
    PromptCommand(name: "save", argument: "NAME", summary: "give this session a name") {
      (session, argument) throws(Diagnostic) in
      try history(session).rename(to: argument)
      return .text("this session is now called \(argument)")
    },
    PromptCommand(name: "open", argument: "NAME", summary: "continue another session") {
      (session, argument) throws(Diagnostic) in
      let sessions = try session.store.sessions()
      guard let entry = sessions.first(where: { $0.name == argument }) else {
        throw Diagnostic(
          "there is no session \(argument)", kind: .name,
          hint: NearestName.find(argument, in: sessions.map(\.name)).map { "did you mean \($0)?" }
            ?? ":sessions lists them")
      }
      try session.close()
      return try moved(session, session.open(entry))
    },
    PromptCommand(name: "sessions", argument: "", summary: "the sessions of the store") {
      (session, _) throws(Diagnostic) in .text(SessionList.text(try session.store.sessions()))
    },
    PromptCommand(name: "help", argument: "", summary: "these commands") {
      (_, _) throws(Diagnostic) in .text(help)
    },
    PromptCommand(name: "quit", argument: "", summary: "leave, as Ctrl-D does") { (_, _) throws(Diagnostic) in
      .leave
    },
  ]

  private static var help: String {
    let forms = all.map { ":" + ([$0.name, $0.argument].filter { !$0.isEmpty }).joined(separator: " ") }
    let width = forms.map(\.count).max() ?? 0
    return zip(forms, all).map { form, command in
      form + String(repeating: " ", count: width - form.count + 2) + command.summary
    }.joined(separator: "\n")
  }

  private static func history(_ session: Session) throws(Diagnostic) -> SessionHistory {
    guard let history = session.history else {
      throw Diagnostic("this session is not recorded", kind: .value)
    }
    return history
  }

  private static func number(_ text: String) throws(Diagnostic) -> Int {
    guard let number = Int(text), number >= 0 else {
      throw Diagnostic(
        "\(Display.literal(text)) is no number of a cell", kind: .argument, hint: ":cells lists them")
    }
    return number
  }

  /// What to say after a move: where the session is now, and what could not be brought back.
  private static func moved(_ session: Session, _ notes: [String]) throws(Diagnostic) -> Answer {
    let head = try history(session).head
    let place =
      head.map { "after cell \($0.number): \(CellList.firstLine(of: $0.source))" } ?? "at the beginning"
    return .text(([place] + notes.map { "note: \($0)" }).joined(separator: "\n"))
  }
}

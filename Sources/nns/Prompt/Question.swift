import Language

/// A line that asks for help instead of being evaluated: `?name`, `?:command`, `??words`, or `?` alone.
enum Question {
  case overview
  case entry(String)
  case search(String)

  /// Reads a line; nil when it asks nothing.
  init?(_ line: String) {
    guard line.hasPrefix("?") else { return nil }
    let isSearch = line.hasPrefix("??")
    let words = Question.trimmed(line.dropFirst(isSearch ? 2 : 1))
    self = words.isEmpty ? .overview : isSearch ? .search(words) : .entry(words)
  }

  /// What help has to say, with a session's own functions, for so many columns.
  func answer(in session: Session, width: Int) -> String {
    switch self {
    case .overview: return PromptCommand.help(whilePaused: false, width: width)
    case .search(let words):
      return GuideSearch.list(words, width: width)
        ?? Question.wrapped("nothing mentions \"\(words)\"; :doc library lists all functions", width)
    case .entry(let name):
      if name.hasPrefix(":") { return Question.command(String(name.dropFirst()), width) }
      switch session.value(of: name) {
      case .function(let function): return HelpText.entry(for: function, width: width)
      case .some(let value):
        let isOwn = session.variables.contains { $0.name == name }
        return Question.describe(name, value, isOwn: isOwn, width)
      case nil:
        return HelpText.entry(named: name, width: width)
          ?? Question.core(of: name).map { Question.entry($0).answer(in: session, width: width) }
          ?? Question.unknown(name, width)
      }
    }
  }

  /// What a name holds, and what it hides.
  private static func describe(_ name: String, _ value: Value, isOwn: Bool, _ width: Int) -> String {
    var text = "\(name) is \(value.kind)"
    let line = Display.line(value)
    if line != value.kind { text += ": \(line)" }
    guard let hidden = HelpText.entry(named: name, width: width) else { return text }
    return text + (isOwn ? "\nit hides what \(name) is otherwise (del \(name) brings it back):\n" : "\n")
      + hidden
  }

  /// The name that is meant by a call, a field or what else was copied from a cell; nil when there is none.
  private static func core(of text: String) -> String? {
    let callee = text.prefix { $0 != "(" && $0 != "[" && $0 != " " }
    let name = callee.split(separator: ".").last.map(String.init) ?? ""
    return name.isEmpty || name == text ? nil : name
  }

  private static func command(_ name: String, _ width: Int) -> String {
    PromptCommand.all.first { $0.name == name }?.text(width: width)
      ?? wrapped("there is no command :\(name); :help lists them", width)
  }

  private static func unknown(_ name: String, _ width: Int) -> String {
    guard let found = GuideSearch.list(name, width: width) else {
      return wrapped("nothing is named \(name) and nothing mentions it", width)
    }
    return wrapped("nothing is named \(name); these mention it:", width) + "\n" + found
  }

  private static func wrapped(_ text: String, _ width: Int) -> String {
    Display.wrapped(text, width: width).joined(separator: "\n")
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop(while: \.isWhitespace)
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...end])
  }
}

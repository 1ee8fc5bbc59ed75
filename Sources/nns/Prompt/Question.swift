import Language

/// A line that asks for help instead of being evaluated: `?name`, `??words`, or `?` alone.
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

  /// What help has to say, with a session's own functions.
  func answer(in session: Session) -> String {
    switch self {
    case .overview: return HelpText.overview
    case .search(let words): return HelpText.list(HelpText.search(words)) ?? "nothing mentions \"\(words)\""
    case .entry(let name):
      switch session.value(of: name) {
      case .function(let function): return HelpText.entry(for: function)
      case .some(let value): return "\(name) is \(value.kind)"
      case nil: return HelpText.entry(named: name) ?? "nothing is named \(name); ??\(name) searches"
      }
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop(while: \.isWhitespace)
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...end])
  }
}

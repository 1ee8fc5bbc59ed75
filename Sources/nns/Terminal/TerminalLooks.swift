import Glibc

/// What a terminal or file can show.
struct TerminalLooks: Equatable {
  /// How many colours there are.
  enum Colors: Int, Comparable {
    case none, sixteen, indexed, full

    static func < (a: Colors, b: Colors) -> Bool { a.rawValue < b.rawValue }
  }

  /// The wish of the command line.
  enum Wish: String, CaseIterable {
    case auto, always, never
  }

  var colors = Colors.none
  /// Whether characters beyond ASCII can be shown.
  var isUnicode = true
}

extension TerminalLooks {
  /// What the environment says about a terminal, or about a file or pipe; `environment` gives the value of a
  /// variable.
  init(
    isTerminal: Bool, wish: Wish = .auto, isASCII: Bool = false,
    environment: (String) -> String? = TerminalLooks.variable
  ) {
    colors = TerminalLooks.colors(isTerminal: isTerminal, wish: wish, environment)
    isUnicode = !isASCII && TerminalLooks.isUnicode(isTerminal: isTerminal, environment)
  }

  private static func colors(isTerminal: Bool, wish: Wish, _ environment: (String) -> String?) -> Colors {
    let terminal = environment("TERM") ?? ""
    switch wish {
    case .never: return .none
    case .auto:
      guard isTerminal, environment("NO_COLOR") == nil, !terminal.isEmpty, terminal != "dumb" else {
        return .none
      }
    case .always: break
    }
    if let depth = environment("COLORTERM"), ["truecolor", "24bit"].contains(depth) { return .full }
    if terminal.contains("direct") || terminal.contains("kitty") { return .full }
    return terminal.contains("256color") ? .indexed : .sixteen
  }

  /// Whether the locale encodes text in UTF-8. Files made where no locale is set are UTF-8, as scripts are.
  private static func isUnicode(isTerminal: Bool, _ environment: (String) -> String?) -> Bool {
    guard let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(environment).first else {
      return !isTerminal
    }
    let name = locale.lowercased()
    return name.contains("utf-8") || name.contains("utf8")
  }

  /// A variable of the environment; nil when it is empty or missing.
  static func variable(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }
}

import Glibc
import Language
import Persistence

/// Lists for a reader.
enum SessionList {
  /// A line for each session: when it was used last, how many cells lead to its state, its name; `>` marks the
  /// `current` one, where there is one.
  static func text(_ sessions: [SessionEntry], current: Int? = nil) -> String {
    guard !sessions.isEmpty else { return "there are no sessions yet" }
    let counts = sessions.map { counted($0.cellCount, "cell") }
    let width = counts.map(\.count).max() ?? 0
    return zip(sessions, counts).map { session, count in
      let mark = current == nil ? "" : session.id == current ? "> " : "  "
      return mark + date(session.modified) + "  " + Display.padded(count, to: width, atLeft: true) + "  "
        + session.name
    }.joined(separator: "\n")
  }

  /// Seconds since 1970 as local date and time to the minute.
  static func date(_ seconds: Double) -> String {
    guard abs(seconds) < 1e11 else { return "unknown" }
    var time = time_t(seconds)
    var parts = tm()
    localtime_r(&time, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return
      "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday)) \(two(parts.tm_hour)):\(two(parts.tm_min))"
  }
}

extension Store {
  /// The cells that lead to the state a session is in, the oldest first.
  func path(of session: SessionEntry) throws(Diagnostic) -> [CellEntry] {
    let cells = try cells(ofSession: session.id)
    let known = Dictionary(cells.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var path: [CellEntry] = []
    var next = session.head
    while let id = next, let cell = known[id] {
      path.append(cell)
      next = cell.parent
    }
    return path.reversed()
  }
}

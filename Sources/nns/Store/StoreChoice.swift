import Glibc
import Language
import Persistence

/// Which store and session the command line asks for.
struct StoreChoice {
  /// Which session of the store.
  enum Wanted {
    /// A new one at a prompt, none for a script.
    case usual
    /// The one of this name, made when there is none.
    case named(String)
    /// The one that was used last.
    case latest
  }

  /// The file, when the command line names one.
  var path: String?
  var session = Wanted.usual
  /// Whether nothing is to outlive the process.
  var isOff = false
}

extension StoreChoice {
  /// Takes the options at the front of a command line, as far as they are complete.
  mutating func take(from words: inout ArraySlice<String>) {
    while let option = words.first {
      let value = words.dropFirst().first
      switch (option, value) {
      case ("--continue", _): session = .latest
      case ("--no-store", _): isOff = true
      case ("--session", let name?):
        session = .named(name)
        words = words.dropFirst()
      case ("--store", let file?):
        path = file
        words = words.dropFirst()
      default: return
      }
      words = words.dropFirst()
    }
  }

  /// The store's file: `--store`, `$NNS_STORE`, or the usual place; nil when there is no home.
  var file: String? {
    if let path { return path }
    if let path = StoreChoice.variable("NNS_STORE") { return path }
    if let data = StoreChoice.variable("XDG_DATA_HOME"), data.hasPrefix("/") { return data + "/nns/store.db" }
    return StoreChoice.variable("HOME").map { $0 + "/.local/share/nns/store.db" }
  }

  private static func variable(_ name: String) -> String? {
    guard let value = getenv(name), value[0] != 0 else { return nil }
    return String(cString: value)
  }

  /// Opens the store.
  func open() throws(Diagnostic) -> SQLiteStore {
    guard let file else {
      throw Diagnostic("there is no place for a store", kind: .file, hint: "choose a file with --store")
    }
    return try SQLiteStore(path: file, environment: .current)
  }

  /// Opens a store that is there already.
  func openExisting() throws(Diagnostic) -> SQLiteStore {
    if let file, access(file, F_OK) != 0 {
      throw Diagnostic(
        "there is no store \(file) yet", kind: .file,
        hint: "a prompt makes one, or choose a file with --store")
    }
    return try open()
  }

  /// Answers SQL over tables and the store, when it is there.
  var queries: QueryEngine {
    let file = isOff ? nil : file
    return QueryEngine { file.flatMap { access($0, F_OK) == 0 ? $0 : nil } }
  }
}

extension SQLiteStore.Environment {
  /// This program on this machine.
  static var current: SQLiteStore.Environment {
    SQLiteStore.Environment(version: Command.version, processor: processor, blas: "OpenBLAS")
  }

  private static var processor: String {
    let text = (try? Files.read("/proc/cpuinfo")).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    guard let line, let colon = line.firstIndex(of: ":") else { return "unknown" }
    return String(line[line.index(after: colon)...].drop { $0 == " " })
  }
}

extension SQLiteStore {
  /// The session of this name.
  func session(named name: String) throws(Diagnostic) -> SessionEntry {
    let sessions = try sessions()
    if let session = sessions.first(where: { $0.name == name }) { return session }
    throw Diagnostic(
      "there is no session \(name)", kind: .name,
      hint: sessions.isEmpty
        ? nil : "the last ones are " + sessions.prefix(5).map(\.name).joined(separator: ", "))
  }
}

extension Session {
  /// Starts or continues the session that the command line asks for; returns what the user should know.
  func enter(_ wanted: StoreChoice.Wanted) throws(Diagnostic) -> [String] {
    let sessions = try store.sessions()
    switch wanted {
    case .usual: try start()
    case .latest:
      guard let session = sessions.first else {
        throw Diagnostic("there is no session to continue", kind: .name, hint: "nns starts one")
      }
      return try open(session)
    case .named(let name):
      if let session = sessions.first(where: { $0.name == name }) { return try open(session) }
      try start(named: name)
    }
    return []
  }
}

import CTerminal
import Glibc
import Language
import Persistence

/// Code to be evaluated, as the command line names it: expressions, a file or standard input, or a prompt.
struct Invocation {
  /// The texts after `-e`.
  var expressions: [String] = []
  /// A path, or `-` for standard input.
  var file: String?
  /// What `args()` gives.
  var arguments: [String] = []
  /// Where sessions and what scripts save are kept.
  var store = StoreChoice()
  /// How outputs are to look.
  var appearance = Appearance()
}

extension Invocation {
  /// Reads the forms that start a session; nil for everything else, mistakes included.
  ///
  /// The argument parser would take 2 ms of the 7 to a first result (`perf stat nns run -e 1+1`).
  init?(quickly words: ArraySlice<String>, unless isCommand: (String) -> Bool) {
    var rest = words
    store.take(from: &rest)
    while rest.first == "-e" {
      guard rest.count >= 2 else { return nil }
      expressions.append(rest[rest.startIndex + 1])
      rest = rest.dropFirst(2)
    }
    if let first = rest.first, first.hasPrefix("-"), first != "-" { return nil }
    if expressions.isEmpty, let first = rest.popFirst() {
      guard !isCommand(first) else { return nil }
      file = first
      store.take(from: &rest)
    }
    arguments = Array(rest)
  }

  /// Takes options about the store that stand behind the script's name.
  mutating func takeStoreOptions() {
    var rest = arguments[...]
    store.take(from: &rest)
    arguments = Array(rest)
  }

  /// Evaluates what was asked for and ends the program.
  func run() -> Never {
    let host = TerminalHost(appearance)
    guard MemoryLimit.adopt() else {
      host.writeErrorLine("error: NNS_MEMORY_LIMIT is a number of bytes such as 4GB or 500MB")
      exit(ExitStatus.usage.rawValue)
    }
    var options = SessionOptions()
    options.arguments = arguments
    let isConversation = expressions.isEmpty && file == nil && isatty(STDIN_FILENO) == 1
    options.interruptionEndsRuns = isConversation
    nns_catch_interrupts(!isConversation)
    let status: ExitStatus
    do throws(Diagnostic) {
      status =
        isConversation
        ? try Conversation(store, options, host).run()
        : try withSession(options, host) { evaluate(in: $0, host) }
    } catch {
      host.report(error)
      status = ExitStatus(error)
    }
    host.flush()
    exit(status.rawValue)
  }

  /// Runs `body` with a session for a script, which records its cells only when one was named.
  private func withSession(
    _ options: SessionOptions, _ host: TerminalHost, _ body: (Session) -> ExitStatus
  ) throws(Diagnostic) -> ExitStatus {
    if case .usual = store.session {
      let choice = store
      let kept: any Store =
        choice.isOff ? MemoryStore() : DeferredStore { () throws(Diagnostic) in try choice.open() }
      return body(Session(host: host, store: kept, queries: choice.queries, options: options))
    }
    let kept = try store.open()
    let session = Session(host: host, store: kept, queries: store.queries, options: options)
    for note in try session.enter(store.session) { host.show(.note(note)) }
    let status = body(session)
    try session.close()
    kept.foldLog()
    return status
  }

  private func evaluate(in session: Session, _ host: TerminalHost) -> ExitStatus {
    if let file, isMistypedCommand {
      host.writeErrorLine("error: there is no file and no command \(file); nns --help lists the commands")
      return .usage
    }
    do throws(Diagnostic) {
      for source in try sources() {
        switch session.runScript(source) {
        case .done: break
        case .incomplete:
          throw Diagnostic("\(source.name) stops in the middle of a statement", kind: .syntax)
        case .failed(let diagnostic): throw diagnostic
        }
        guard !nns_take_interrupt() else { return .interrupted }
      }
      return .success
    } catch {
      host.report(error)
      return ExitStatus(error)
    }
  }

  /// Whether a word that is no path stands where a file or command should.
  private var isMistypedCommand: Bool {
    guard let file, file != "-" else { return false }
    return !file.contains { $0 == "." || $0 == "/" } && access(file, F_OK) != 0
  }

  private func sources() throws(Diagnostic) -> [Source] {
    guard expressions.isEmpty else { return expressions.map { Source(name: "-e", text: $0) } }
    guard let file, file != "-" else {
      let bytes = try Files.readAll(STDIN_FILENO, named: "standard input")
      return [try Source.script(bytes, named: "stdin")]
    }
    return [try Source.script(try Files.read(file), named: file)]
  }
}

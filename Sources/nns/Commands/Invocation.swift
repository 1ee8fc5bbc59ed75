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
  /// The documents that outputs go to instead of being shown.
  var documents = DocumentChoice()
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
    if let option = rest.first, DocumentChoice.isOption(option) { return nil }
    arguments = Array(rest)
  }

  /// Takes options about the store and about documents that stand behind the script's name.
  mutating func takeOptions() {
    var rest = arguments[...]
    var count = -1
    while rest.count != count {
      count = rest.count
      store.take(from: &rest)
      documents.take(from: &rest)
    }
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
        : try withSession(options, documents.isEmpty ? host : QuietHost(host)) { evaluate(in: $0, host) }
    } catch {
      host.report(error)
      status = ExitStatus(error)
    }
    host.flush()
    exit(status.rawValue)
  }

  /// Runs `body` with a session for a script, which records its cells only when one was named.
  private func withSession(
    _ options: SessionOptions, _ host: any Host, _ body: (Session) -> ExitStatus
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
      let words = CommandLine.arguments.dropFirst()
      let options = words.prefix { $0 != file }
      if !options.isEmpty, Command.subcommand(named: file) != nil {
        let line = ["nns", file] + options + words.dropFirst(options.count + 1)
        host.writeErrorLine("error: options stand behind the command: \(line.joined(separator: " "))")
      } else {
        host.writeErrorLine("error: there is no file and no command \(file); nns --help lists the commands")
      }
      return .usage
    }
    do throws(Diagnostic) {
      guard documents.isEmpty else { return try writeDocuments(session, host) }
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

  /// Evaluates for a reader of documents, which tell of errors as well.
  private func writeDocuments(_ session: Session, _ host: TerminalHost) throws(Diagnostic) -> ExitStatus {
    var cells: [CellEntry] = []
    var failure: Diagnostic?
    for source in try sources() where failure == nil {
      let document = ScriptDocument(source, in: session)
      cells += document.cells
      failure = document.failure
    }
    let wasInterrupted = nns_take_interrupt()
    Interruption.clear()
    if let failure { host.report(failure) }
    try documents.write(cells, title: title, to: host)
    return wasInterrupted ? .interrupted : failure.map { ExitStatus($0) } ?? .success
  }

  /// The name of the script without folder and ending.
  private var title: String {
    guard let name = file?.split(separator: "/").last, name != "-" else { return "nns" }
    return name.hasSuffix(".nns") ? String(name.dropLast(4)) : String(name)
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

import Tensors

/// How a session differs from the usual.
public struct SessionOptions: Sendable {
  /// Loops and calls of a cell end with an error after this many steps; nil for no limit.
  public var stepLimit: Int?
  /// What `args()` returns.
  public var arguments: [String] = []
  /// Whether the first Ctrl-C during a `fit` or `minimize` ends that call and not the cell.
  public var interruptionEndsRuns = false

  /// The usual: no limit, no arguments.
  public init() {}

  /// The most memory that tensors may take in all sessions of the program, in bytes.
  public static var memoryLimit: Int {
    get { Storage.limit }
    set { Storage.limit = newValue }
  }
}

/// What became of a cell.
public enum Outcome {
  case done
  /// The text stops where more is needed.
  case incomplete
  case failed(Diagnostic)
}

/// A notebook: names, their values, and the cells that changed them.
///
/// A cell either succeeds or leaves every name, the random stream and the precision as they were.
public final class Session {
  /// The number of the next cell.
  public private(set) var cellNumber = 1
  let machine: Machine
  let globals: Globals
  let host: any Host
  let tap: OutputTap
  private let modules: ModuleLoader
  /// Loops and calls of a cell end with an error after this many steps; nil for no limit.
  public var stepLimit: Int?
  /// The last value that each cell showed.
  var shown = ShownValues()
  /// The cells whose shown values the running cell asked for.
  private(set) var readResults: Set<Int> = []
  /// Told of every cell that was evaluated, whether or not a store keeps it.
  public var cellObserver: ((CellEntry) -> Void)? {
    didSet { tap.isOpen = isRecording }
  }
  /// Whether somebody wants to know what cells do and show.
  var isRecording: Bool { history != nil || cellObserver != nil }
  /// Asked what becomes of a training that the user interrupted; nil lets it end with what it has.
  ///
  /// What is shown meanwhile is not part of the cell.
  public var pauseHandler: ((PausedRun) -> PausedRun.Decision)? {
    didSet {
      guard let pauseHandler else {
        machine.pause = nil
        return
      }
      machine.pause = { [unowned self] paused in
        let isOpen = tap.isOpen
        tap.isOpen = false
        defer { tap.isOpen = isOpen }
        return pauseHandler(paused)
      }
    }
  }
  /// How many seconds the cell before took, without its being recorded.
  public private(set) var lastSeconds = 0.0
  /// The cells in the store; nil while nothing is recorded.
  public private(set) var history: SessionHistory?
  /// The store's numbers for values of names, where they are known.
  var storedNames: [String: Int] = [:]

  /// A fresh session that shows its outputs to `host` and keeps in `store` what outlives it.
  public init(
    host: any Host, store: any Store = MemoryStore(), queries: (any Queries)? = nil,
    options: SessionOptions = SessionOptions()
  ) {
    tap = OutputTap(host)
    self.host = tap
    machine = Machine(host: tap, store: store, queries: queries)
    stepLimit = options.stepLimit
    machine.arguments = options.arguments
    machine.interruptionEndsRuns = options.interruptionEndsRuns
    modules = ModuleLoader(machine)
    globals = modules.newScope()
    machine.echo = { [unowned self] in echo($0) }
    machine.shownValue = { [unowned self] number throws(Diagnostic) in try shownValue(number) }
    machine.makeScope = { [unowned self] in modules.scope(inside: globals) }
    tap.position = { [unowned self] in machine.cellOffset }
    store.codec = codec
  }
}

extension Session {
  /// Evaluates a text as one cell.
  public func submit(_ source: Source) -> Outcome {
    switch Parser.parse(source) {
    case .incomplete: return .incomplete
    case .failure(let diagnostic): return .failed(diagnostic)
    case .program(let program):
      defer { cellNumber += 1 }
      return evaluate(program.statements, in: source)
    }
  }

  /// Evaluates a script: cell by cell where lines `# %%` divide it, otherwise statement by statement.
  /// Stops at the first error.
  public func runScript(_ source: Source) -> Outcome {
    switch Parser.parse(source) {
    case .incomplete(let diagnostic), .failure(let diagnostic): return .failed(diagnostic)
    case .program(let program):
      for cell in Session.cells(of: program, in: source) {
        defer { cellNumber += 1 }
        // A note is part of what is recorded, and of nothing else but the numbers.
        guard isRecording || !cell.statements.isEmpty else { continue }
        let outcome = evaluate(cell.statements, in: source, of: cell.span)
        if case .failed(let diagnostic) = outcome { return .failed(diagnostic) }
      }
      return .done
    }
  }

  /// Makes what is evaluated next part of the cell of this number.
  func enterCell(_ number: Int) { cellNumber = number }

  /// The statements of each cell and the text they stand in, comments above them included. A note has none.
  static func cells(
    of program: Program, in source: Source
  ) -> [(statements: [Statement], span: SourceSpan)] {
    let parts = NotebookCells.split(source)
    guard parts.contains(where: \.hasHeader) else {
      var end = 0
      return program.statements.map { statement in
        let start = source.skip(from: end) { " \t\r\n;".utf8.contains($0) }
        end = source.skip(from: Int(statement.span.end)) { " \t".utf8.contains($0) }
        // The sign that silences it belongs to the statement.
        end = source.skip(from: end) { $0 == UInt8(ascii: ";") }
        return ([statement], SourceSpan(start, end))
      }
    }
    return parts.map { part in
      let statements = program.statements.filter {
        $0.span.start >= part.range.start && $0.span.end <= part.range.end
      }
      let end = source.end(of: part.start..<Int(part.range.end)) { " \t\r\n".utf8.contains($0) }
      return (statements, SourceSpan(part.start, end))
    }.filter { !$0.0.isEmpty || !source.text(of: $0.1).allSatisfy(\.isWhitespace) }
  }

  /// Evaluates statements as one cell: all of them count, or none. The history keeps the text of `span`, or all
  /// of it.
  public func evaluate(
    _ statements: [Statement], in source: Source, of span: SourceSpan? = nil
  ) -> Outcome {
    Interruption.clear()
    let rollback: Rollback
    let cell: EvaluatedCell
    do {
      let compiled = try FunctionCompiler.cell(statements, source: source, globals: globals)
      cell = EvaluatedCell(
        source: source, span: span ?? SourceSpan(0, source.bytes.count), statements: statements,
        code: compiled.code, date: host.date(), seconds: host.seconds())
      rollback = Rollback(machine, globals, assigned: compiled.assigned)
    } catch {
      return .failed(error)
    }
    let shownBefore = shown[cellNumber]
    begin()
    do {
      defer { lastSeconds = host.seconds() - cell.seconds }
      try machine.run(cell: cell.code)
      let changes = history == nil ? [] : rollback.changes
      rollback.discard()
      record(cell, changes, failure: nil)
      return .done
    } catch {
      rollback.restore()
      shown.restore(shownBefore, in: cellNumber)
      record(cell, [], failure: error)
      return .failed(error)
    }
  }

  /// Shows the value of a bare expression and remembers it as `ans` and in `out`.
  private func echo(_ value: Value) {
    if case .none = value { return }
    host.show(.value(value))
    shown.note(value, in: cellNumber)
    globals.define("ans", value)
  }

  /// Forgets what the cell before did besides changing names.
  private func begin() {
    machine.stepsLeft = stepLimit
    machine.recordedRuns = []
    machine.finishedRuns = []
    machine.inputs = []
    machine.outerProgress = nil
    readResults = []
  }

  /// What the store keeps: sessions, datasets, checkpoints and runs.
  public var store: any Store { machine.store }

  /// Records cells from now on.
  func begin(_ history: SessionHistory) {
    self.history = history
    tap.isOpen = isRecording
    machine.keepsRunsForCell = true
    cellNumber = history.depth + 1
  }

  /// Takes over the random stream and the precision after a cell, and the value of `ans`; nil means the state
  /// before the first cell.
  func restore(_ cell: CellEntry?, answer: Value?) {
    cellNumber = (cell?.number ?? 0) + 1
    machine.state = SessionState()
    if let cell {
      machine.state.random = cell.random
      machine.state.precision = cell.precision
    }
    if let answer { globals.define("ans", answer) } else { globals.remove("ans") }
  }

  /// Turns values of this session into what a store keeps, and back.
  public var codec: ValueCodec { ValueCodec(modules: modules, home: globals) }

  /// The dtype of literals, ranges and created tensors.
  public var precision: DType { machine.state.precision }

  /// The names the user gave values, with those values.
  public var variables: [(name: String, value: Value)] { globals.assigned }

  /// What a name holds at the moment.
  public func value(of name: String) -> Value? { globals.value(name) }
}

/// What cells showed.
extension Session {
  /// Bytes of memory that shown values take before old ones are left to the store.
  public var shownBudget: Int {
    get { shown.budget }
    set {
      shown.budget = max(0, newValue)
      shown.release()
    }
  }

  /// The value that a cell showed; negative numbers count from the last cell that showed one.
  private func shownValue(_ number: Int) throws(Diagnostic) -> Value {
    let cells = shown.cells
    let cell = number >= 0 ? number : -number <= cells.count ? cells[cells.count + number] : 0
    guard let place = shown[cell] else {
      let latest = cells.last.map { "the last one that did is \($0)" } ?? "none has yet"
      throw Diagnostic(
        number < 0 ? "only \(counted(cells.count, "cell")) showed a value" : "cell \(cell) showed no value",
        kind: .value, hint: latest)
    }
    readResults.insert(cell)
    switch place {
    case .memory(let value): return value
    case .store(let number): return try store.value(number)
    case .gone:
      throw Diagnostic(
        "what cell \(cell) showed made room for later values", kind: .value,
        hint: "a session of a store keeps all: nns run FILE --session NAME")
    }
  }
}

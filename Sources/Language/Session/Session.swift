import Tensors

/// How a session differs from the usual.
public struct SessionOptions: Sendable {
  /// Loops and calls end with an error after this many steps; nil for no limit.
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
  private let host: any Host
  private let modules: ModuleLoader
  /// Whether bare expressions show their values.
  private var shown: [Value] = [.none]

  /// A fresh session that shows its outputs to `host` and keeps in `store` what outlives it.
  public init(
    host: any Host, store: any Store = MemoryStore(), queries: (any Queries)? = nil,
    options: SessionOptions = SessionOptions()
  ) {
    self.host = host
    machine = Machine(host: host, store: store, queries: queries)
    machine.stepsLeft = options.stepLimit
    machine.arguments = options.arguments
    machine.interruptionEndsRuns = options.interruptionEndsRuns
    modules = ModuleLoader(machine)
    globals = modules.newScope()
    machine.echo = { [unowned self] in echo($0) }
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
        if case .failed(let diagnostic) = evaluate(cell, in: source) { return .failed(diagnostic) }
      }
      return .done
    }
  }

  private static func cells(of program: Program, in source: Source) -> [[Statement]] {
    let parts = NotebookCells.split(source)
    guard parts.contains(where: \.hasHeader) else { return program.statements.map { [$0] } }
    return parts.map { part in
      program.statements.filter { $0.span.start >= part.range.start && $0.span.end <= part.range.end }
    }.filter { !$0.isEmpty }
  }

  /// Evaluates statements as one cell: all of them count, or none.
  public func evaluate(_ statements: [Statement], in source: Source) -> Outcome {
    Interruption.clear()
    let rollback: Rollback
    let code: Code
    do {
      let cell = try FunctionCompiler.cell(statements, source: source, globals: globals)
      code = cell.code
      rollback = Rollback(machine, globals, assigned: cell.assigned)
    } catch {
      return .failed(error)
    }
    let shownBefore = shown
    do {
      try machine.run(cell: code)
      rollback.discard()
      return .done
    } catch {
      rollback.restore()
      shown = shownBefore
      return .failed(error)
    }
  }

  /// Shows the value of a bare expression and remembers it as `ans` and in `out`.
  private func echo(_ value: Value) {
    if case .none = value { return }
    host.show(.value(value))
    while shown.count <= cellNumber { shown.append(.none) }
    shown[cellNumber] = value
    globals.define("ans", value)
    if let list = try? List(shown) { globals.define("out", .list(list)) }
  }

  /// Turns values of this session into what a store keeps, and back.
  public var codec: ValueCodec { ValueCodec(modules: modules, home: globals) }

  /// The names the user gave values, with those values.
  public var variables: [(name: String, value: Value)] { globals.assigned }

  /// What a name holds at the moment.
  public func value(of name: String) -> Value? { globals.value(name) }
}

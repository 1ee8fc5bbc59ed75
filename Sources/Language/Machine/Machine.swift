import Tensors

/// Runs compiled code: an accumulator machine over packed words with frames of its own.
///
/// Calls of the language do not use the host's stack, so recursion ends at ``depthLimit`` with an
/// error. Builtins that take functions re-enter the machine, which a guard on the host's stack bounds.
final class Machine {
  /// One running function.
  struct Frame {
    /// Its first register.
    var base: UnsafeMutablePointer<Word>
    /// The next instruction while it waits for a call or an operation that may fail.
    var next: UnsafePointer<Instruction>
    var header: UnsafePointer<CodeHeader>
    /// The running function, not owned; unset for a cell.
    var function: Word

    /// Whether the registers are the session's names, so that a callee needs others.
    @inline(__always)
    var isCell: Bool { function.isUnset }

    /// What runs.
    var code: Code { header.pointee.code._withUnsafeGuaranteedRef { $0 } }
  }

  /// Where errors continue.
  struct Handler {
    var frame: UnsafeMutablePointer<Frame>
    var target: UnsafePointer<Instruction>
  }

  static let stackWords = 1 << 26
  /// How many calls can be open at once.
  static let depthLimit = 200_000

  let host: any Host
  /// What outlives the cell.
  let store: any Store
  /// Answers SQL; nil where nobody does.
  let queries: (any Queries)?
  let stack: UnsafeMutablePointer<Word>
  let stackEnd: UnsafeMutablePointer<Word>
  let frames: UnsafeMutablePointer<Frame>
  let framesEnd: UnsafeMutablePointer<Frame>
  /// Holds the running frame while the machine is inside an operation; one before the first when idle.
  let running: UnsafeMutablePointer<UnsafeMutablePointer<Frame>>
  /// What the loop polls instead of the interruption flag when steps are counted.
  let alwaysSet: UnsafeMutablePointer<Int32>
  var handlers: [Handler] = []
  /// Handlers below this belong to an outer run.
  var handlerFloor = 0
  var state = SessionState()
  /// What the accumulator holds when the loop is entered: the error that was caught.
  var pendingAccumulator = Word.unset
  /// The error that was caught last, to be raised again with everything known about it.
  var lastCaught: Diagnostic?
  /// Shows the value of a bare expression and remembers it.
  var echo: (Value) -> Void = { _ in }
  /// Back-edges and calls left before the step limit, when there is one.
  var stepsLeft: Int?
  /// Whether the user's first wish to stop ends a running `fit` or `minimize`, which then returns what it
  /// has, instead of the cell.
  var interruptionEndsRuns = false
  /// Asks the user what becomes of a training they interrupted; nil where nobody can be asked.
  var pause: ((PausedRun) -> PausedRun.Decision)?
  /// Makes a space of names that mean what they mean in the session; what is assigned there stays there.
  var makeScope: () -> Globals = { Globals(predefined: { _ in nil }, names: { [] }) }
  /// Numbers of the runs that were put on record since the cell began.
  var recordedRuns: [Int] = []
  /// Whether short runs wait to be put on record with their cell.
  var keepsRunsForCell = false
  /// Short runs that are over and wait for that.
  var finishedRuns: [(run: Run, points: [SeriesPoint])] = []
  /// How far a loop has come that longer calculations are parts of.
  var outerProgress: Progress.Outer?
  /// What `args()` returns.
  var arguments: [String] = []
  /// What the cell took from the store by name.
  var inputs: [CellInput] = []
  /// The value that a cell showed, by the cell's number or counted from the last one; the session sets it.
  var shownValue: (Int) throws(Diagnostic) -> Value = { number throws(Diagnostic) in
    throw Diagnostic("there is no cell \(number)", kind: .value)
  }
  /// Evaluates another file; the session sets it.
  var importFile: (String) throws(Diagnostic) -> Value = { _ throws(Diagnostic) in
    throw Diagnostic("files cannot be imported here", kind: .file)
  }
  let guardian = StackGuard()

  init(host: any Host, store: any Store, queries: (any Queries)?) {
    self.host = host
    self.store = store
    self.queries = queries
    stack = ReservedMemory.words(Machine.stackWords)
    stackEnd = stack + Machine.stackWords
    let frameWords = (Machine.depthLimit + 2) * MemoryLayout<Frame>.stride / 8 + 1
    frames = UnsafeMutableRawPointer(ReservedMemory.words(frameWords)).assumingMemoryBound(to: Frame.self)
    framesEnd = frames + Machine.depthLimit
    running = .allocate(capacity: 1)
    running.initialize(to: frames - 1)
    alwaysSet = .allocate(capacity: 1)
    alwaysSet.initialize(to: 1)
  }

  deinit {
    running.deallocate()
    alwaysSet.deallocate()
    ReservedMemory.free(stack, Machine.stackWords)
    let frameWords = (Machine.depthLimit + 2) * MemoryLayout<Frame>.stride / 8 + 1
    ReservedMemory.free(UnsafeMutableRawPointer(frames).assumingMemoryBound(to: Word.self), frameWords)
  }
}

extension Machine {
  /// The running frame, one before the first when idle.
  var current: UnsafeMutablePointer<Frame> {
    get { running.pointee }
    set { running.pointee = newValue }
  }

  /// Runs a cell to its end.
  func run(cell code: Code) throws(Diagnostic) {
    let base = code.globals.words
    defer {
      for register in 0..<code.registerCount {
        let word = base[register]
        base[register] = .unset
        word.release()
      }
    }
    let frame = current + 1
    frame.initialize(
      to: Frame(
        base: base, next: UnsafePointer(code.instructions), header: UnsafePointer(code.header),
        function: .unset))
    _ = try run(from: frame).take()
    withExtendedLifetime(code) {}
  }

  /// Calls a value from the host: a function, or a record with a field `call`.
  func call(
    _ callee: Value, _ arguments: [Value], named: [(String, Value)] = []
  ) throws(Diagnostic) -> Value {
    try guardian.check()
    switch callee {
    case .function(let function):
      switch function.body {
      case .code(let code, _):
        var words = arguments.map { Word(packing: $0) }
        if !(code.isPlain && words.count == code.parameters.count && named.isEmpty) {
          words = try bind(words, named.map { ($0.0, Word(packing: $0.1)) }, to: code)
        }
        return try withExtendedLifetime(function) { () throws(Diagnostic) in
          try start(function, code, words, at: stackTop(below: current))
        }
      case .builtin(let builtin): return try callBuiltin(builtin, function, arguments, named)
      case .derived(let builtin, let captured):
        return try callDerived(builtin, captured, arguments, named)
      }
    case .record(let record):
      guard let method = record["call"] else { throw notCallable(callee) }
      return try call(method, [callee] + arguments, named: named)
    case .none, .bool, .number, .tensor, .traced, .text, .string, .list, .table, .figure, .fixed:
      throw notCallable(callee, hasArguments: !arguments.isEmpty)
    }
  }

  func notCallable(_ value: Value, hasArguments: Bool = true) -> Diagnostic {
    var hint: String?
    if case .record = value { hint = "a record is callable when it has a field `call`" }
    if case .number = value { hint = hasArguments ? "write `*` to multiply" : "leave out the `()`" }
    if case .tensor = value { hint = "an index stands in square brackets: x[0]" }
    return Diagnostic("\(value.kind) cannot be called", kind: .type, hint: hint)
  }

  /// Runs a function with bound arguments, which it takes over.
  private func start(
    _ function: Function, _ code: Code, _ words: [Word], at base: UnsafeMutablePointer<Word>
  ) throws(Diagnostic) -> Value {
    let callee = Word(.function, function)
    defer { callee.release() }
    let frame = current + 1
    do {
      try checkCall(frame, base + code.registerCount)
    } catch {
      for word in words { word.release() }
      throw error
    }
    for (index, word) in words.enumerated() { base[index] = word }
    frame.initialize(
      to: Frame(
        base: base, next: UnsafePointer(code.instructions), header: UnsafePointer(code.header),
        function: callee))
    return try run(from: frame).take()
  }

  /// The first stack word above every frame up to `frame`.
  func stackTop(below frame: UnsafeMutablePointer<Frame>) -> UnsafeMutablePointer<Word> {
    var frame = frame
    while frame >= frames, frame.pointee.isCell { frame -= 1 }
    guard frame >= frames else { return stack }
    return frame.pointee.base + frame.pointee.header.pointee.registerCount
  }

  /// Takes a cell's arguments to the stack, where the callee's registers cannot reach the session's names.
  @inline(never)
  func moveArguments(_ frame: UnsafeMutablePointer<Frame>, _ i: Instruction) -> UnsafeMutablePointer<Word> {
    let target = stackTop(below: frame)
    let arguments = frame.pointee.base + i.a
    for n in 0..<i.b {
      target[n] = arguments[n]
      arguments[n] = .unset
    }
    return target
  }

  /// Throws when a call does not fit or should not happen any more.
  func checkCall(
    _ frame: UnsafeMutablePointer<Frame>, _ end: UnsafeMutablePointer<Word>
  ) throws(Diagnostic) {
    guard frame < framesEnd, end < stackEnd else { throw tooDeep() }
    try checkInterruption()
  }

  func tooDeep() -> Diagnostic {
    Diagnostic(
      "calls are nested more than \(Display.number(Double(Machine.depthLimit))) deep", kind: .limit,
      hint: "does the recursion reach its end? a loop needs no depth")
  }

  /// Throws when the user asked to stop or the step limit is used up.
  func checkInterruption() throws(Diagnostic) {
    if Interruption.isRequested { throw Diagnostic("interrupted", kind: .interrupted) }
    if let stepsLeft {
      guard stepsLeft > 0 else { throw Diagnostic("the step limit is used up", kind: .interrupted) }
      self.stepsLeft = stepsLeft - 1
    }
  }

  /// The offset in its source of what the running cell is doing.
  var cellOffset: Int? {
    guard current >= frames else { return nil }
    return place(in: frames).map { Int($0.span.start) }
  }

  /// Source and bytes of the innermost running instruction.
  func currentPlace() -> (source: Source, span: SourceSpan)? {
    guard current >= frames else { return nil }
    return place(in: current)
  }
}

/// Tells when the host's stack is nearly used up.
struct StackGuard {
  /// Addresses below this are too deep.
  private let limit: UInt

  /// What is kept free for builtins and system libraries.
  private static let reserve: UInt = 768 << 10

  init() {
    guard let bounds = Threads.stackBounds else {
      limit = 0
      return
    }
    // The main thread's stack may be declared unlimited; only so much of it is counted on.
    let usable = min(bounds.size, 64 << 20)
    limit = bounds.lowest + bounds.size - usable + min(StackGuard.reserve, usable / 4)
  }

  /// Throws when the calling function stands too deep on the stack.
  @inline(never)
  func check() throws(Diagnostic) {
    var marker = 0
    let address = withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) }
    guard address > limit else {
      throw Diagnostic(
        "functions that call functions through builtins are nested too deep", kind: .limit,
        hint: "does the recursion reach its end?")
    }
  }
}

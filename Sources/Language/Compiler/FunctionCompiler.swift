import Tensors

/// Compiles one function or cell: registers, constants and instructions under construction.
final class FunctionCompiler {
  /// A loop being compiled: the jumps out of it and back to its start.
  struct Loop {
    var exits: [Int] = []
    var continues: [Int] = []
    /// How many error handlers were open when it began.
    var handlers: Int
  }

  let parent: FunctionCompiler?
  let globals: Globals
  let source: Source
  /// Cells keep their variables in the session's names.
  let isCell: Bool
  /// The name a nested definition can call itself by.
  let selfName: String?

  var instructions: [Instruction] = []
  var tables = CodeTables()
  var constants: [Word] = []
  var numberConstants: [UInt64: Int] = [:]
  var nameNumbers: [String: Int] = [:]
  /// Registers of the names that belong to the whole function.
  var locals: [String: Int] = [:]
  /// Registers of comprehension variables, innermost scope last.
  var scopes: [[String: Int]] = []
  var captures: [(name: String, source: Code.CaptureSource)] = []
  var loops: [Loop] = []
  var openHandlers = 0
  /// The position after the last instruction that a jump lands behind.
  var lastLanding = 0
  var nextRegister = 0
  var registerCount = 0
  /// Temporaries below this may still hold something after they were given back.
  var heldRegisters = 0
  /// The session names that are read, in nested functions too.
  var readSlots: Set<Int> = []
  /// The slots a cell assigns.
  var assignedSlots: Set<Int> = []
  /// The bytes being compiled, recorded with every instruction.
  var span = SourceSpan(0, 0)

  init(parent: FunctionCompiler?, globals: Globals, source: Source, isCell: Bool, selfName: String? = nil) {
    self.parent = parent
    self.globals = globals
    self.source = source
    self.isCell = isCell
    self.selfName = selfName
  }

  deinit {
    // Finished code took its constants over; what is left belongs to code that did not compile.
    for word in constants { word.release() }
  }
}

extension FunctionCompiler {
  /// Adds an instruction and returns its position.
  @discardableResult
  func emit(_ operation: Operation, a: Int = 0, b: Int = 0, c: Int = 0) -> Int {
    instructions.append(Instruction(operation, a: a, b: b, c: c))
    tables.spans.append(span)
    return instructions.count - 1
  }

  /// Runs `body` with instructions attributed to `span`.
  func at(_ span: SourceSpan, _ body: () throws(Diagnostic) -> Void) throws(Diagnostic) {
    let outer = self.span
    self.span = span
    defer { self.span = outer }
    try body()
  }

  /// Adds a store of the accumulator, fused with the calculation before it where that is possible.
  func emitStore(_ register: Int) {
    if let last = instructions.last, instructions.count != lastLanding, let storing = last.operation.storing {
      instructions[instructions.count - 1] = Instruction(storing, a: last.a, b: last.b, c: register)
    } else {
      emit(.store, a: register)
    }
  }

  /// Returns the accumulator.
  func emitResult() { emit(.result, a: nextRegister) }

  /// Points the jump at `position` to the next instruction.
  func land(_ position: Int) throws(Diagnostic) {
    lastLanding = instructions.count
    try point(position, to: instructions.count)
  }

  /// Points the jump at `position` to `target`.
  func point(_ position: Int, to target: Int) throws(Diagnostic) {
    let distance = target - position - 1
    guard abs(distance) < Instruction.jumpLimit else { throw tooLarge() }
    let old = instructions[position]
    instructions[position] = Instruction(old.operation, a: old.a, b: old.b, c: distance)
  }

  func tooLarge() -> Diagnostic {
    Diagnostic(
      "this is too large to compile in one piece", kind: .limit, at: span, in: source,
      hint: "split it into smaller functions or cells")
  }

  /// The number of a constant, shared by equal numbers.
  func constant(_ number: Double) throws(Diagnostic) -> Int {
    let word = Word(number)
    if let known = numberConstants[word.bits] { return known }
    let index = try constant(word)
    numberConstants[word.bits] = index
    return index
  }

  /// The number of a constant; takes over its reference.
  func constant(_ word: Word) throws(Diagnostic) -> Int {
    constants.append(word)
    guard constants.count < Instruction.jumpLimit else { throw tooLarge() }
    return constants.count - 1
  }

  /// Loads a constant by its number, however large.
  func emitConstant(_ operation: Operation, _ index: Int) {
    emit(operation, a: index & 0xFFFF, b: index >> 16)
  }

  /// The number of a field name.
  func name(_ text: String) throws(Diagnostic) -> Int {
    if let known = nameNumbers[text] { return known }
    tables.names.append(text)
    nameNumbers[text] = tables.names.count - 1
    return try checked(tables.names.count - 1)
  }

  func checked(_ index: Int) throws(Diagnostic) -> Int {
    guard index < Instruction.operandLimit else { throw tooLarge() }
    return index
  }

  /// Takes registers for temporaries that stand side by side; what they hold is `consumed` before they are
  /// given back, or else released when the function returns.
  func takeRegisters(_ count: Int, consumed: Bool = false) throws(Diagnostic) -> Int {
    let first = nextRegister
    nextRegister += count
    if !consumed { holdTemporaries() }
    registerCount = max(registerCount, nextRegister)
    guard registerCount < (isCell ? Globals.scratch : Instruction.operandLimit) else { throw tooLarge() }
    return first
  }

  /// Notes that the temporaries in use may be given back with something in them, as a jump out of the middle of
  /// an expression does.
  func holdTemporaries() { heldRegisters = max(heldRegisters, nextRegister) }

  /// Gives temporaries back, which must be the last ones taken.
  func giveBack(to first: Int) { nextRegister = first }

  /// Runs `body` with a temporary and gives it back.
  func withRegister(consumed: Bool = false, _ body: (Int) throws(Diagnostic) -> Void) throws(Diagnostic) {
    let register = try takeRegisters(1, consumed: consumed)
    try body(register)
    giveBack(to: register)
  }

  /// Returns at once instead of jumping to a return.
  private func shortenJumpsToResults() {
    for position in instructions.indices where instructions[position].operation == .jump {
      let target = position + 1 + instructions[position].c
      guard instructions.indices.contains(target), instructions[target].operation == .result else { continue }
      instructions[position] = instructions[target]
    }
  }

  /// Lets returns release temporaries that may hold something.
  private func completeResults() {
    for position in instructions.indices where instructions[position].operation == .result {
      instructions[position] = Instruction(.result, a: max(instructions[position].a, heldRegisters))
    }
  }

  /// Lets instructions also do the work of the next one, where there is an operation for both.
  ///
  /// The second instruction stays where it is, so that jumps and the places of errors hold.
  private func pairInstructions() {
    // Backwards, so that a comparison finds the pair after it.
    for position in instructions.indices.dropLast().reversed() {
      let (first, next) = (instructions[position], instructions[position + 1])
      guard let pair = first.operation.followed(by: next.operation) else { continue }
      // What is stored right before a call must be an argument, whose register holds nothing yet.
      if next.operation == .callGlobal || next.operation == .callCallee,
        next.b == 0 || first.c < heldRegisters
      {
        continue
      }
      instructions[position] = Instruction(pair, a: first.a, b: first.b, c: first.c)
    }
  }

  /// The finished code.
  func finish(name: String?, syntax: FunctionSyntax?, parameters: [Code.Parameter]) -> Code {
    completeResults()
    shortenJumpsToResults()
    pairInstructions()
    let code = Code(
      name: name, source: source, syntax: syntax, globals: globals, parameters: parameters,
      registerCount: registerCount, instructions: instructions, constants: constants, tables: tables,
      captures: captures, reads: readSlots, selfName: selfName)
    constants = []
    return code
  }
}

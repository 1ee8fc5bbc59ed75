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
  /// The session names that are read, in nested functions too.
  var readSlots: Set<Int> = []
  /// Those of a cell that only functions it gives a name read, when they are called.
  var deferredSlots: Set<Int> = []
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

  /// Takes registers for temporaries that stand side by side.
  func takeRegisters(_ count: Int) throws(Diagnostic) -> Int {
    let first = nextRegister
    nextRegister += count
    registerCount = max(registerCount, nextRegister)
    guard registerCount < (isCell ? Globals.scratch : Instruction.operandLimit) else { throw tooLarge() }
    return first
  }

  /// Gives temporaries back, which must be the last ones taken.
  func giveBack(to first: Int) { nextRegister = first }

  /// Runs `body` with a temporary and gives it back.
  func withRegister(_ body: (Int) throws(Diagnostic) -> Void) throws(Diagnostic) {
    let register = try takeRegisters(1)
    try body(register)
    giveBack(to: register)
  }

  /// The finished code.
  func finish(name: String?, syntax: FunctionSyntax?, parameters: [Code.Parameter]) -> Code {
    let code = Code(
      name: name, source: source, syntax: syntax, globals: globals, parameters: parameters,
      registerCount: registerCount, instructions: instructions, constants: constants, tables: tables,
      captures: captures, reads: readSlots.union(deferredSlots),
      deferredReads: deferredSlots.subtracting(readSlots),
      selfName: selfName)
    constants = []
    return code
  }
}

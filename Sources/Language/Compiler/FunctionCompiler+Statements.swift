extension FunctionCompiler {
  /// Compiles a block whose value is that of its last statement.
  func block(_ block: Block) throws(Diagnostic) {
    guard let last = block.statements.last else { return try none() }
    for statement in block.statements.dropLast() { try self.statement(statement) }
    if case .expression(let value) = last.node { return try expression(value) }
    try statement(last)
    try none()
  }

  /// Compiles a block for what it does.
  func body(_ block: Block) throws(Diagnostic) {
    for statement in block.statements { try self.statement(statement) }
  }

  func none() throws(Diagnostic) { emitConstant(.constant, try constant(Word.none)) }

  /// Compiles one statement; a bare expression at top level shows itself.
  func statement(_ statement: Statement, isTopLevel: Bool = false) throws(Diagnostic) {
    try at(statement.span) { () throws(Diagnostic) in
      switch statement.node {
      case .expression(let value):
        guard isTopLevel, !statement.isSilent else { return try effect(value) }
        try expression(value)
        emit(.show)
      case .assign(let target, let value): try assign(target, value)
      case .update(let target, let operation, let value): try update(target, operation, value)
      case .define(let function):
        guard let name = function.name else { return }
        try closure(function)
        emitStore(try registerForAssignment(name))
      case .forEach(let pattern, let items, let body): try forEach(pattern, items, body)
      case .whileLoop(let condition, let body): try whileLoop(condition, body)
      case .repeatLoop(let count, let body): try repeatLoop(count, body)
      case .breakLoop: try leaveLoop("break") { $0.exits.append($1) }
      case .continueLoop: try leaveLoop("continue") { $0.continues.append($1) }
      case .returnValue(let value):
        guard !isCell else {
          throw Diagnostic("return stands outside a function", kind: .syntax, at: statement.span, in: source)
        }
        if let value { try expression(value) } else { try none() }
        for _ in 0..<openHandlers { emit(.popHandler) }
        emitResult()
      case .delete(let names):
        for name in names {
          let register = try registerForAssignment(name)
          try at(name.span) { () throws(Diagnostic) in emit(.delete, a: register) }
        }
      }
    }
  }

  private func leaveLoop(_ word: String, _ note: (inout Loop, Int) -> Void) throws(Diagnostic) {
    guard let loop = loops.last else {
      throw Diagnostic("\(word) stands outside a loop", kind: .syntax, at: span, in: source)
    }
    for _ in loop.handlers..<openHandlers { emit(.popHandler) }
    holdTemporaries()
    note(&loops[loops.count - 1], emit(.jump))
  }

  /// Compiles a loop's body between its start and its exits.
  private func inLoop(_ body: () throws(Diagnostic) -> Void) throws(Diagnostic) -> Loop {
    loops.append(Loop(handlers: openHandlers))
    try body()
    return loops.removeLast()
  }

  private func forEach(_ pattern: Pattern, _ items: Expression, _ body: Block) throws(Diagnostic) {
    let walk = try takeRegisters(3)
    try startWalk(walk, over: items)
    try walkLoop(walk, pattern) { () throws(Diagnostic) in try self.body(body) }
    giveBack(to: walk)
  }

  private func repeatLoop(_ count: Expression, _ body: Block) throws(Diagnostic) {
    let walk = try takeRegisters(3)
    try expression(count)
    try at(count.span) { () throws(Diagnostic) in emit(.iterateCount, a: walk) }
    try walkLoop(walk, nil) { () throws(Diagnostic) in try self.body(body) }
    giveBack(to: walk)
  }

  /// Puts a walk over the items into a register and the one after it.
  func startWalk(_ walk: Int, over items: Expression) throws(Diagnostic) {
    if case .range(let low, let high, let closed) = items.node {
      try expression(low)
      emitStore(walk)
      try expression(high)
      try at(items.span) { () throws(Diagnostic) in emit(.iterateRange, a: walk, b: closed ? 1 : 0) }
    } else {
      try expression(items)
      try at(items.span) { () throws(Diagnostic) in emit(.iterate, a: walk) }
    }
  }

  /// Compiles the steps of a walk, binding each item to a pattern.
  func walkLoop(
    _ walk: Int, _ pattern: Pattern?, _ body: () throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    var item = walk + 2
    if case .name(let name)? = pattern { item = try registerForAssignment(name) }
    let entry = emit(.jump)
    let start = instructions.count
    let loop = try inLoop { () throws(Diagnostic) in
      if let pattern, case .list(_, let span) = pattern {
        try at(span) { () throws(Diagnostic) in
          emit(.take, a: item)
          try bind(pattern)
        }
      }
      try body()
    }
    try land(entry)
    for position in loop.continues { try land(position) }
    try point(emit(.next, a: walk, b: item), to: start)
    tables.loops.append((start..<instructions.count, span))
    for position in loop.exits { try land(position) }
    emit(.clear, a: walk)
  }

  private func whileLoop(_ condition: Expression, _ body: Block) throws(Diagnostic) {
    let start = instructions.count
    let exits = try jumpUnless(condition)
    let loop = try inLoop { () throws(Diagnostic) in try self.body(body) }
    for position in loop.continues { try point(position, to: start) }
    try point(emit(.loop), to: start)
    tables.loops.append((start..<instructions.count, span))
    for position in exits + loop.exits { try land(position) }
  }
}

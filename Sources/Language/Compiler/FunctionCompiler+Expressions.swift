import Tensors

extension FunctionCompiler {
  /// Compiles an expression; its value ends in the accumulator.
  func expression(_ expression: Expression) throws(Diagnostic) {
    try at(expression.span) { () throws(Diagnostic) in
      switch expression.node {
      case .number(let number): emitConstant(.constant, try constant(number))
      case .string(let text): emitConstant(.constant, try constant(Word(packing: .string(text))))
      case .interpolation(let parts): try interpolation(parts)
      case .name(let name): try load(name)
      case .bracket(let items): try bracket(items, expression)
      case .list(let items): try build(.list, items)
      case .record(let items): try build(.record, items)
      case .comprehension(let comprehension): try self.comprehension(comprehension)
      case .lambda(let function): try closure(function)
      case .unary(let operation, let operand): try unary(operation, operand)
      case .binary(let operation, let left, let right): try binary(operation, left, right)
      case .comparison(let operands, let operations): try comparison(operands, operations)
      case .range(let low, let high, let closed):
        try self.expression(low)
        try withRegister { (left) throws(Diagnostic) in
          emitStore(left)
          try self.expression(high)
          emit(.range, a: left, b: closed ? 1 : 0)
        }
      case .call(let callee, let arguments): try call(callee, arguments)
      case .index(let value, let items): try index(value, items)
      case .field(let value, let name): try field(value, name)
      case .derivative(let function): try callBuiltin("derivative", function)
      case .gradient(let function): try callBuiltin("grad", function)
      case .conditional(let condition, let then, let otherwise):
        try conditional(condition, then, otherwise)
      case .attempt(let body, let failure, let handler): try attempt(body, failure, handler)
      case .block(let block): try self.block(block)
      }
    }
  }

  /// Compiles an expression for what it does, not for its value.
  func effect(_ expression: Expression) throws(Diagnostic) {
    guard case .conditional(let condition, let then, let otherwise) = expression.node else {
      try self.expression(expression)
      emit(.drop)
      return
    }
    try at(expression.span) { () throws(Diagnostic) in
      let exits = try jumpUnless(condition)
      try body(then)
      guard let otherwise else {
        for position in exits { try land(position) }
        return
      }
      let end = emit(.jump)
      for position in exits { try land(position) }
      try body(otherwise)
      try land(end)
    }
  }

  private func interpolation(_ parts: [StringPart]) throws(Diagnostic) {
    let first = nextRegister
    for part in parts {
      switch part {
      case .text(let text): emitConstant(.constant, try constant(Word(packing: .string(text))))
      case .value(let value, let format):
        try expression(value)
        try at(value.span) { () throws(Diagnostic) in
          emitConstant(.format, try constant(Word(packing: .string(format ?? ""))))
        }
      }
      emitStore(try takeRegisters(1))
    }
    emit(.join, a: first, b: try checked(parts.count))
    giveBack(to: first)
  }

  private func unary(_ operation: UnaryOperator, _ operand: Expression) throws(Diagnostic) {
    if case .negate = operation, case .number(let number) = operand.node {
      return emitConstant(.constant, try constant(-number))
    }
    try expression(operand)
    if case .negate = operation {
      emit(.negate)
    } else {
      emit(.unary, b: UnaryOperator.allCases.firstIndex(of: operation) ?? 0)
    }
  }

  private func index(_ value: Expression, _ items: [IndexItem]) throws(Diagnostic) {
    if items.count == 1, case .at(let item) = items[0] {
      if let register = simpleRegister(value), !item.assignsNames {
        try expression(item)
        noteOperands(value.span, item.span)
        emit(.element, a: register)
      } else {
        try expression(value)
        try withRegister { (target) throws(Diagnostic) in
          emitStore(target)
          try expression(item)
          noteOperands(value.span, item.span)
          emit(.element, a: target, c: 1)
        }
      }
      return
    }
    let shape = try shape(of: items)
    try expression(value)
    try withRegister { (target) throws(Diagnostic) in
      emitStore(target)
      let first = nextRegister
      try indexItems(items)
      tables.indices.append(shape)
      noteOperands(value.span, span)
      emit(.index, a: target, b: try checked(tables.indices.count - 1), c: first << 1 | 1)
    }
  }

  private func field(_ value: Expression, _ name: Name) throws(Diagnostic) {
    let number = try self.name(name.text)
    if let register = simpleRegister(value) {
      emit(.fieldR, a: register, b: number)
    } else {
      try expression(value)
      emit(.field, b: number)
    }
  }

  private func conditional(
    _ condition: Expression, _ then: Block, _ otherwise: Block?
  ) throws(Diagnostic) {
    let exits = try jumpUnless(condition)
    try block(then)
    let end = emit(.jump)
    for position in exits { try land(position) }
    if let otherwise { try block(otherwise) } else { try none() }
    try land(end)
  }

  private func attempt(_ body: Block, _ failure: Pattern?, _ handler: Block) throws(Diagnostic) {
    let push = emit(.pushHandler)
    openHandlers += 1
    try block(body)
    // An error may leave any temporary of the body as it was.
    heldRegisters = max(heldRegisters, registerCount)
    openHandlers -= 1
    emit(.popHandler)
    let end = emit(.jump)
    try land(push)
    if let failure { try bind(failure) } else { emit(.drop) }
    try block(handler)
    try land(end)
  }

  private func comprehension(_ comprehension: Comprehension) throws(Diagnostic) {
    let collected = try takeRegisters(1)
    emit(.list, a: collected, b: 0)
    emitStore(collected)
    scopes.append([:])
    try clauses(comprehension.clauses[...], of: comprehension, into: collected, isFirst: true)
    for register in scopes.removeLast().values { emit(.clear, a: register) }
    emit(comprehension.isList ? .finishList : .finishBracket, a: collected)
    giveBack(to: collected)
  }

  private func clauses(
    _ clauses: ArraySlice<Comprehension.Clause>, of comprehension: Comprehension, into collected: Int,
    isFirst: Bool = false
  ) throws(Diagnostic) {
    guard let clause = clauses.first else {
      try declareAssigned(in: comprehension.element)
      try expression(comprehension.element)
      emit(.collect, a: collected)
      return
    }
    switch clause {
    case .each(let pattern, let items):
      // The first source is evaluated outside the scope.
      if !isFirst { try declareAssigned(in: items) }
      let walk = try takeRegisters(3)
      try startWalk(walk, over: items)
      try declareInScope(pattern)
      try walkLoop(walk, pattern) { () throws(Diagnostic) in
        try self.clauses(clauses.dropFirst(), of: comprehension, into: collected)
      }
    case .filter(let condition):
      try declareAssigned(in: condition)
      let exits = try jumpUnless(condition)
      try self.clauses(clauses.dropFirst(), of: comprehension, into: collected)
      for position in exits { try land(position) }
    }
  }

  /// Makes the names that a part of a comprehension assigns local to it, except those that are already.
  private func declareAssigned(in part: Expression) throws(Diagnostic) {
    for name in AssignedNames(in: part).names where scopes.last?[name] == nil { try declareInScope(name) }
  }

  private func declareInScope(_ pattern: Pattern) throws(Diagnostic) {
    switch pattern {
    case .name(let name): try declareInScope(name.text)
    case .list(let parts, _): for part in parts { try declareInScope(part) }
    }
  }

  private func declareInScope(_ name: String) throws(Diagnostic) {
    let register = try takeRegisters(1)
    scopes[scopes.count - 1][name] = register
    tables.registerNames[register] = name
    emit(.clear, a: register)
  }
}

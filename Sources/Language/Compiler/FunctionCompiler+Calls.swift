import Tensors

extension FunctionCompiler {
  func call(_ callee: Expression, _ arguments: [Argument]) throws(Diagnostic) {
    guard arguments.allSatisfy({ $0.name == nil && !$0.isSpread }) else {
      return try shapedCall(callee, arguments)
    }
    if case .name(let name) = callee.node {
      switch try place(of: name) {
      case .callee: return try directCall(.callCallee, arguments)
      case .global(let slot):
        return try directCall(isCell ? .callGlobalInCell : .callGlobal, arguments, c: slot)
      case .register, .capture: break
      }
    }
    try expression(callee)
    let target = try takeRegisters(1)
    emitStore(target)
    for argument in arguments { try intoNextRegister(argument.value, consumed: true) }
    emit(isCell ? .callInCell : .call, a: target + 1, b: try checked(arguments.count))
    giveBack(to: target)
  }

  private func directCall(_ operation: Operation, _ arguments: [Argument], c: Int = 0) throws(Diagnostic) {
    let first = nextRegister
    for argument in arguments { try intoNextRegister(argument.value, consumed: true) }
    // A call of a function writes its registers from the first argument on; even one without
    // arguments must not reach into registers in use.
    emit(operation, a: first, b: try checked(arguments.count), c: c)
    giveBack(to: first)
  }

  private func shapedCall(_ callee: Expression, _ arguments: [Argument]) throws(Diagnostic) {
    try expression(callee)
    let target = try takeRegisters(1)
    emitStore(target)
    for argument in arguments { try intoNextRegister(argument.value, consumed: true) }
    tables.calls.append(
      CallShape(
        items: arguments.map { argument in
          if argument.isSpread { return .spread }
          return argument.name.map { .named($0.text) } ?? .positional
        }))
    emit(.callShaped, a: target + 1, b: try checked(tables.calls.count - 1))
    giveBack(to: target)
  }

  /// `x |> f` is `f(x)` and `x |> f(a)` is `f(x, a)`; `x |> (f(a))` calls what the brackets hold.
  func pipe(_ left: Expression, _ right: Expression) throws(Diagnostic) {
    if case .call(let callee, let arguments) = right.node, !right.isParenthesized {
      return try call(callee, [Argument(value: left)] + arguments)
    }
    try call(right, [Argument(value: left)])
  }

  /// Calls a builtin whatever its name means at the moment.
  func callBuiltin(_ name: String, _ argument: Expression) throws(Diagnostic) {
    guard let builtin = BuiltinTable.named(name) else {
      throw Diagnostic("nothing is named \(name)", kind: .name, at: span, in: source)
    }
    let target = try takeRegisters(1)
    emitConstant(.constant, try constant(Word(packing: .function(Function(builtin)))))
    emitStore(target)
    try intoNextRegister(argument)
    emit(isCell ? .callInCell : .call, a: target + 1, b: 1)
    giveBack(to: target)
  }

  func bracket(_ items: [Argument], _ whole: Expression) throws(Diagnostic) {
    if let folded = LiteralTensor.fold(whole) {
      return emitConstant(.literal, try constant(Word(packing: .tensor(folded))))
    }
    try build(.bracket, items)
  }

  /// Makes a bracket, list or record of items that may have names or be spread.
  func build(_ kind: BuildShape.Kind, _ items: [Argument]) throws(Diagnostic) {
    let first = nextRegister
    for item in items { try intoNextRegister(item.value) }
    let count = try checked(items.count)
    if items.contains(where: \.isSpread) {
      tables.builds.append(
        BuildShape(kind: kind, names: items.map { $0.name?.text }, isSpread: items.map(\.isSpread)))
      emit(.build, a: first, b: try checked(tables.builds.count - 1))
    } else {
      switch kind {
      case .bracket: emit(.bracket, a: first, b: count)
      case .list: emit(.list, a: first, b: count)
      case .record:
        let names = items.compactMap { $0.name?.text }
        guard Set(names).count == count else {
          throw Diagnostic("a field appears twice", kind: .syntax, at: span, in: source)
        }
        tables.layouts.append(RecordLayout.named(names))
        emit(.record, a: first, b: try checked(tables.layouts.count - 1))
      }
    }
    giveBack(to: first)
  }
}

/// Brackets that hold nothing but number literals, made once when they are compiled.
enum LiteralTensor {
  /// The tensor, or nil when the bracket has to be evaluated (or is wrong, to be told then).
  static func fold(_ expression: Expression) -> Tensor? {
    var elements: [Double] = []
    guard let lengths = collect(expression, into: &elements), !elements.isEmpty,
      let shape = try? Shape(checking: lengths)
    else { return nil }
    return try? Tensor(elements, shape: shape)
  }

  private static func collect(_ expression: Expression, into elements: inout [Double]) -> [Int]? {
    switch expression.node {
    case .number(let number):
      elements.append(number)
      return []
    case .unary(.negate, let operand):
      guard case .number(let number) = operand.node else { return nil }
      elements.append(-number)
      return []
    case .bracket(let items):
      var inner: [Int]?
      for item in items {
        guard !item.isSpread, let lengths = collect(item.value, into: &elements),
          inner == nil || inner == lengths
        else { return nil }
        inner = lengths
      }
      return inner.map { [items.count] + $0 }
    default: return nil
    }
  }
}

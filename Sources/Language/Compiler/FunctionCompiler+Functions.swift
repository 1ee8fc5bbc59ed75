extension FunctionCompiler {
  /// Compiles a cell: its statements run with the session's names as registers.
  static func cell(_ statements: [Statement], source: Source, globals: Globals) throws(Diagnostic) -> (
    code: Code, assigned: Set<Int>
  ) {
    let compiler = FunctionCompiler(parent: nil, globals: globals, source: source, isCell: true)
    for statement in statements { try compiler.statement(statement, isTopLevel: true) }
    compiler.emit(.stop)
    return (compiler.finish(name: nil, syntax: nil, parameters: []), compiler.assignedSlots)
  }

  /// Compiles a function; what it captures is found in `self`. Errors call it `name` where it has none itself.
  ///
  /// What a function reads that a cell gives a name is read when it is called, not by the cell.
  func function(_ syntax: FunctionSyntax, named name: String? = nil) throws(Diagnostic) -> Code {
    let isNested = !isCell || !scopes.isEmpty
    let compiler = FunctionCompiler(
      parent: self, globals: globals, source: source, isCell: false,
      selfName: isNested ? syntax.name?.text : nil)
    compiler.span = syntax.span
    var parameters: [Code.Parameter] = []
    for parameter in syntax.parameters {
      let register = try compiler.takeRegisters(1)
      var name = "argument \(parameters.count + 1)"
      if case .name(let given) = parameter.pattern {
        name = given.text
        guard compiler.locals[name] == nil else {
          throw Diagnostic("the parameter \(name) appears twice", kind: .syntax, at: given.span, in: source)
        }
        compiler.locals[name] = register
      }
      compiler.tables.registerNames[register] = name
      parameters.append(
        Code.Parameter(name: name, hasDefault: parameter.defaultValue != nil, isRest: parameter.isRest))
    }
    for name in AssignedNames(in: syntax.body).names { try compiler.declare(name) }
    for value in syntax.parameters.compactMap(\.defaultValue) {
      for name in AssignedNames(in: value).names { try compiler.declare(name) }
    }
    for parameter in syntax.parameters { try compiler.declareNames(of: parameter.pattern) }
    // Registers start with anything that is not an object; only a local can be read too early.
    for register in parameters.count..<max(parameters.count, compiler.nextRegister) {
      compiler.emit(.clear, a: register)
    }
    for (register, parameter) in syntax.parameters.enumerated() {
      try compiler.prologue(register, parameter)
    }
    try compiler.block(syntax.body)
    compiler.emitResult()
    if isCell, syntax.name != nil || name != nil {
      deferredSlots.formUnion(compiler.readSlots)
    } else {
      readSlots.formUnion(compiler.readSlots)
    }
    return compiler.finish(name: syntax.name?.text ?? name, syntax: syntax, parameters: parameters)
  }

  private func declareNames(of pattern: Pattern) throws(Diagnostic) {
    switch pattern {
    case .name(let name): try declare(name.text)
    case .list(let parts, _): for part in parts { try declareNames(of: part) }
    }
  }

  /// Fills in a default and takes a pattern apart.
  private func prologue(_ register: Int, _ parameter: Parameter) throws(Diagnostic) {
    if let value = parameter.defaultValue {
      let skip = emit(.jumpIfSet, a: register)
      try expression(value)
      emitStore(register)
      try land(skip)
    }
    if case .list(_, let span) = parameter.pattern {
      try at(span) { () throws(Diagnostic) in
        emit(.load, a: register)
        try bind(parameter.pattern)
      }
    }
  }

  /// Makes a closure of a function and its captures.
  func closure(_ syntax: FunctionSyntax, named name: String? = nil) throws(Diagnostic) {
    let code = try function(syntax, named: name)
    tables.functions.append(code)
    emit(.closure, b: try checked(tables.functions.count - 1))
  }
}

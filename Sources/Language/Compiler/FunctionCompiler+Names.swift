/// Where a name's value is.
enum Place {
  case register(Int)
  case capture(Int)
  /// The running function itself.
  case callee
  /// A session name, seen from inside a function.
  case global(Int)
}

extension FunctionCompiler {
  /// Finds what a name refers to: comprehension variables, locals, enclosing functions, the session.
  func place(of name: String) throws(Diagnostic) -> Place {
    if let place = localPlace(of: name) { return place }
    guard let slot = globals.slot(name) else {
      throw Diagnostic("there are too many names", kind: .limit, at: span, in: source)
    }
    readSlots.insert(slot)
    return isCell ? .register(slot) : .global(slot)
  }

  /// The place of a name that is not the session's.
  private func localPlace(of name: String) -> Place? {
    for scope in scopes.reversed() {
      if let register = scope[name] { return .register(register) }
    }
    if let register = locals[name] { return .register(register) }
    if name == selfName { return .callee }
    if let index = captures.firstIndex(where: { $0.name == name }) { return .capture(index) }
    guard let outer = parent?.localPlace(of: name) else { return nil }
    switch outer {
    case .register(let register): captures.append((name, .register(register)))
    case .capture(let index): captures.append((name, .capture(index)))
    case .callee: captures.append((name, .callee))
    case .global: return nil
    }
    return .capture(captures.count - 1)
  }

  /// The register that an assignment to a name goes to.
  func registerForAssignment(_ name: Name) throws(Diagnostic) -> Int {
    for scope in scopes.reversed() {
      if let register = scope[name.text] { return register }
    }
    if let register = locals[name.text] { return register }
    guard isCell else {
      throw Diagnostic(
        "`\(name.text)` cannot be assigned here", kind: .syntax, at: name.span, in: source,
        hint: "assign it in a statement of its own before this one")
    }
    guard let slot = globals.slot(name.text) else {
      throw Diagnostic("there are too many names", kind: .limit, at: name.span, in: source)
    }
    assignedSlots.insert(slot)
    return slot
  }

  /// Notes that a cell depends on a name of which it changes a part.
  func noteRead(of register: Int) {
    if isCell, register >= Globals.scratch { readSlots.insert(register) }
  }

  /// Gives a new local a register.
  func declare(_ name: String) throws(Diagnostic) {
    guard locals[name] == nil else { return }
    let register = try takeRegisters(1)
    locals[name] = register
    tables.registerNames[register] = name
  }

  /// Loads what a name holds.
  func load(_ name: String) throws(Diagnostic) {
    switch try place(of: name) {
    case .register(let register): emit(.load, a: register)
    case .capture(let index): emit(.loadCapture, a: index)
    case .callee: emit(.loadCallee)
    case .global(let slot): emit(.loadGlobal, a: slot)
    }
  }

  /// Stores the accumulator into the names of a pattern.
  func bind(_ pattern: Pattern) throws(Diagnostic) {
    switch pattern {
    case .name(let name):
      emitStore(try registerForAssignment(name))
    case .list(let parts, let span):
      try at(span) { () throws(Diagnostic) in
        let first = try takeRegisters(parts.count)
        emit(.unpack, a: first, b: try checked(parts.count))
        for (offset, part) in parts.enumerated() {
          emit(.take, a: first + offset)
          try bind(part)
        }
        giveBack(to: first)
      }
    }
  }
}

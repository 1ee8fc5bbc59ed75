extension FunctionCompiler {
  func assign(_ target: Target, _ value: Expression) throws(Diagnostic) {
    switch target {
    case .name(let name):
      if let appended = appended(to: name, value) {
        try expression(appended.item)
        return try emitAppend(name, appended.kind)
      }
      if case .lambda(let function) = value.node {
        try at(value.span) { () throws(Diagnostic) in try closure(function, named: name.text) }
      } else {
        try expression(value)
      }
      emitStore(try registerForAssignment(name))
    case .pattern(let pattern):
      try expression(value)
      try bind(pattern)
    case .field, .index:
      let path = try flatten(target)
      let items = try pathItems(path.steps)
      try expression(value)
      try emitAssign(path, items)
      giveBack(to: items.first)
    }
  }

  func update(_ target: Target, _ operation: BinaryOperator, _ value: Expression) throws(Diagnostic) {
    switch target {
    case .name(let name):
      let place = Expression(.name(name.text), name.span)
      try binary(operation, place, value)
      emitStore(try registerForAssignment(name))
    case .pattern:
      throw Diagnostic("several names cannot be updated at once", kind: .syntax, at: span, in: source)
    case .field, .index:
      let path = try flatten(target)
      let items = try pathItems(path.steps)
      try readPath(path, items)
      try withRegister { (left) throws(Diagnostic) in
        emitStore(left)
        try expression(value)
        noteOperands(path.span, value.span)
        emit(.binary, a: left, b: BinaryOperator.allCases.firstIndex(of: operation) ?? 0)
      }
      try emitAssign(path, items)
      giveBack(to: items.first)
    }
  }

  /// `x = x ++ e` and `x = append(x, e)` grow x in place; the item is evaluated before x is touched.
  private func appended(to name: Name, _ value: Expression) -> (item: Expression, kind: Int)? {
    switch value.node {
    case .binary(.join, let left, let right):
      guard case .name(name.text) = left.node, !left.isParenthesized, !right.assignsNames else { return nil }
      return (right, 0)
    case .call(let callee, let arguments):
      guard case .name("append") = callee.node, arguments.count == 2,
        arguments.allSatisfy({ $0.name == nil && !$0.isSpread }),
        case .name(name.text) = arguments[0].value.node, !arguments[1].value.assignsNames,
        refersToBuiltin("append")
      else { return nil }
      return (arguments[1].value, 1)
    default: return nil
    }
  }

  private func refersToBuiltin(_ name: String) -> Bool {
    guard scopes.allSatisfy({ $0[name] == nil }), locals[name] == nil, parent?.refersToBuiltin(name) ?? true,
      globals.slot(name) != nil, case .function(let function)? = globals.value(name),
      case .builtin = function.body
    else { return false }
    return true
  }

  private func emitAppend(_ name: Name, _ kind: Int) throws(Diagnostic) {
    let register = try registerForAssignment(name)
    emit(.append, a: register, b: kind)
  }

  /// A target as a variable and the steps into it.
  private struct Path {
    var root: Name
    var steps: [(step: AssignmentPath.Step, items: [IndexItem])]
    var span: SourceSpan
  }

  private func flatten(_ target: Target) throws(Diagnostic) -> Path {
    switch target {
    case .name(let name): return Path(root: name, steps: [], span: name.span)
    case .field(let inner, let name):
      var path = try flatten(inner)
      path.steps.append((.field(name.text), []))
      path.span = path.span.joined(with: name.span)
      return path
    case .index(let inner, let items, let span):
      var path = try flatten(inner)
      path.steps.append((.index(try shape(of: items)), items))
      path.span = path.span.joined(with: span)
      return path
    case .pattern:
      throw Diagnostic("this cannot be assigned to", kind: .syntax, at: span, in: source)
    }
  }

  /// Evaluates the indices of a path into registers side by side.
  private func pathItems(
    _ steps: [(step: AssignmentPath.Step, items: [IndexItem])]
  ) throws(Diagnostic) -> (first: Int, count: Int) {
    let first = nextRegister
    for step in steps { try indexItems(step.items) }
    return (first, nextRegister - first)
  }

  /// Loads the current value at the end of a path.
  private func readPath(_ path: Path, _ items: (first: Int, count: Int)) throws(Diagnostic) {
    try at(path.span) { () throws(Diagnostic) in
      try load(path.root.text)
      var next = items.first
      for step in path.steps {
        switch step.step {
        case .field(let name): emit(.field, b: try self.name(name))
        case .index(let shape):
          try withRegister { (target) throws(Diagnostic) in
            emitStore(target)
            // The items are needed again by the assignment, so they are not consumed.
            tables.indices.append(shape)
            emit(.index, a: target, b: try checked(tables.indices.count - 1), c: next << 1)
          }
          next += shape.registerCount
        }
      }
    }
  }

  private func emitAssign(_ path: Path, _ items: (first: Int, count: Int)) throws(Diagnostic) {
    let root = try registerForAssignment(path.root)
    try at(path.span) { () throws(Diagnostic) in
      if path.steps.count == 1, case .index(let shape) = path.steps[0].step, shape.items.count == 1,
        case .value = shape.items[0]
      {
        emit(.assignElement, a: root, b: items.first)
      } else {
        tables.paths.append(AssignmentPath(steps: path.steps.map(\.step)))
        emit(.assign, a: root, b: try checked(tables.paths.count - 1), c: items.first)
      }
    }
  }

  /// The form of an index.
  func shape(of items: [IndexItem]) throws(Diagnostic) -> IndexShape {
    var result = IndexShape(items: [], registerCount: 0)
    for item in items {
      switch item {
      case .at:
        result.items.append(.value)
        result.registerCount += 1
      case .slice(let start, let stop, let step, _):
        result.items.append(.slice(start: start != nil, stop: stop != nil, step: step != nil))
        result.registerCount += [start, stop, step].count { $0 != nil }
      case .ellipsis: result.items.append(.ellipsis)
      }
    }
    return result
  }

  /// Evaluates index items into the next registers.
  func indexItems(_ items: [IndexItem]) throws(Diagnostic) {
    for item in items {
      switch item {
      case .at(let value): try intoNextRegister(value)
      case .slice(let start, let stop, let step, _):
        for part in [start, stop, step] {
          guard let part else { continue }
          try intoNextRegister(part)
        }
      case .ellipsis: break
      }
    }
  }

  /// Evaluates into a new temporary.
  func intoNextRegister(_ value: Expression, consumed: Bool = false) throws(Diagnostic) {
    try expression(value)
    emitStore(try takeRegisters(1, consumed: consumed))
  }
}

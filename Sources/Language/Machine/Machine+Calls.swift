import Tensors

extension Machine {
  /// Calls something that is not compiled code with exactly the right arguments.
  ///
  /// The arguments stand in registers from `first` on and are consumed.
  func callSlow(
    _ frame: UnsafeMutablePointer<Frame>, _ callee: Word, _ first: Int, _ count: Int
  ) throws(Diagnostic) -> Word {
    if callee.isUnset { throw unset(frame) }
    let base = frame.pointee.base
    let target = callee.value
    if count == 1, case .function(let function) = target, case .builtin(let builtin) = function.body,
      let elementwise = builtin.elementwise, base[first].isNumber
    {
      return Word(elementwise.scalar(base[first].number))
    }
    let arguments = (first..<(first + count)).map { takeValue(base, $0) }
    return Word(packing: try call(target, arguments))
  }

  /// A builtin by its name, whatever the name means in the session.
  func builtin(_ name: String) throws(Diagnostic) -> Value {
    guard let builtin = BuiltinTable.named(name) else {
      throw Diagnostic("nothing is named \(name)", kind: .name)
    }
    return .function(Function(builtin))
  }

  /// The value of a register, which becomes unset.
  func takeValue(_ base: UnsafeMutablePointer<Word>, _ register: Int) -> Value {
    let word = base[register]
    base[register] = .unset
    return word.take()
  }

  /// Calls with names or spread arguments.
  func callShaped(_ frame: UnsafeMutablePointer<Frame>, _ i: Instruction) throws(Diagnostic) -> Word {
    let base = frame.pointee.base
    let shape = frame.pointee.code.tables.calls[i.b]
    let target = base[i.a - 1].value
    var positional: [Value] = []
    var named: [(String, Value)] = []
    for (offset, item) in shape.items.enumerated() {
      let value = takeValue(base, i.a + offset)
      switch item {
      case .positional: positional.append(value)
      case .named(let name): named.append((name, value))
      case .spread: try spread(value, over: target, into: &positional, &named)
      }
    }
    return Word(packing: try call(target, positional, named: named))
  }

  /// The items of a list, tensor or text vector in a row, or the fields of a record by name.
  private func spread(
    _ value: Value, over callee: Value, into positional: inout [Value], _ named: inout [(String, Value)]
  ) throws(Diagnostic) {
    if case .record(let record) = value {
      for (name, field) in zip(record.layout.names, record.values) { named.append((name, field)) }
      return
    }
    let walk = try walk(over: value, "spread")
    // Before they are made: a range may have more items than memory has room for.
    if case .function(let function) = callee { try checkCount(positional.count + walk.count, for: function) }
    positional += try rest(of: walk)
  }

  /// Everything a loop over the value would walk.
  func items(of value: Value, _ purpose: String) throws(Diagnostic) -> [Value] {
    try rest(of: try walk(over: value, purpose))
  }

  /// The walk that a loop over the value would take.
  func walk(over value: Value, _ purpose: String) throws(Diagnostic) -> Iteration {
    guard let walk = Iteration(over: value) else {
      throw Diagnostic("\(value.kind) has no items to \(purpose)", kind: .type)
    }
    return walk
  }

  /// The items that are left of a walk.
  func rest(of walk: Iteration) throws(Diagnostic) -> [Value] {
    do {
      return try walk.rest()
    } catch {
      throw failure(error)
    }
  }

  /// Calls a builtin with arguments in any form.
  func callBuiltin(
    _ builtin: Builtin, _ function: Function, _ positional: [Value], _ named: [(String, Value)]
  ) throws(Diagnostic) -> Value {
    let parameters = function.signature?.parameters ?? []
    let arguments = try bind(positional, named, to: builtin, parameters)
    return try perform(
      builtin.action, Call(machine: self, builtin: builtin, parameters: parameters, arguments: arguments))
  }

  /// Calls the function that a builtin returned.
  func callDerived(
    _ builtin: Builtin, _ captured: [Value], _ positional: [Value], _ named: [(String, Value)]
  ) throws(Diagnostic) -> Value {
    guard let second = builtin.second else { throw notCallable(.none) }
    let signature = Signature(builtin.signature)
    let arguments =
      captured + [
        .list(try List(positional)),
        .record(try Record(named)),
      ]
    return try perform(
      second, Call(machine: self, builtin: builtin, parameters: signature.parameters, arguments: arguments))
  }

  /// Runs a builtin's action, giving its errors the form of diagnostics.
  private func perform(_ action: Builtin.Action, _ call: Call) throws(Diagnostic) -> Value {
    do {
      return try action(call)
    } catch let error as Diagnostic {
      throw error
    } catch let error as TensorError {
      var diagnostic = error.diagnostic()
      if diagnostic.label == nil { diagnostic.label = describe(call) }
      throw diagnostic
    } catch {
      throw Diagnostic("\(call.builtin.name): \(error)")
    }
  }

  /// The shapes of a call's tensors, for the label of an error: `x is [3], y is [4]`.
  private func describe(_ call: Call) -> String? {
    var parts: [String] = []
    for (index, parameter) in call.parameters.enumerated() where index < call.arguments.count {
      if let quantity = call.arguments[index].quantity, quantity.shape.rank > 0 {
        parts.append("\(parameter.name) is \(quantity.shape)")
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}

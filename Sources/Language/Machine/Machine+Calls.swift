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
      case .spread: try spread(value, into: &positional, &named)
      }
    }
    return Word(packing: try call(target, positional, named: named))
  }

  /// The items of a list, tensor or text vector in a row, or the fields of a record by name.
  private func spread(
    _ value: Value, into positional: inout [Value], _ named: inout [(String, Value)]
  ) throws(Diagnostic) {
    if case .record(let record) = value {
      for (name, field) in zip(record.layout.names, record.values) { named.append((name, field)) }
      return
    }
    positional += try items(of: value, "spread")
  }

  /// Everything a loop over the value would walk.
  func items(of value: Value, _ purpose: String) throws(Diagnostic) -> [Value] {
    guard let walk = Iteration(over: value) else {
      throw Diagnostic("\(value.kind) has no items to \(purpose)", kind: .type)
    }
    do {
      return try walk.rest()
    } catch {
      throw failure(error)
    }
  }

  /// Puts arguments in the order of a function's parameters, unset where a default will be used.
  ///
  /// Takes the words over.
  func bind(
    _ positional: [Word], _ named: [(String, Word)], to code: Code
  ) throws(Diagnostic) -> [Word] {
    var owned = positional + named.map(\.1)
    defer { for word in owned { word.release() } }
    var words = Array(repeating: Word.unset, count: code.parameters.count)
    let name = code.name ?? "the function"
    var rest: [Value]?
    let restIndex = code.parameters.firstIndex(where: \.isRest)
    for (index, word) in positional.enumerated() {
      if let restIndex, index >= restIndex {
        rest = (rest ?? []) + [word.value]
        continue
      }
      guard index < words.count else {
        throw argumentError(
          "\(name) takes \(counted(code.parameters.count, "argument")), not \(positional.count)", code)
      }
      words[index] = word
    }
    for (label, word) in named {
      guard let index = code.parameters.firstIndex(where: { $0.name == label && !$0.isRest }) else {
        let nearest = NearestName.find(label, in: code.parameters.map(\.name))
        var error = argumentError("\(name) has no parameter named \(label)", code)
        if let nearest { error.hint = "did you mean \(nearest)? \(error.hint ?? "")" }
        throw error
      }
      guard words[index].isUnset else {
        throw argumentError("\(name) was given \(label) twice", code)
      }
      words[index] = word
    }
    for (index, parameter) in code.parameters.enumerated() {
      if parameter.isRest {
        words[index] = Word(packing: .list(try List(rest ?? [])))
        owned.append(words[index])
      } else if words[index].isUnset, !parameter.hasDefault {
        throw argumentError("\(name) needs a value for \(parameter.name)", code)
      }
    }
    for word in words { word.retain() }
    return words
  }

  private func argumentError(_ message: String, _ code: Code) -> Diagnostic {
    Diagnostic(message, kind: .argument, hint: code.syntax.map { "its signature is \($0.signature)" })
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

  private func bind(
    _ positional: [Value], _ named: [(String, Value)], to builtin: Builtin,
    _ parameters: [Signature.Parameter]
  ) throws(Diagnostic) -> [Value] {
    if named.isEmpty, positional.count == parameters.count, !parameters.contains(where: \.isRest) {
      return positional
    }
    var values: [Value?] = Array(repeating: nil, count: parameters.count)
    var rest: [Value] = []
    let restIndex = parameters.firstIndex(where: \.isRest)
    for (index, value) in positional.enumerated() {
      if let restIndex, index >= restIndex {
        rest.append(value)
      } else if index < values.count {
        values[index] = value
      } else {
        throw argumentError(
          "\(builtin.name) takes \(counted(parameters.count, "argument")), not \(positional.count)", builtin)
      }
    }
    var collected: [(String, Value)] = []
    for (label, value) in named {
      guard let index = parameters.firstIndex(where: { $0.name == label && !$0.isRest }) else {
        if builtin.collectsNames {
          collected.append((label, value))
          continue
        }
        var error = argumentError("\(builtin.name) has no parameter named \(label)", builtin)
        if let nearest = NearestName.find(label, in: parameters.map(\.name)) {
          error.hint = "did you mean \(nearest)? \(error.hint ?? "")"
        }
        throw error
      }
      guard values[index] == nil else {
        throw argumentError("\(builtin.name) was given \(label) twice", builtin)
      }
      values[index] = value
    }
    if let restIndex {
      guard rest.isEmpty || collected.isEmpty else {
        throw argumentError("\(builtin.name) takes its \(parameters[restIndex].name) by name", builtin)
      }
      values[restIndex] =
        collected.isEmpty ? .list(try List(rest)) : .record(try Record(collected))
    }
    var result: [Value] = []
    for (index, parameter) in parameters.enumerated() {
      guard let value = values[index] ?? parameter.defaultValue else {
        throw argumentError("\(builtin.name) needs a value for \(parameter.name)", builtin)
      }
      result.append(value)
    }
    return result
  }

  private func argumentError(_ message: String, _ builtin: Builtin) -> Diagnostic {
    Diagnostic(message, kind: .argument, hint: "its signature is \(builtin.signature)")
  }
}

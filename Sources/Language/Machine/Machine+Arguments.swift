extension Machine {
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
    var rest: [Value] = []
    let restIndex = code.parameters.firstIndex(where: \.isRest)
    try checkCount(positional.count, for: code)
    for (index, word) in positional.enumerated() {
      if let restIndex, index >= restIndex { rest.append(word.value) } else { words[index] = word }
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
        words[index] = Word(packing: .list(try List(rest)))
        owned.append(words[index])
      } else if words[index].isUnset, !parameter.hasDefault {
        throw argumentError("\(name) needs a value for \(parameter.name)", code)
      }
    }
    for word in words { word.retain() }
    return words
  }

  /// Puts arguments in the order of a builtin's parameters, with its defaults.
  func bind(
    _ positional: [Value], _ named: [(String, Value)], to builtin: Builtin,
    _ parameters: [Signature.Parameter]
  ) throws(Diagnostic) -> [Value] {
    if named.isEmpty, positional.count == parameters.count, !parameters.contains(where: \.isRest) {
      return positional
    }
    var values: [Value?] = Array(repeating: nil, count: parameters.count)
    var rest: [Value] = []
    let restIndex = parameters.firstIndex(where: \.isRest)
    try checkCount(positional.count, for: builtin, parameters)
    for (index, value) in positional.enumerated() {
      if let restIndex, index >= restIndex { rest.append(value) } else { values[index] = value }
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
}

extension Machine {
  /// Throws when a function cannot take so many arguments in a row.
  func checkCount(_ count: Int, for function: Function) throws(Diagnostic) {
    switch function.body {
    case .code(let code, _): try checkCount(count, for: code)
    case .builtin(let builtin): try checkCount(count, for: builtin, function.signature?.parameters ?? [])
    // What the second stage of a builtin takes depends on the function it was given.
    case .derived: break
    }
  }

  private func checkCount(_ count: Int, for code: Code) throws(Diagnostic) {
    guard count > code.parameters.count, !code.parameters.contains(where: \.isRest) else { return }
    let name = code.name ?? "the function"
    throw argumentError("\(name) takes \(counted(code.parameters.count, "argument")), not \(count)", code)
  }

  private func checkCount(
    _ count: Int, for builtin: Builtin, _ parameters: [Signature.Parameter]
  ) throws(Diagnostic) {
    // Those that can only be named stand at the end.
    let hasNamedOnly = parameters.last?.isNamedOnly == true
    let taken = hasNamedOnly ? parameters.prefix { !$0.isNamedOnly } : parameters[...]
    guard count > taken.count, !parameters.contains(where: \.isRest) else { return }
    guard hasNamedOnly else {
      throw argumentError(
        "\(builtin.name) takes \(counted(parameters.count, "argument")), not \(count)", builtin)
    }
    let names = taken.map(\.name)
    let list = [names.dropLast().joined(separator: ", "), names.last ?? ""].filter { !$0.isEmpty }
    // Of something over the plane the ranges may have been taken apart.
    let hasRanges = taken.contains { $0.name == "x" && $0.defaultValue != nil }
    throw Diagnostic(
      "\(builtin.name) takes \(list.joined(separator: " and ")), not \(count) values", kind: .argument,
      hint: hasRanges
        ? "ranges are pairs: \(builtin.name)(\(names.first ?? "z"), x: (-2, 2), y: (-2, 2))"
        : "everything else is named: \(FigureOptions.firstName): \"...\"")
  }

  private func argumentError(_ message: String, _ code: Code) -> Diagnostic {
    Diagnostic(message, kind: .argument, hint: code.syntax.map { "its signature is \($0.signature)" })
  }

  private func argumentError(_ message: String, _ builtin: Builtin) -> Diagnostic {
    Diagnostic(message, kind: .argument, hint: "its signature is \(builtin.signature)")
  }
}

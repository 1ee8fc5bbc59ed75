extension Parser {
  /// Reads a name or a nested list of names.
  func parsePattern() throws(SyntaxError) -> Pattern {
    if kind == .identifier { return .name(name(of: advance())) }
    guard kind == .leftRound else { throw unexpected(.pattern) }
    try enter()
    defer { nesting -= 1 }
    let start = open().span
    var items: [Pattern] = []
    while kind != .rightRound {
      items.append(try parsePattern())
      guard advance(past: .comma) else { break }
    }
    try close(.rightRound)
    guard !items.isEmpty else {
      throw failure("a name is missing between the brackets", at: span(from: start))
    }
    return .list(items, span(from: start))
  }

  /// The left side of `=` that was read as an expression.
  func target(from expression: Expression) throws(SyntaxError) -> Target {
    if case .list = expression.node {
      return .pattern(try pattern(from: expression, "this cannot be assigned to"))
    }
    return try updateTarget(from: expression)
  }

  /// The left side of `+=`, which cannot be a list.
  func updateTarget(from expression: Expression) throws(SyntaxError) -> Target {
    switch expression.node {
    case .name(let text): .name(Name(text, expression.span))
    case .field(let base, let name): .field(try updateTarget(from: base), name)
    case .index(let base, let items): .index(try updateTarget(from: base), items, expression.span)
    default: throw cannotAssign(to: expression)
    }
  }

  private func pattern(from expression: Expression, _ problem: String) throws(SyntaxError) -> Pattern {
    if case .name(let text) = expression.node { return .name(Name(text, expression.span)) }
    guard case .list(let items) = expression.node, !items.isEmpty else {
      throw failure(
        problem, at: expression.span,
        hint: "a name, or a list of names in round brackets, must stand here")
    }
    var patterns: [Pattern] = []
    for item in items {
      guard !item.isSpread else {
        throw failure(
          "`...` cannot stand in a pattern", at: item.value.span,
          hint: "name every item, or take it by its index")
      }
      patterns.append(try pattern(from: item.value, problem))
    }
    return .list(patterns, expression.span)
  }
}

extension Parser {
  /// The parameters that were read as arguments or items.
  func parameters(from arguments: [Argument]) throws(SyntaxError) -> [Parameter] {
    var parameters: [Parameter] = []
    var seen: Set<String> = []
    for argument in arguments {
      let parameter = try parameter(from: argument)
      for name in parameter.pattern.names where name.text != "_" {
        guard seen.insert(name.text).inserted else {
          throw failure("two parameters are called `\(name.text)`", at: name.span)
        }
      }
      if parameter.isRest, let other = parameters.first(where: \.isRest) {
        throw failure(
          "only one parameter can collect the rest", at: argument.value.span.joined(with: other.pattern.span))
      }
      if parameter.defaultValue == nil, !parameter.isRest, let last = parameters.last,
        last.isRest || last.defaultValue != nil
      {
        throw failure(
          "a parameter without a default value cannot follow \(last.isRest ? "the rest" : "one with a default value")",
          at: parameter.pattern.span, hint: "put it first, or give it a default value")
      }
      parameters.append(parameter)
    }
    return parameters
  }

  private func parameter(from argument: Argument) throws(SyntaxError) -> Parameter {
    if let name = argument.name {
      if Token.Kind(rawValue: name.text)?.isKeyword == true {
        throw failure("`\(name.text)` is a keyword and cannot name a parameter", at: name.span)
      }
      return Parameter(pattern: .name(name), defaultValue: argument.value)
    }
    let pattern = try pattern(from: argument.value, "this cannot be a parameter")
    if argument.isSpread, case .list = pattern {
      throw failure("a parameter that collects the rest must be a name", at: argument.value.span)
    }
    return Parameter(pattern: pattern, isRest: argument.isSpread)
  }
}

extension Pattern {
  /// The names it binds, in order.
  public var names: [Name] {
    switch self {
    case .name(let name): [name]
    case .list(let items, _): items.flatMap(\.names)
    }
  }

  /// Where it stands.
  public var span: SourceSpan {
    switch self {
    case .name(let name): name.span
    case .list(_, let span): span
    }
  }
}

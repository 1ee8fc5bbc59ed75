extension Parser {
  /// Reads the calls, indices, fields and primes directly after a value.
  func parsePostfix(after base: Expression) throws(SyntaxError) -> Expression {
    guard base.takesPostfix else { return base }
    var value = base
    while isAdjacent {
      switch kind {
      case .leftRound: value = try parseCall(of: value)
      case .leftSquare: value = try parseIndex(of: value)
      case .dot: value = try parseField(of: value)
      case .prime:
        advance()
        value = try make(.derivative(value), span(from: value.span))
      default: return value
      }
    }
    return value
  }

  private func parseCall(of function: Expression) throws(SyntaxError) -> Expression {
    if case .number = function.node, !function.isParenthesized {
      throw failure(
        "a number cannot be called", at: function.span.joined(with: token.span),
        hint: "a product is written with `*`: `\(source.text(of: function.span))*(…)`")
    }
    _ = open()
    let items = try parseItems(until: .rightRound)
    try close(.rightRound)
    let whole = span(from: function.span)
    if let comprehension = items.comprehension {
      let list = try make(
        .comprehension(comprehension.asList), comprehension.element.span.joined(with: whole))
      return try make(.call(function, [Argument(value: list)]), whole)
    }
    return try make(.call(function, items.arguments), whole)
  }

  /// Reads `.name`.
  func parseField(of base: Expression) throws(SyntaxError) -> Expression {
    let dot = advance().span
    if kind == .number, isAdjacent {
      throw failure(
        "a field name must follow `.`, found a number", at: token.span,
        hint: "an item is taken by its index: `\(source.text(of: base.span))[\(source.text(of: token.span))]`"
      )
    }
    guard kind == .identifier, isAdjacent else {
      throw isAtEnd ? unexpected(.value) : failure("a field name must follow `.`", at: dot)
    }
    let field = name(of: advance())
    return try make(.field(base, field), span(from: base.span))
  }

  private func parseIndex(of base: Expression) throws(SyntaxError) -> Expression {
    let start = open().span
    var items: [IndexItem] = []
    while kind != .rightSquare {
      items.append(try parseIndexItem())
      guard advance(past: .comma) else { break }
    }
    try close(.rightSquare)
    guard !items.isEmpty else {
      throw failure("an index is missing", at: span(from: start), hint: "`x[:]` takes everything")
    }
    return try make(.index(base, items), span(from: base.span))
  }

  private func parseIndexItem() throws(SyntaxError) -> IndexItem {
    let start = token.span
    if kind == .closedRange, following?.kind == .comma || following?.kind == .rightSquare {
      advance()
      return .ellipsis(start)
    }
    let first = kind == .colon ? nil : try parseExpression()
    guard advance(past: .colon) else {
      guard let first else { throw unexpected(.value) }
      return .at(first)
    }
    let second = try parseSliceEnd()
    let third = advance(past: .colon) ? try parseSliceEnd() : nil
    return .slice(first, second, third, span(from: start))
  }

  private func parseSliceEnd() throws(SyntaxError) -> Expression? {
    switch kind {
    case .colon, .comma, .rightSquare: nil
    default: try parseExpression()
    }
  }
}

extension Expression {
  /// Whether calls, indices, fields and primes can follow it directly.
  fileprivate var takesPostfix: Bool {
    switch node {
    case .lambda, .conditional, .attempt: isParenthesized
    default: true
    }
  }
}

extension Comprehension {
  /// The same with a list as its result.
  var asList: Comprehension { Comprehension(element: element, clauses: clauses, isList: true) }
}

/// What stands between round or square brackets.
struct BracketItems {
  var arguments: [Argument] = []
  var endsWithComma = false
  /// Set instead of `arguments` for `f(x) for x in xs`.
  var comprehension: Comprehension?
}

extension Parser {
  /// Reads the items up to a closing bracket, which stays.
  func parseItems(until closing: Token.Kind) throws(SyntaxError) -> BracketItems {
    var items = BracketItems()
    while kind != closing {
      let item = try parseItem()
      if kind == .for, items.arguments.isEmpty, item.name == nil, !item.isSpread {
        items.comprehension = try parseComprehension(of: item.value)
        return items
      }
      items.arguments.append(item)
      items.endsWithComma = advance(past: .comma)
      guard items.endsWithComma || kind == closing else { throw unexpected(.separator(closing)) }
    }
    return items
  }

  private func parseItem() throws(SyntaxError) -> Argument {
    if advance(past: .closedRange) { return Argument(isSpread: true, value: try parseExpression()) }
    guard kind == .identifier || kind.isKeyword, following?.kind == .colon else {
      return Argument(value: try parseExpression())
    }
    let name = name(of: advance())
    advance()
    return Argument(name: name, value: try parseExpression())
  }

  private func parseComprehension(of element: Expression) throws(SyntaxError) -> Comprehension {
    var clauses: [Comprehension.Clause] = []
    while true {
      if advance(past: .for) {
        let pattern = try parsePattern()
        guard advance(past: .in) else { throw unexpected(.in) }
        clauses.append(.each(pattern, in: try parseExpression()))
      } else if advance(past: .if) {
        clauses.append(.filter(try parseExpression()))
      } else {
        return Comprehension(element: element, clauses: clauses, isList: false)
      }
    }
  }

  /// Reads `[a, b]` or a comprehension in square brackets.
  func parseSquare() throws(SyntaxError) -> Expression {
    let start = open().span
    let items = try parseItems(until: .rightSquare)
    try close(.rightSquare)
    let whole = span(from: start)
    if let comprehension = items.comprehension { return try make(.comprehension(comprehension), whole) }
    if let name = items.arguments.lazy.compactMap(\.name).first {
      throw failure(
        "an item between square brackets has no name", at: name.span,
        hint: "a record is written `(\(name.text): …)`")
    }
    return try make(.bracket(items.arguments), whole)
  }

  /// Reads a value in round brackets, a list, a record, a comprehension or a lambda.
  func parseRound(_ minimum: Precedence) throws(SyntaxError) -> Expression {
    let start = open().span
    let items = try parseItems(until: .rightRound)
    try close(.rightRound)
    let whole = span(from: start)
    if let comprehension = items.comprehension {
      return try make(.comprehension(comprehension.asList), whole)
    }
    if kind == .arrow {
      let parameters = try parameters(from: items.arguments)
      return try parseLambda(parameters: parameters, from: start, isAllowed: minimum.allowsLambda)
    }
    if items.arguments.contains(where: { $0.name != nil }) {
      try checkFields(of: items.arguments)
      return try make(.record(items.arguments), whole)
    }
    guard items.arguments.count == 1, !items.endsWithComma, !items.arguments[0].isSpread else {
      return try make(.list(items.arguments), whole)
    }
    var value = items.arguments[0].value
    value.span = whole
    value.isParenthesized = true
    return value
  }

  private func checkFields(of arguments: [Argument]) throws(SyntaxError) {
    var seen: Set<String> = []
    for argument in arguments where !argument.isSpread {
      guard let name = argument.name else {
        throw failure(
          "named and positional items cannot be mixed", at: argument.value.span,
          hint: "name every item, or none")
      }
      guard seen.insert(name.text).inserted else {
        throw failure("the field `\(name.text)` is given twice", at: name.span)
      }
    }
  }
}

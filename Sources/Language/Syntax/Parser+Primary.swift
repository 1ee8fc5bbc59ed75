extension Parser {
  /// Reads a value without operators around it; `minimum` tells whether a lambda may stand here.
  func parsePrimary(_ minimum: Precedence) throws(SyntaxError) -> Expression {
    switch kind {
    case .identifier:
      let name = name(of: advance())
      guard kind == .arrow else { return Expression(.name(name.text), name.span) }
      return try parseLambda(
        parameters: [Parameter(pattern: .name(name))], from: name.span, isAllowed: minimum.allowsLambda)
    case .number: return try parseNumber()
    case .stringStart: return try parseString()
    case .rawString: return parseRawString()
    case .leftRound: return try parseRound(minimum)
    case .leftSquare: return try parseSquare()
    case .nabla: return try parseGradient()
    case .if: return try parseConditional()
    case .try: return try parseAttempt()
    default: throw unexpected(.value)
    }
  }

  private func parseNumber() throws(SyntaxError) -> Expression {
    let span = advance().span
    guard let value = Lexer.value(ofNumber: source.text(of: span)) else {
      throw failure("this number is too large", at: span, hint: "infinity is called `inf`")
    }
    return Expression(.number(value), span)
  }

  /// Reads `∇f` or `∇(x -> x^2)`, which binds before any call.
  private func parseGradient() throws(SyntaxError) -> Expression {
    try enter()
    defer { nesting -= 1 }
    let start = advance().span
    guard kind == .identifier || kind == .leftRound || kind == .nabla else {
      throw failure(
        "the name of a function must follow `∇`", at: start, hint: "write `∇loss(p)`, or `grad(loss)(p)`")
    }
    var function = try parsePrimary(.postfix)
    while kind == .dot, isAdjacent { function = try parseField(of: function) }
    return try make(.gradient(function), span(from: start))
  }

  /// Reads the arrow and the body of a lambda.
  func parseLambda(
    parameters: [Parameter], from start: SourceSpan, isAllowed: Bool
  ) throws(SyntaxError) -> Expression {
    guard isAllowed else {
      throw failure(
        "a lambda cannot stand beside this operator", at: span(from: start).joined(with: token.span),
        hint: "put it in round brackets: `(x -> …)`")
    }
    advance()
    let body = try parseBody()
    let whole = span(from: start)
    return try make(
      .lambda(FunctionSyntax(name: nil, parameters: parameters, body: body, span: whole)), whole)
  }

  /// Reads the body of a function: statements in braces or one expression.
  func parseBody() throws(SyntaxError) -> Block {
    if kind == .leftCurly { return try parseBlock(after: "=") }
    let value = try parseExpression()
    return Block([Statement(.expression(value), value.span)], value.span, hasBraces: false)
  }
}

extension Precedence {
  /// Whether a lambda may stand where operators of this level are wanted: alone, or after a pipe.
  var allowsLambda: Bool { self <= .or }
}

extension Parser {
  /// Reads an expression whose operators bind at least as tightly as `minimum`.
  func parseExpression(_ minimum: Precedence = .lambda) throws(SyntaxError) -> Expression {
    try enter()
    defer { nesting -= 1 }
    var left = try parsePrefix(minimum)
    while !left.isOpenLambda, let longer = try parseInfix(after: left, minimum) { left = longer }
    return left
  }

  private func parsePrefix(_ minimum: Precedence) throws(SyntaxError) -> Expression {
    guard let operation = kind.unaryOperator else {
      return try parsePostfix(after: parsePrimary(minimum))
    }
    try checkLineStart()
    guard operation.precedence >= minimum else {
      throw failure(
        "`\(operation.rawValue)` binds more loosely than the operator before it", at: token.span,
        hint: "put it in round brackets: `(not …)`")
    }
    let start = advance().span
    let operand = try parseExpression(operation.precedence)
    return try make(.unary(operation, operand), start.joined(with: operand.span))
  }

  private func parseInfix(
    after left: Expression, _ minimum: Precedence
  ) throws(SyntaxError) -> Expression? {
    let kind = kind
    if let operation = kind.binaryOperator {
      guard operation.precedence >= minimum else { return nil }
      advance()
      // The right side of a power may carry a sign: `2^-1`.
      let right = try parseExpression(operation == .power ? .unary : operation.precedence.tighter)
      return try make(.binary(operation, left, right), left.span.joined(with: right.span))
    }
    if kind.comparisonOperator != nil {
      return minimum <= .comparison ? try parseComparison(after: left) : nil
    }
    guard kind == .halfOpenRange || kind == .closedRange, minimum <= .range else { return nil }
    advance()
    let upper = try parseExpression(.additive)
    guard self.kind != .halfOpenRange, self.kind != .closedRange else {
      throw failure("a range has two ends", at: token.span, hint: "put the inner range in round brackets")
    }
    return try make(.range(left, upper, closed: kind == .closedRange), left.span.joined(with: upper.span))
  }

  private func parseComparison(after first: Expression) throws(SyntaxError) -> Expression {
    var operands = [first]
    var links: [ComparisonOperator] = []
    while let link = kind.comparisonOperator {
      if link == .in && !links.isEmpty || links.last == .in {
        throw failure(
          "`in` cannot be part of a comparison chain", at: token.span,
          hint: "join two comparisons by `and`, or put one in round brackets")
      }
      advance()
      links.append(link)
      operands.append(try parseExpression(.range))
    }
    return try make(.comparison(operands, links), span(from: first.span))
  }
}

extension Expression {
  /// Whether it is a lambda without round brackets, which nothing can follow.
  var isOpenLambda: Bool {
    if case .lambda = node { !isParenthesized } else { false }
  }
}

extension Parser {
  /// Reads the next statement and the `;` after it; nil before a `}` or the end of the text, which stays.
  func parseStatement(before terminator: Token.Kind) throws(SyntaxError) -> Statement? {
    statementStart = position
    while advance(past: .semicolon) { statementStart = position }
    guard kind != terminator else { return nil }
    var statement = try parseStatement()
    let isEnded = advance(past: .semicolon)
    statement.isSilent = isEnded && terminator == .end
    guard isEnded || kind == .lineEnd || kind == .end || token.kind == terminator else {
      throw unexpected(.statementEnd)
    }
    return statement
  }

  private func parseStatement() throws(SyntaxError) -> Statement {
    let start = token.span
    let node: Statement.Node
    switch kind {
    case .for: node = try parseFor()
    case .while: node = try parseWhile()
    case .repeat: node = try parseRepeat()
    case .break:
      advance()
      node = .breakLoop
    case .continue:
      advance()
      node = .continueLoop
    case .return: node = try parseReturn()
    case .del: node = try parseDelete()
    default: node = try parseExpressionStatement()
    }
    return Statement(node, span(from: start))
  }

  private func parseReturn() throws(SyntaxError) -> Statement.Node {
    advance()
    switch kind {
    case .semicolon, .rightCurly, .lineEnd, .end: return .returnValue(nil)
    default: return .returnValue(try parseExpression())
    }
  }

  private func parseDelete() throws(SyntaxError) -> Statement.Node {
    advance()
    var names: [Name] = []
    repeat {
      guard kind == .identifier else { throw unexpected(.name("`del`")) }
      names.append(name(of: advance()))
    } while advance(past: .comma)
    return .delete(names)
  }

  /// Reads an expression, an assignment or a definition: they differ only after the first expression.
  private func parseExpressionStatement() throws(SyntaxError) -> Statement.Node {
    let start = position
    let left = try parseExpression()
    if let operation = kind.updateOperator {
      let target = try updateTarget(from: left)
      advance()
      return .update(target, operation, try parseExpression())
    }
    guard kind == .assign else { return .expression(left) }
    if case .call(let function, let arguments) = left.node, case .name(let text) = function.node,
      !left.isParenthesized
    {
      return try parseDefinition(of: Name(text, function.span), arguments, from: start)
    }
    let target = try target(from: left)
    advance()
    return .assign(target, documented(try parseExpression(), from: start))
  }

  private func parseDefinition(
    of name: Name, _ arguments: [Argument], from start: Int
  ) throws(SyntaxError) -> Statement.Node {
    let parameters = try parameters(from: arguments)
    advance()
    let body = try parseBody()
    return .define(
      FunctionSyntax(
        name: name, parameters: parameters, body: body, documentation: documentation(above: start),
        span: span(from: tokens[start].span)))
  }
}

extension Parser {
  /// A lambda that is assigned directly takes the documentation above the assignment.
  private func documented(_ value: Expression, from start: Int) -> Expression {
    guard case .lambda(var function) = value.node, let documentation = documentation(above: start) else {
      return value
    }
    function.documentation = documentation
    var result = Expression(.lambda(function), value.span)
    result.isParenthesized = value.isParenthesized
    return result
  }

  /// The run of `##` lines directly above the line that starts with a token.
  private func documentation(above index: Int) -> String? {
    let end = index > 0 ? Int(tokens[index - 1].span.end) : start
    var line = source.lineIndex(of: Int(tokens[index].span.start))
    guard line > 0, source.lineStarts[line] >= end else { return nil }
    var lines: [Substring] = []
    while line > 0, source.lineStarts[line - 1] >= end {
      line -= 1
      let text = source.line(line).drop { $0 == " " || $0 == "\t" }
      guard text.hasPrefix("##") else { break }
      let content = text.dropFirst(2)
      lines.append(content.hasPrefix(" ") ? content.dropFirst() : content)
    }
    return lines.isEmpty ? nil : lines.reversed().joined(separator: "\n")
  }
}

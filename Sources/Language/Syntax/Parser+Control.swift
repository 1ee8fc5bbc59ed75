extension Parser {
  /// Reads `if c { … } else if d { … } else { … }`.
  func parseConditional() throws(SyntaxError) -> Expression {
    var branches: [(start: SourceSpan, condition: Expression, body: Block)] = []
    var otherwise: Block?
    repeat {
      let start = advance().span
      let condition = try parseExpression()
      branches.append((start, condition, try parseBlock(after: "if")))
      guard advance(past: .else) else { break }
      if kind != .if { otherwise = try parseBlock(after: "else") }
    } while otherwise == nil

    guard let first = branches.first else { throw unexpected(.value) }
    for branch in branches.dropFirst().reversed() {
      let inner = try make(
        .conditional(condition: branch.condition, then: branch.body, otherwise: otherwise),
        span(from: branch.start))
      otherwise = Block([Statement(.expression(inner), inner.span)], inner.span, hasBraces: false)
    }
    return try make(
      .conditional(condition: first.condition, then: first.body, otherwise: otherwise),
      span(from: first.start))
  }

  /// Reads `try { … } catch err { … }`.
  func parseAttempt() throws(SyntaxError) -> Expression {
    let start = advance().span
    let body = try parseBlock(after: "try")
    guard advance(past: .catch) else {
      throw isAtEnd
        ? failure("`try` needs a `catch`", at: start, hint: "write `try { … } catch err { … }`")
        : unexpected(.catch)
    }
    let failure = kind == .leftCurly ? nil : try parsePattern()
    let handler = try parseBlock(after: "catch")
    return try make(.attempt(body, failure: failure, handler: handler), span(from: start))
  }

  /// Reads statements in braces; `keyword` says what they belong to.
  func parseBlock(after keyword: String) throws(SyntaxError) -> Block {
    guard kind == .leftCurly else { throw unexpected(.block(keyword)) }
    try enter()
    defer { nesting -= 1 }
    let start = open().span
    var statements: [Statement] = []
    while let statement = try parseStatement(before: .rightCurly) { statements.append(statement) }
    try close(.rightCurly)
    let block = Block(statements, span(from: start), hasBraces: true)
    guard block.height <= Parser.maximumHeight else {
      throw failure("this block nests too deeply", at: start, hint: "move inner parts into functions")
    }
    return block
  }

  /// Reads `for x in xs { … }`.
  func parseFor() throws(SyntaxError) -> Statement.Node {
    advance()
    let pattern = try parsePattern()
    guard advance(past: .in) else { throw unexpected(.in) }
    let source = try parseExpression()
    return .forEach(pattern, in: source, try parseBlock(after: "for"))
  }

  /// Reads `while c { … }`.
  func parseWhile() throws(SyntaxError) -> Statement.Node {
    advance()
    let condition = try parseExpression()
    return .whileLoop(condition, try parseBlock(after: "while"))
  }

  /// Reads `repeat n { … }`.
  func parseRepeat() throws(SyntaxError) -> Statement.Node {
    advance()
    let count = try parseExpression()
    return .repeatLoop(count, try parseBlock(after: "repeat"))
  }
}

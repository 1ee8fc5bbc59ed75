/// Reads tokens as a program.
///
/// Recursive descent, with precedence climbing for operators. Nesting is bounded, so that neither the
/// parser nor a walker of its tree can exhaust the stack. A class, because unoptimised builds would copy a
/// structure into every frame of the descent.
public final class Parser {
  /// How many expressions and blocks may contain each other.
  public static let maximumNesting = 150
  /// How many levels a tree may have, long sums and chains of calls included.
  public static let maximumHeight = 1000

  let source: Source
  /// Where the text to be read starts.
  let start: Int
  let tokens: [Token]
  /// What stopped the lexer at its `invalid` token.
  let lexicalFailure: Diagnostic?
  /// Whether the text ends inside a multi-line string.
  let endsInsideString: Bool
  /// The index of the next token.
  var position = 0
  /// The index of the token that may start a line because a statement starts with it.
  var statementStart = 0
  /// The indices of the brackets not closed yet.
  var openBrackets: [Int] = []
  /// How many expressions and blocks contain the current place.
  var nesting = 0
  /// Whether the error is that the text stops too early.
  var isIncomplete = false

  /// The statements at top level that were read completely.
  var completed: [Statement] = []

  /// A parser at the start of a part of `source`.
  init(_ source: Source, in range: Range<Int>) {
    var lexer = Lexer(source, in: range)
    lexer.run()
    self.source = source
    start = range.lowerBound
    tokens = lexer.tokens
    lexicalFailure = lexer.failure
    endsInsideString = lexer.endsInsideString
  }

  /// Reads a whole text, or the part of it that a cell covers.
  ///
  /// The result is `.incomplete` when the text ends inside an open bracket or a multi-line string or after
  /// an operator, `=`, `->` or `,`, and nothing before the end is wrong.
  public static func parse(_ source: Source, in range: SourceSpan? = nil) -> ParseResult {
    let parser = Parser(source, in: source.offsets(of: range))
    do {
      return .program(try parser.parseProgram())
    } catch {
      return parser.isIncomplete ? .incomplete(error.diagnostic) : .failure(error.diagnostic)
    }
  }

  /// Reads everything.
  func parseProgram() throws(SyntaxError) -> Program {
    while let statement = try parseStatement(before: .end) { completed.append(statement) }
    return Program(completed)
  }
}

extension Parser {
  /// The kind of the next token; a significant line end hides what follows it.
  var kind: Token.Kind {
    let token = tokens[position]
    return token.startsLine && position != statementStart ? .lineEnd : token.kind
  }

  /// The next token.
  var token: Token { tokens[position] }

  /// The last token that was read.
  var previous: Token? { position > 0 ? tokens[position - 1] : nil }

  /// The token after the next one.
  var following: Token? { position + 1 < tokens.count ? tokens[position + 1] : nil }

  /// Whether the next token stands directly after the last one.
  var isAdjacent: Bool { !token.followsSpace }

  /// Takes the next token.
  @discardableResult
  func advance() -> Token {
    let token = tokens[position]
    if position + 1 < tokens.count { position += 1 }
    return token
  }

  /// Takes the next token if it is of the given kind.
  func advance(past kind: Token.Kind) -> Bool {
    guard self.kind == kind else { return false }
    advance()
    return true
  }

  /// Takes an opening bracket.
  func open() -> Token {
    openBrackets.append(position)
    return advance()
  }

  /// Takes the bracket that closes the innermost open one.
  func close(_ kind: Token.Kind) throws(SyntaxError) {
    guard self.kind == kind else { throw unexpected(.separator(kind)) }
    openBrackets.removeLast()
    advance()
  }

  /// From `start` to the last token that was read.
  func span(from start: SourceSpan) -> SourceSpan {
    start.joined(with: previous?.span ?? start)
  }

  /// The identifier of a token in NFC.
  func name(of token: Token) -> Name {
    Name(Scalars.normalized(source.bytes[Int(token.span.start)..<Int(token.span.end)]), token.span)
  }

  /// Counts one more level of nesting; every call is matched by `nesting -= 1`.
  func enter() throws(SyntaxError) {
    nesting += 1
    guard nesting <= Parser.maximumNesting else {
      throw failure(
        "this nests more than \(Parser.maximumNesting) levels deep", at: token.span,
        hint: "give inner parts a name of their own")
    }
  }

  /// An expression, if the tree does not become too high.
  func make(_ node: Expression.Node, _ span: SourceSpan) throws(SyntaxError) -> Expression {
    let expression = Expression(node, span)
    guard expression.height <= Parser.maximumHeight else {
      throw failure(
        "this expression chains more than \(Parser.maximumHeight) operations", at: span,
        hint: "split it into several statements")
    }
    return expression
  }

  /// A syntax error.
  func failure(_ message: String, at span: SourceSpan, label: String? = nil, hint: String? = nil)
    -> SyntaxError
  {
    SyntaxError(Diagnostic(message, kind: .syntax, at: span, in: source, label: label, hint: hint))
  }
}

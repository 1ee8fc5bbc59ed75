extension Parser {
  /// What should have stood where something else was found.
  enum Wanted {
    case value, statementEnd, pattern, `in`, `catch`
    /// `,` or the closing bracket.
    case separator(Token.Kind)
    /// The `{` after a keyword and what belongs to it.
    case block(String)
    /// A name after a keyword.
    case name(String)
  }

  /// Whether the text or what the lexer understood of it is used up.
  var isAtEnd: Bool { kind == .end || kind == .invalid }

  /// The error that the next token is not what is wanted.
  func unexpected(_ wanted: Wanted) -> SyntaxError {
    if kind == .invalid, let lexicalFailure {
      isIncomplete = endsInsideString
      return SyntaxError(lexicalFailure)
    }
    if kind == .end { return endsTooEarly(wanted) }
    if let habit = habit(wanted) { return habit }
    return failure("expected \(description(of: wanted)), found \(found)", at: place)
  }

  /// The error that the text ends where something is wanted.
  private func endsTooEarly(_ wanted: Wanted) -> SyntaxError {
    if let previous, previous.kind.awaitsMore {
      isIncomplete = true
      return failure(
        "a value must follow `\(previous.kind.rawValue)`", at: previous.span,
        hint: previous.kind == .join ? "`x += 1` adds one to x" : nil)
    }
    if let bracket = openBrackets.last {
      isIncomplete = true
      let token = tokens[bracket]
      return failure("`\(token.kind.rawValue)` is never closed", at: token.span)
    }
    return failure("expected \(description(of: wanted)), found \(found)", at: place)
  }

  /// Where the next token stands; the end of the line or text is just past the last token.
  var place: SourceSpan {
    guard kind == .lineEnd || kind == .end, let previous else { return token.span }
    return SourceSpan(Int(previous.span.end), Int(previous.span.end))
  }

  /// The next token as a message shows it.
  private var found: String {
    switch kind {
    case .lineEnd, .end, .stringStart, .format, .interpolationEnd, .rawString: kind.rawValue
    default: "`\(source.text(of: token.span))`"
    }
  }

  func description(of wanted: Wanted) -> String {
    switch wanted {
    case .value:
      if let previous, previous.kind.awaitsMore || previous.kind.isKeyword, position != statementStart {
        "a value after `\(previous.kind.rawValue)`"
      } else {
        "a value"
      }
    case .statementEnd: "the end of the statement"
    case .pattern: "a name or a list of names"
    case .in: "`in`"
    case .catch: "`catch`"
    case .separator(.interpolationEnd): "`}`"
    case .separator(let closing): "`,` or `\(closing.rawValue)`"
    case .block(let keyword): "`{` to open the block of `\(keyword)`"
    case .name(let keyword): "a name after \(keyword)"
    }
  }

  /// The error that a line starts as if it continued the one above.
  func checkLineStart() throws(SyntaxError) {
    guard kind == .minus, startsAfterLine, !source.lineStarts.contains(Int(token.span.start)) else { return }
    throw failure(
      "an indented line cannot start with `-`", at: token.span,
      hint: "join it to the line above by ending that with `-`, or write `(-…)` for a value of its own")
  }

  /// Whether the statement that starts here is separated from the last one by a line end only.
  var startsAfterLine: Bool {
    guard position == statementStart, token.startsLine, let previous else { return false }
    return previous.kind != .leftCurly && previous.kind != .semicolon
  }

  /// The error that an expression stands left of `=`.
  func cannotAssign(to expression: Expression) -> SyntaxError {
    let place = "a name, a field, an item or a list of names in round brackets stands left of `=`"
    let (what, hint): (String, String) =
      switch expression.node {
      case .call: ("the result of a call", "a definition `f(x) = …` needs a plain name before its parameters")
      case .number, .string, .interpolation: ("a value", place)
      case .bracket: ("a tensor", "a list of names stands in round brackets: `(a, b) = …`")
      case .list: ("a list with an operator", "assign to each name by itself")
      case .derivative: ("a derivative", "`custom_gradient` gives a function its own derivative")
      case .binary(.join, _, _): ("a joined value", "`x += 1` adds one to x")
      case .comparison: ("a comparison", "an equation is tested with `==`")
      default: ("this expression", place)
      }
    return failure("cannot assign to \(what)", at: expression.span, hint: hint)
  }
}

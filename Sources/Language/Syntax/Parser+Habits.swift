/// Words of other languages that mean nothing here, and what to write instead.
enum ForeignWord {
  /// What to write instead of `word`.
  static func hint(for word: String) -> String? {
    switch word {
    case "def", "function", "func", "fn", "fun": "a function is defined by `f(x) = …`"
    case "let", "var", "const", "val": "leave out `\(word)`: `x = …`"
    case "lambda": "a lambda is written `x -> …`"
    case "elif", "elseif", "elsif": "write `else if`"
    case "then", "do", "begin": "a block stands in braces: `{ … }`"
    case "import", "from", "use", "using": "write `lib = import(\"lib.nns\")`"
    case "print", "assert": "write `\(word)(…)`"
    case "class", "struct": "fields stand in a record: `(w: 1.0, b: 0.0)`"
    case "raise", "throw": "write `error(\"…\")`"
    case "except", "finally", "rescue": "write `try { … } catch err { … }`"
    case "foreach": "write `for x in xs { … }`"
    case "is": "write `==`"
    default: nil
    }
  }
}

extension Parser {
  /// The error with what to write instead, when the next token is a habit from another language.
  func habit(_ wanted: Wanted) -> SyntaxError? {
    if let word = foreignWord(wanted) { return word }
    switch kind {
    case .lineEnd: return lineEndHabit(wanted)
    case .leftRound, .leftSquare, .dot: return spaceHabit(wanted)
    case .assign: return assignHabit(wanted)
    case .colon: return colonHabit(wanted)
    case .comma: return commaHabit(wanted)
    case .leftCurly: return braceHabit(wanted)
    case .rightRound, .rightSquare, .rightCurly: return closingHabit(wanted)
    default: return sideBySideHabit(wanted) ?? operatorHabit(wanted)
    }
  }

  private func text(_ token: Token) -> String { source.text(of: token.span) }

  private func foreignWord(_ wanted: Wanted) -> SyntaxError? {
    guard kind != .lineEnd else { return nil }
    var candidates = [previous, token]
    // `elif(c) {` reads as a call up to the brace.
    if kind == .leftCurly { candidates.append(tokens[statementStart]) }
    for case .some(let word) in candidates where word.kind == .identifier {
      guard let hint = ForeignWord.hint(for: text(word)) else { continue }
      return failure("`\(text(word))` is not a keyword", at: word.span, hint: hint)
    }
    return nil
  }

  private func lineEndHabit(_ wanted: Wanted) -> SyntaxError? {
    guard case .block(let keyword) = wanted, token.kind == .leftCurly else { return nil }
    return failure(
      "expected `{` to open the block of `\(keyword)`, found the end of the line", at: place,
      hint: "the `{` belongs on the same line")
  }

  private func spaceHabit(_ wanted: Wanted) -> SyntaxError? {
    if startsAfterLine { return joinHabit() }
    guard let previous, previous.kind.endsValue, token.followsSpace else { return nil }
    let sign = token.kind.rawValue
    if previous.kind == .number, kind == .leftRound {
      return failure(
        "a value follows the number \(text(previous)) directly", at: token.span,
        hint: "a product is written with `*`: `\(text(previous)) * (…)`")
    }
    var hint = "leave out the space before `\(sign)`"
    if previous.kind == .identifier {
      let closing = token.kind.closing.map { "…\($0.rawValue)" } ?? "…"
      hint += ": `\(text(previous))\(sign)\(closing)`"
    }
    if case .separator = wanted { hint += ", or put a `,` between" }
    return failure("`\(sign)` must follow what it applies to without a space", at: token.span, hint: hint)
  }

  private func assignHabit(_ wanted: Wanted) -> SyntaxError? {
    switch wanted {
    case .block: return failure("`=` assigns, it does not compare", at: token.span, hint: "compare with `==`")
    case .separator:
      return failure(
        "`=` cannot stand between brackets", at: token.span,
        hint: "a named item is written `name: value`, a comparison `a == b`")
    case .statementEnd:
      return failure(
        "an assignment has no value", at: token.span, hint: "assign one name at a time, or compare with `==`")
    case .value: return startsAfterLine ? joinHabit() : compoundHabit()
    default: return nil
    }
  }

  /// `x //= 2` and others that this language does not have.
  private func compoundHabit() -> SyntaxError? {
    guard let previous, isAdjacent, let operation = previous.kind.binaryOperator else { return nil }
    let sign = operation.rawValue
    return failure(
      "there is no `\(sign)=`", at: previous.span.joined(with: token.span), hint: "write `x = x \(sign) …`")
  }

  private func colonHabit(_ wanted: Wanted) -> SyntaxError? {
    if startsAfterLine { return joinHabit() }
    // `for i in 0:n { … }` has its braces and means a range.
    let hasBraces = position + 2 < tokens.count && tokens[position + 2].kind == .leftCurly
    let opensBlock =
      openBrackets.isEmpty && [.if, .else, .for, .while].contains(tokens[statementStart].kind) && !hasBraces
    if let following, opensBlock || following.startsLine || following.kind == .end {
      return failure("`:` opens no block", at: token.span, hint: "a block stands in braces: `{ … }`")
    }
    guard let previous, previous.kind == .number || previous.kind == .identifier,
      let following, following.kind == .number || following.kind == .identifier
    else { return nil }
    return failure(
      "`:` makes a slice only between index brackets", at: token.span,
      hint: "a range is written `\(text(previous))..<\(text(following))`")
  }

  private func commaHabit(_ wanted: Wanted) -> SyntaxError? {
    switch wanted {
    case .in:
      return failure(
        "several names need round brackets", at: token.span, hint: "write `for (i, x) in …`")
    case .statementEnd:
      isIncomplete = tokens.count > 1 && tokens[tokens.count - 2].kind.awaitsMore
      let line = source.line(source.lineIndex(of: Int(token.span.start)))
      let parts = line.split(separator: "=", maxSplits: 1).map { $0.trimmingSpaces }
      let isAssignment = parts.count == 2 && !parts[1].hasPrefix("=") && !parts[0].contains("(")
      return failure(
        "several values need round brackets", at: token.span,
        hint: isAssignment ? "write `(\(parts[0])) = \(parts[1])`" : "a list is written `(a, b)`")
    case .value where startsAfterLine: return joinHabit()
    default: return nil
    }
  }

  private func braceHabit(_ wanted: Wanted) -> SyntaxError? {
    switch wanted {
    case .value:
      return failure(
        "a block cannot stand here", at: token.span,
        hint: "braces follow `->`, `f(x) =`, `if`, `for` and their like; a record is written `(a: 1)`")
    case .statementEnd where previous?.kind == .rightRound:
      return failure(
        "expected the end of the statement, found `{`", at: token.span,
        hint: "a function is defined by `f(x) = { … }`")
    default: return nil
    }
  }

  private func closingHabit(_ wanted: Wanted) -> SyntaxError? {
    let sign = token.kind.rawValue
    if case .value = wanted, let habit = incrementHabit() { return habit }
    guard let bracket = openBrackets.last else { return failure("`\(sign)` closes nothing", at: token.span) }
    let opening = tokens[bracket]
    guard opening.kind.closing != token.kind else { return nil }
    return failure(
      "`\(sign)` cannot close `\(opening.kind.rawValue)`", at: token.span,
      hint: "close `\(opening.kind.rawValue)` with `\(opening.kind.closing?.rawValue ?? "")` first")
  }

  /// `x++` and `x--` before a bracket or `;`.
  private func incrementHabit() -> SyntaxError? {
    guard let previous, position >= 2 else { return nil }
    let isDecrement = previous.kind == .minus && tokens[position - 2].kind == .minus
    guard previous.kind == .join || isDecrement else { return nil }
    let sign = isDecrement ? "-" : "+"
    return failure("`\(sign)\(sign)` needs a value after it", at: previous.span, hint: "write `x \(sign)= 1`")
  }

  /// Two values without anything between them.
  private func sideBySideHabit(_ wanted: Wanted) -> SyntaxError? {
    if case .value = wanted { return nil }
    if kind == .not, following?.kind == .in {
      return failure("`not in` is not an operator", at: token.span, hint: "write `not (a in b)`")
    }
    if kind == .stringStart, case .separator(.interpolationEnd) = wanted {
      return failure(
        "an interpolation is not closed before this quote", at: token.span,
        hint: "close it with `}`; a brace itself is written `\\{`")
    }
    guard let previous, previous.kind.endsValue else { return nil }
    if kind == .stringStart, isAdjacent, ["f", "F", "b", "u", "fr", "rb"].contains(text(previous)) {
      return failure(
        "`\(text(previous))` cannot stand before a string", at: previous.span,
        hint: "every string takes values: `\"loss {loss:.3f}\"`; `r\"…\"` is raw")
    }
    if kind == .if {
      return failure(
        "expected \(description(of: wanted)), found `if`", at: token.span,
        hint: "a choice is written `if c { a } else { b }`")
    }
    if case .separator(let closing) = wanted, token.followsSpace,
      [.number, .identifier, .stringStart, .rawString].contains(kind)
    {
      return failure(
        "expected `,` or `\(closing.rawValue)`, found `\(text(token))`", at: token.span,
        hint: "items are separated by commas")
    }
    guard previous.kind == .number, kind == .identifier else { return nil }
    return failure(
      "`\(text(token))` follows the number \(text(previous)) directly", at: token.span,
      hint: "a product is written with `*`: `\(text(previous)) * \(text(token))`")
  }

  private func operatorHabit(_ wanted: Wanted) -> SyntaxError? {
    if kind == .semicolon, case .separator(.rightSquare) = wanted {
      return failure(
        "`;` cannot stand between brackets", at: token.span,
        hint: "rows are brackets of their own: `[[1, 2], [3, 4]]`")
    }
    guard case .value = wanted else { return nil }
    if kind == .semicolon, let habit = incrementHabit() { return habit }
    if startsAfterLine, kind.isInfixOnly { return joinHabit() }
    switch kind {
    case .else: return failure("`else` has no `if` before it", at: token.span)
    case .catch: return failure("`catch` has no `try` before it", at: token.span)
    case .for, .while, .repeat, .break, .continue, .return, .del:
      return failure("`\(kind.rawValue)` is a statement and gives no value", at: token.span)
    case .times where previous?.kind == .leftRound || previous?.kind == .comma:
      return failure("`*` needs a value before it", at: token.span, hint: "a list is spread by `...xs`")
    case .plus: return failure("`+` needs a value before it", at: token.span, hint: "leave out the sign")
    default: return nil
    }
  }

  private func joinHabit() -> SyntaxError {
    let sign = token.kind.rawValue
    return failure(
      "a line cannot start with `\(sign)`", at: token.span,
      hint: "join it to the line above\(kind.awaitsMore ? ", for example by ending that with `\(sign)`" : "")"
    )
  }
}

extension Substring {
  /// Without spaces at either end.
  var trimmingSpaces: Substring {
    var text = drop { $0 == " " || $0 == "\t" }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }
}

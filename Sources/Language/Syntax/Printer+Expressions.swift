extension Printer {
  /// Writes an expression without brackets around it.
  mutating func writeBare(_ expression: Expression) {
    switch expression.node {
    case .number(let value): write(Printer.literal(value))
    case .string(let content): write("\"" + Printer.escaped(content) + "\"")
    case .interpolation(let parts): write(parts)
    case .name(let name): write(name)
    case .bracket(let items): writeItems(items, "[", "]")
    case .list(let items): writeItems(items, "(", items.needTrailingComma ? ",)" : ")")
    case .record(let items): writeItems(items, "(", ")")
    case .comprehension(let comprehension): write(comprehension)
    case .lambda(let function): write(function)
    case .unary(let operation, let operand): write(operation, operand)
    case .binary(let operation, let left, let right): write(operation, left, right)
    case .comparison(let operands, let links): write(operands, links)
    case .range(let lower, let upper, let isClosed): write(lower, isClosed ? "..." : "..<", upper)
    case .call, .index, .field, .derivative: writeChain(expression)
    case .gradient(let function): write(gradientOf: function)
    case .conditional(let condition, let then, let otherwise): write(condition, then, otherwise)
    case .attempt(let body, let failure, let handler): write(body, failure, handler)
    case .block(let block): write(block)
    }
  }

  /// Writes calls, indices, fields and primes and what they apply to, in a loop because chains may be long.
  private mutating func writeChain(_ expression: Expression) {
    var links: [Expression] = []
    var base = expression
    while let inner = base.linkBase {
      links.append(base)
      base = inner
    }
    // `∇m.loss` is the gradient of `m.loss`, and `1.` a number.
    var needsBrackets = false
    switch (base.node, links.last?.node) {
    case (.number, _), (.gradient, .field): needsBrackets = true
    default: break
    }
    if needsBrackets {
      write("(")
      writeBare(base)
      write(")")
    } else {
      write(base, .postfix)
    }
    for link in links.reversed() {
      switch link.node {
      case .call(_, let arguments): writeItems(arguments, "(", ")")
      case .index(_, let items): write(items)
      case .field(_, let name): write("." + name.text)
      default: write("'")
      }
    }
  }

  private mutating func writeItems(_ items: [Argument], _ opening: String, _ closing: String) {
    write(opening)
    writeList(items) { printer, item in
      if let name = item.name { printer.write(name.text + ": ") }
      if item.isSpread { printer.write("...") }
      printer.write(item.value)
    }
    write(closing)
  }

  private mutating func write(_ comprehension: Comprehension) {
    write(comprehension.isList ? "(" : "[")
    write(comprehension.element)
    for clause in comprehension.clauses {
      switch clause {
      case .each(let pattern, let source):
        write(" for \(pattern) in ")
        write(source)
      case .filter(let condition):
        write(" if ")
        write(condition)
      }
    }
    write(comprehension.isList ? ")" : "]")
  }

  private mutating func write(_ operation: UnaryOperator, _ operand: Expression) {
    write(operation == .not ? "not " : operation.rawValue)
    write(operand, operation.precedence)
  }

  /// Writes an operator and its operands, in a loop over the left ones because sums may be long.
  private mutating func write(_ operation: BinaryOperator, _ left: Expression, _ right: Expression) {
    var first = left
    var rest = [(operation: operation, right: right)]
    var minimum = operation.leftPrecedence
    while case .binary(let operation, let left, let right) = first.node, operation.precedence >= minimum {
      first = left
      rest.append((operation, right))
      minimum = operation.leftPrecedence
    }
    write(first, minimum)
    for (operation, right) in rest.reversed() { write(operation, right) }
  }

  private mutating func write(_ operation: BinaryOperator, _ right: Expression) {
    guard operation != .power else {
      write("^")
      return write(right, .unary)
    }
    write(" \(operation.rawValue) ")
    // `x |> (f(a))` calls the value of `f(a)`, `x |> f(a)` calls f.
    if operation == .pipe, right.isParenthesized, case .call = right.node {
      write("(")
      writeBare(right)
      write(")")
    } else {
      write(right, operation.precedence.tighter)
    }
  }

  private mutating func write(_ operands: [Expression], _ links: [ComparisonOperator]) {
    for (index, operand) in operands.enumerated() {
      if index > 0 { write(" \(links[index - 1].rawValue) ") }
      write(operand, .range)
    }
  }

  private mutating func write(_ lower: Expression, _ sign: String, _ upper: Expression) {
    write(lower, .additive)
    write(sign)
    write(upper, .additive)
  }

  /// Writes the entries of an index with their brackets.
  mutating func write(_ items: [IndexItem]) {
    write("[")
    writeList(items) { printer, item in
      switch item {
      case .at(let value): printer.write(value)
      case .slice(let start, let stop, let step, _):
        if let start { printer.write(start) }
        printer.write(":")
        if let stop { printer.write(stop) }
        if let step {
          printer.write(":")
          printer.write(step)
        }
      case .ellipsis: printer.write("...")
      }
    }
    write("]")
  }

  private mutating func write(gradientOf function: Expression) {
    write("∇")
    if function.isDottedName {
      writeBare(function)
    } else if case .gradient = function.node {
      write(function)
    } else {
      write("(")
      write(function)
      write(")")
    }
  }

  private mutating func write(_ condition: Expression, _ then: Block, _ otherwise: Block?) {
    writeBranch(condition, then)
    var rest = otherwise
    while let block = rest {
      write(" else ")
      guard !block.hasBraces, let only = block.onlyExpression,
        case .conditional(let condition, let then, let otherwise) = only.node
      else { return write(block) }
      writeBranch(condition, then)
      rest = otherwise
    }
  }

  private mutating func writeBranch(_ condition: Expression, _ then: Block) {
    write("if ")
    write(condition)
    write(" ")
    write(then)
  }

  private mutating func write(_ body: Block, _ failure: Pattern?, _ handler: Block) {
    write("try ")
    write(body)
    write(" catch ")
    if let failure { write("\(failure) ") }
    write(handler)
  }
}

extension [Argument] {
  /// Whether `(a)` would lose the list.
  fileprivate var needTrailingComma: Bool { count == 1 && !self[0].isSpread }
}

extension BinaryOperator {
  /// How tightly the left operand must bind to stand without brackets.
  fileprivate var leftPrecedence: Precedence { self == .power ? .postfix : precedence }
}

extension Expression {
  /// What a call, index, field or prime applies to; nil for anything else.
  fileprivate var linkBase: Expression? {
    switch node {
    case .call(let base, _), .index(let base, _), .field(let base, _), .derivative(let base): base
    default: nil
    }
  }

  /// Whether it is a name, or a field of one.
  fileprivate var isDottedName: Bool {
    var part = self
    while case .field(let base, _) = part.node { part = base }
    if case .name = part.node { return true }
    return false
  }
}

extension Block {
  /// The expression it consists of.
  var onlyExpression: Expression? {
    guard statements.count == 1, case .expression(let value) = statements[0].node else { return nil }
    return value
  }
}

extension Pattern: CustomStringConvertible {
  /// The pattern as source text.
  public var description: String {
    switch self {
    case .name(let name): name.text
    case .list(let items, _):
      "(" + items.map(\.description).joined(separator: ", ") + (items.count == 1 ? ",)" : ")")
    }
  }
}

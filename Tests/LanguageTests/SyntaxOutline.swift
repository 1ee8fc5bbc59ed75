import Language

/// Trees as text without places: `(+ 1 (* 2 x))`.
enum Outline {
  static func of(_ program: Program) -> String { program.statements.map(of).joined(separator: "\n") }

  static func of(_ statement: Statement) -> String {
    let text =
      switch statement.node {
      case .expression(let value): of(value)
      case .assign(let target, let value): "(= \(of(target)) \(of(value)))"
      case .update(let target, let operation, let value):
        "(\(operation.rawValue)= \(of(target)) \(of(value)))"
      case .define(let function): of(function)
      case .forEach(let pattern, let source, let body): "(for \(pattern) \(of(source)) \(of(body)))"
      case .whileLoop(let condition, let body): "(while \(of(condition)) \(of(body)))"
      case .repeatLoop(let count, let body): "(repeat \(of(count)) \(of(body)))"
      case .breakLoop: "break"
      case .continueLoop: "continue"
      case .returnValue(let value): "(return\(value.map { " " + of($0) } ?? ""))"
      case .delete(let names): "(del \(names.map(\.text).joined(separator: " ")))"
      }
    return statement.isSilent ? text + ";" : text
  }

  static func of(_ expression: Expression) -> String {
    switch expression.node {
    case .number(let value): "\(value)".hasSuffix(".0") ? String("\(value)".dropLast(2)) : "\(value)"
    case .string(let text): "\(text.debugDescription)"
    case .interpolation(let parts): "(string \(parts.map(of).joined(separator: " ")))"
    case .name(let name): name
    case .bracket(let items): "[\(of(items))]"
    case .list(let items): "(list \(of(items)))"
    case .record(let items): "(record \(of(items)))"
    case .comprehension(let comprehension): of(comprehension)
    case .lambda(let function): of(function)
    case .unary(let operation, let operand): "(\(operation.rawValue) \(of(operand)))"
    case .binary(.pipe, let left, let right):
      "(|> \(of(left)) \(callsValue(right) ? "value " : "")\(of(right)))"
    case .binary(let operation, let left, let right): "(\(operation.rawValue) \(of(left)) \(of(right)))"
    case .comparison(let operands, let links):
      "(\(links.map(\.rawValue).joined(separator: ",")) \(operands.map(of).joined(separator: " ")))"
    case .range(let lower, let upper, let closed): "(\(closed ? "..." : "..<") \(of(lower)) \(of(upper)))"
    case .call(let function, let arguments): "(call \(of(function)) \(of(arguments)))"
    case .index(let base, let items): "(at \(of(base)) \(items.map(of).joined(separator: " ")))"
    case .field(let base, let name): "(. \(of(base)) \(name.text))"
    case .derivative(let function): "(' \(of(function)))"
    case .gradient(let function): "(∇ \(of(function)))"
    case .conditional(let condition, let then, let otherwise):
      "(if \(of(condition)) \(of(then))\(otherwise.map { " " + of($0) } ?? ""))"
    case .attempt(let body, let failure, let handler):
      "(try \(of(body)) \(failure.map(\.description) ?? "_") \(of(handler)))"
    case .block(let block): of(block)
    }
  }

  /// Whether a pipe into the expression calls its value.
  private static func callsValue(_ expression: Expression) -> Bool {
    if case .call = expression.node { expression.isParenthesized } else { false }
  }

  private static func of(_ items: [Argument]) -> String {
    items.map { ($0.name.map { "\($0.text): " } ?? "") + ($0.isSpread ? "..." : "") + of($0.value) }
      .joined(separator: " ")
  }

  private static func of(_ part: StringPart) -> String {
    switch part {
    case .text(let text): text.debugDescription
    case .value(let value, let format): "{\(of(value))\(format.map { ":" + $0 } ?? "")}"
    }
  }

  private static func of(_ item: IndexItem) -> String {
    switch item {
    case .at(let value): of(value)
    case .slice(let start, let stop, let step, _):
      "(: " + [start, stop, step].map { $0.map(of) ?? "_" }.joined(separator: " ") + ")"
    case .ellipsis: "..."
    }
  }

  private static func of(_ comprehension: Comprehension) -> String {
    let clauses = comprehension.clauses.map { clause in
      switch clause {
      case .each(let pattern, let source): "for \(pattern) \(of(source))"
      case .filter(let condition): "if \(of(condition))"
      }
    }
    let opening = comprehension.isList ? "(each-list" : "(each"
    return "\(opening) \(of(comprehension.element)) \(clauses.joined(separator: " ")))"
  }

  private static func of(_ function: FunctionSyntax) -> String {
    let parameters = function.parameters.map { parameter in
      (parameter.isRest ? "..." : "") + parameter.pattern.description
        + (parameter.defaultValue.map { ": " + of($0) } ?? "")
    }
    let documentation = function.documentation.map { " \($0.debugDescription)" } ?? ""
    let head = function.name.map { "def \($0.text)" } ?? "->"
    return "(\(head) (\(parameters.joined(separator: " "))) \(of(function.body))\(documentation))"
  }

  private static func of(_ target: Target) -> String {
    switch target {
    case .name(let name): name.text
    case .field(let base, let name): "(. \(of(base)) \(name.text))"
    case .index(let base, let items, _): "(at \(of(base)) \(items.map(of).joined(separator: " ")))"
    case .pattern(let pattern): pattern.description
    }
  }

  private static func of(_ block: Block) -> String {
    let text = block.statements.map(of).joined(separator: "; ")
    return block.hasBraces ? "{\(text)}" : text
  }
}

extension Outline {
  /// The outline of a text, or its error as `error: message | marked text | hint`.
  static func of(_ text: String) -> String {
    let source = Source(name: "test", text: text)
    switch Parser.parse(source) {
    case .program(let program): return of(program)
    case .incomplete(let diagnostic): return "incomplete: \(of(diagnostic, in: source))"
    case .failure(let diagnostic): return "error: \(of(diagnostic, in: source))"
    }
  }

  private static func of(_ diagnostic: Diagnostic, in source: Source) -> String {
    let marked = diagnostic.span.map { source.text(of: $0) } ?? "?"
    return diagnostic.message + " | " + marked + (diagnostic.hint.map { " | " + $0 } ?? "")
  }
}

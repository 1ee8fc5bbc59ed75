extension Printer {
  /// Writes a statement.
  mutating func write(_ statement: Statement) {
    if let documentation = statement.documentation, !isInline {
      for line in documentation.split(separator: "\n", omittingEmptySubsequences: false) {
        write(line.isEmpty ? "##" : "## \(line)")
        startLine()
      }
    }
    switch statement.node {
    case .expression(let value): write(value)
    case .assign(let target, let value): write(target, "=", value)
    case .update(let target, let operation, let value): write(target, operation.rawValue + "=", value)
    case .define(let function): write(function)
    case .forEach(let pattern, let source, let body): write("for \(pattern) in ", source, body)
    case .whileLoop(let condition, let body): write("while ", condition, body)
    case .repeatLoop(let count, let body): write("repeat ", count, body)
    case .breakLoop: write("break")
    case .continueLoop: write("continue")
    case .returnValue(nil): write("return")
    case .returnValue(let value?):
      write("return ")
      write(value)
    case .delete(let names): write("del " + names.map(\.text).joined(separator: ", "))
    }
    if statement.isSilent { write(";") }
  }

  private mutating func write(_ opening: String, _ value: Expression, _ body: Block) {
    write(opening)
    write(value)
    write(" ")
    write(body)
  }

  private mutating func write(_ target: Target, _ sign: String, _ value: Expression) {
    write(target)
    write(" \(sign) ")
    write(value)
  }

  private mutating func write(_ target: Target) {
    switch target {
    case .name(let name): write(name.text)
    case .field(let base, let name):
      write(base)
      write("." + name.text)
    case .index(let base, let items, _):
      write(base)
      write(items)
    case .pattern(let pattern): write(pattern.description)
    }
  }

  /// Writes statements in braces.
  mutating func write(_ block: Block) {
    guard !block.statements.isEmpty else { return write("{ }") }
    if isInline { return writeInline(block) }
    indentation += 2
    let lines = block.statements.map { statement in
      var line = Printer(like: self)
      line.write(statement)
      return line.text
    }
    indentation -= 2
    if lines.count == 1, lines[0].utf8.count <= Printer.maximumInlineLength, !lines[0].contains("\n") {
      return write("{ \(lines[0]) }")
    }
    write("{")
    indentation += 2
    for (index, line) in lines.enumerated() {
      startLine()
      // An indented line that starts with a sign would continue the one above.
      write(index > 0 && line.hasPrefix("-") ? "(\(line))" : line)
    }
    indentation -= 2
    startLine()
    write("}")
  }

  private mutating func writeInline(_ block: Block) {
    write("{ ")
    for (index, statement) in block.statements.enumerated() {
      if index > 0 { write("; ") }
      write(statement)
    }
    write(" }")
  }

  /// Writes a definition or a lambda.
  mutating func write(_ function: FunctionSyntax) {
    if let name = function.name {
      write(name.text)
      write(function.parameters)
      write(" = ")
    } else {
      if function.parameters.count == 1, let only = function.parameters[0].plainName {
        write(only)
      } else {
        write(function.parameters)
      }
      write(" -> ")
    }
    if !function.body.hasBraces, let value = function.body.onlyExpression {
      write(value)
    } else {
      write(function.body)
    }
  }

  /// Writes parameters with their brackets.
  mutating func write(_ parameters: [Parameter]) {
    write("(")
    writeList(parameters) { printer, parameter in
      if parameter.isRest { printer.write("...") }
      printer.write(parameter.pattern.description)
      guard let value = parameter.defaultValue else { return }
      printer.write(": ")
      printer.write(value)
    }
    write(")")
  }
}

extension Parameter {
  /// Its name if it is nothing but a name.
  fileprivate var plainName: String? {
    guard case .name(let name) = pattern, defaultValue == nil, !isRest else { return nil }
    return name.text
  }
}

extension Statement {
  /// The documentation of the function it defines or assigns.
  fileprivate var documentation: String? {
    switch node {
    case .define(let function): return function.documentation
    case .assign(_, let value):
      guard case .lambda(let function) = value.node else { return nil }
      return function.documentation
    default: return nil
    }
  }
}

/// Finds the names a function body assigns, which are therefore local to it.
///
/// Nested functions and comprehensions are scopes of their own and are not looked into; blocks of
/// `if`, `try` and loops are.
struct AssignedNames {
  private(set) var names: [String] = []
  private var seen: Set<String> = []

  init(in block: Block) { visit(block) }

  init(in expression: Expression) { visit(expression) }

  private mutating func add(_ name: Name) {
    if seen.insert(name.text).inserted { names.append(name.text) }
  }

  private mutating func add(_ pattern: Pattern) {
    switch pattern {
    case .name(let name): add(name)
    case .list(let parts, _): for part in parts { add(part) }
    }
  }

  private mutating func add(_ target: Target) {
    switch target {
    case .name(let name): add(name)
    case .field(let inner, _): add(inner)
    case .index(let inner, let items, _):
      add(inner)
      visit(items)
    case .pattern(let pattern): add(pattern)
    }
  }

  private mutating func visit(_ block: Block) {
    for statement in block.statements { visit(statement) }
  }

  private mutating func visit(_ statement: Statement) {
    switch statement.node {
    case .expression(let expression): visit(expression)
    case .assign(let target, let value), .update(let target, _, let value):
      add(target)
      visit(value)
    case .define(let function):
      if let name = function.name { add(name) }
    case .forEach(let pattern, let items, let body):
      add(pattern)
      visit(items)
      visit(body)
    case .whileLoop(let condition, let body), .repeatLoop(let condition, let body):
      visit(condition)
      visit(body)
    case .returnValue(let value): if let value { visit(value) }
    case .delete(let names): for name in names { add(name) }
    case .breakLoop, .continueLoop: break
    }
  }

  private mutating func visit(_ arguments: [Argument]) {
    for argument in arguments { visit(argument.value) }
  }

  private mutating func visit(_ items: [IndexItem]) {
    for item in items {
      switch item {
      case .at(let value): visit(value)
      case .slice(let start, let stop, let step, _):
        for part in [start, stop, step] { part.map { visit($0) } }
      case .ellipsis: break
      }
    }
  }

  private mutating func visit(_ expression: Expression) {
    switch expression.node {
    case .number, .string, .name, .lambda: break
    case .interpolation(let parts):
      for part in parts { if case .value(let value, _) = part { visit(value) } }
    case .bracket(let items), .list(let items), .record(let items): visit(items)
    case .comprehension(let comprehension):
      // The first source is evaluated outside the comprehension's scope.
      if case .each(_, let items)? = comprehension.clauses.first { visit(items) }
    case .unary(_, let operand), .derivative(let operand), .gradient(let operand), .field(let operand, _):
      visit(operand)
    case .binary(_, let left, let right), .range(let left, let right, closed: _):
      visit(left)
      visit(right)
    case .comparison(let operands, _): for operand in operands { visit(operand) }
    case .call(let callee, let arguments):
      visit(callee)
      visit(arguments)
    case .index(let value, let items):
      visit(value)
      visit(items)
    case .conditional(let condition, let then, let otherwise):
      visit(condition)
      visit(then)
      if let otherwise { visit(otherwise) }
    case .attempt(let body, let failure, let handler):
      visit(body)
      if let failure { add(failure) }
      visit(handler)
    case .block(let block): visit(block)
    }
  }
}

extension Expression {
  /// Whether evaluating it can assign a name, through a block of an `if` or `try` inside it.
  var assignsNames: Bool { !AssignedNames(in: self).names.isEmpty }
}

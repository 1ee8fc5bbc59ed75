// Heights are kept in the tree, so that the parser can bound it and every walker may recurse.

extension Expression.Node {
  /// The greatest height of the parts.
  var contentHeight: Int {
    switch self {
    case .number, .string, .name: 0
    case .interpolation(let parts): parts.lazy.map(\.height).max() ?? 0
    case .bracket(let items), .list(let items), .record(let items): items.lazy.map(\.height).max() ?? 0
    case .comprehension(let comprehension): comprehension.height
    case .lambda(let function): function.height
    case .unary(_, let operand), .derivative(let operand), .gradient(let operand), .field(let operand, _):
      Int(operand.height)
    case .binary(_, let left, let right), .range(let left, let right, _): Int(max(left.height, right.height))
    case .comparison(let operands, _): Int(operands.lazy.map(\.height).max() ?? 0)
    case .call(let function, let arguments):
      arguments.reduce(Int(function.height)) { max($0, $1.height) }
    case .index(let base, let items): items.reduce(Int(base.height)) { max($0, $1.height) }
    case .conditional(let condition, let then, let otherwise):
      Int(max(condition.height, then.height, otherwise?.height ?? 0))
    case .attempt(let body, let failure, let handler):
      max(Int(max(body.height, handler.height)), failure?.height ?? 0)
    case .block(let block): Int(block.height)
    }
  }
}

extension StringPart {
  var height: Int {
    switch self {
    case .text: 0
    case .value(let value, _): Int(value.height)
    }
  }
}

extension Argument {
  var height: Int { Int(value.height) }
}

extension IndexItem {
  var height: Int {
    switch self {
    case .at(let value): Int(value.height)
    case .slice(let start, let stop, let step, _):
      Int(max(start?.height ?? 0, stop?.height ?? 0, step?.height ?? 0))
    case .ellipsis: 0
    }
  }
}

extension Comprehension {
  /// Each clause holds those after it, as nested loops would.
  var height: Int {
    clauses.reversed().reduce(Int(element.height)) { height, clause in
      switch clause {
      case .each(let pattern, let source): 1 + max(height, pattern.height, Int(source.height))
      case .filter(let condition): 1 + max(height, Int(condition.height))
      }
    }
  }
}

extension FunctionSyntax {
  var height: Int { parameters.reduce(Int(body.height)) { max($0, $1.height) } }
}

extension Parameter {
  var height: Int { max(pattern.height, Int(defaultValue?.height ?? 0)) }
}

extension Pattern {
  var height: Int {
    switch self {
    case .name: 1
    case .list(let items, _): 1 + (items.lazy.map(\.height).max() ?? 0)
    }
  }
}

extension Target {
  var height: Int {
    switch self {
    case .name: 1
    case .field(let base, _): 1 + base.height
    case .index(let base, let items, _): 1 + items.reduce(base.height) { max($0, $1.height) }
    case .pattern(let pattern): pattern.height
    }
  }
}

extension Statement {
  var height: Int {
    switch node {
    case .expression(let value), .returnValue(let value?): Int(value.height)
    case .assign(let target, let value), .update(let target, _, let value):
      max(target.height, Int(value.height))
    case .define(let function): function.height
    case .forEach(let pattern, let source, let body):
      max(pattern.height, Int(max(source.height, body.height)))
    case .whileLoop(let condition, let body), .repeatLoop(let condition, let body):
      Int(max(condition.height, body.height))
    case .breakLoop, .continueLoop, .returnValue(nil), .delete: 0
    }
  }
}

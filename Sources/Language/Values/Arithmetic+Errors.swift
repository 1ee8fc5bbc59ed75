import Tensors

extension Arithmetic {
  /// What an operator does, as in "cannot add the structures".
  static func verb(_ op: BinaryOperator) -> String {
    switch op {
    case .add: "add"
    case .subtract: "subtract"
    case .multiply, .matrixMultiply: "multiply"
    case .divide, .floorDivide: "divide"
    case .modulo: "take remainders of"
    case .power: "take powers of"
    case .join: "join"
    case .or, .and, .elementwiseOr, .elementwiseAnd: "combine"
    case .pipe: "pipe"
    }
  }

  /// What an operator does to two things, as in "cannot multiply a string by a number".
  static func phrase(_ op: BinaryOperator, _ a: String, _ b: String) -> String {
    switch op {
    case .add: "add \(a) and \(b)"
    case .subtract: "subtract \(b) from \(a)"
    case .multiply, .matrixMultiply: "multiply \(a) by \(b)"
    case .divide, .floorDivide: "divide \(a) by \(b)"
    case .modulo: "take the remainder of \(a) by \(b)"
    case .power: "raise \(a) to the power of \(b)"
    case .join: "join \(a) and \(b)"
    case .or, .and, .elementwiseOr, .elementwiseAnd: "combine \(a) and \(b) with `\(op.rawValue)`"
    case .pipe: "pipe \(a) into \(b)"
    }
  }

  /// The error for operands that an operator does not take.
  static func refusal(_ op: BinaryOperator, _ a: Value, _ b: Value) -> Diagnostic {
    Diagnostic("cannot \(phrase(op, a.kind, b.kind))", kind: .type, hint: hint(op, a, b))
  }

  private static func hint(_ op: BinaryOperator, _ a: Value, _ b: Value) -> String? {
    switch op {
    case .elementwiseAnd, .elementwiseOr:
      if a.quantity != nil, b.quantity != nil {
        return "`\(op.rawValue)` works on true and false: compare first, as in x > 0 \(op.rawValue) x < 1"
      }
      return "`\(op.rawValue)` works on truth values and tensors of them"
    case .and, .or: return "`\(op.rawValue)` works on true and false"
    case .matrixMultiply: return "`@` works on tensors; index a record or list first"
    case .join: return joinHint(a, b)
    case .add, .subtract, .multiply, .divide, .modulo, .floorDivide, .power, .pipe: break
    }
    for value in [a, b] {
      switch value {
      case .string:
        return op == .add
          ? "\"{x}\" turns a value into text, number(s) reads a number from text"
          : "number(s) reads a number from text"
      case .function: return "call it first; x -> f(x) \(op.rawValue) g(x) combines functions"
      case .none: return "a loop, and an if without else, give none"
      case .text: return "text vectors are compared, joined with ++ and indexed, not calculated with"
      case .bool, .number, .tensor, .traced, .list, .record, .table, .figure, .fixed: continue
      }
    }
    return a.isStructure || b.isStructure
      ? "a number combines with every leaf of a structure; map_leaves(v -> …, p) does anything else" : nil
  }

  private static func joinHint(_ a: Value, _ b: Value) -> String? {
    switch (a, b) {
    case (.record, .record): "(...a, ...b) joins records"
    case (.list, _): "(x,) is a list of one item"
    case (.string, .text), (.text, .string): "[s] is a text vector of one text"
    case (.string, _), (_, .string): "\"{x}\" turns a value into text"
    case (.tensor, .number), (.tensor, .traced), (.traced, .number), (.number, _), (.bool, _):
      "[x] is a tensor of one element"
    default: nil
    }
  }

  /// The error for values that an ordering does not apply to.
  static func incomparable(_ op: ComparisonOperator, _ a: Value, _ b: Value) -> Diagnostic {
    switch op {
    case .in: Diagnostic("cannot look for \(a.kind) in \(b.kind)", kind: .type)
    case .approximately:
      Diagnostic("`≈` compares numbers, not \(a.kind) with \(b.kind)", kind: .type)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      Diagnostic(
        "cannot compare \(a.kind) with \(b.kind) by `\(op.rawValue)`", kind: .type,
        hint: a.isStructure && b.isStructure ? "== compares structures whole" : nil)
    }
  }
}

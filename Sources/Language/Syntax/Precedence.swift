/// How tightly an operator binds, from loosest to tightest.
enum Precedence: Int, Comparable {
  case lambda, pipe, or, and, not, elementwiseOr, elementwiseAnd, comparison, range, additive, multiplicative
  case unary, power, postfix

  static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }

  /// The next tighter level.
  var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .postfix }
}

extension BinaryOperator {
  /// The level of the operator.
  var precedence: Precedence {
    switch self {
    case .pipe: .pipe
    case .or: .or
    case .and: .and
    case .elementwiseOr: .elementwiseOr
    case .elementwiseAnd: .elementwiseAnd
    case .add, .subtract, .join: .additive
    case .multiply, .divide, .modulo, .floorDivide, .matrixMultiply: .multiplicative
    case .power: .power
    }
  }
}

extension UnaryOperator {
  /// The level of the operator, and of its operand.
  var precedence: Precedence {
    switch self {
    case .negate, .complement: .unary
    case .not: .not
    }
  }
}

extension Token.Kind {
  /// The operator it stands for between two operands.
  var binaryOperator: BinaryOperator? {
    switch self {
    case .pipe: .pipe
    case .or: .or
    case .and: .and
    case .elementwiseOr: .elementwiseOr
    case .elementwiseAnd: .elementwiseAnd
    case .plus: .add
    case .minus: .subtract
    case .join: .join
    case .times: .multiply
    case .divide: .divide
    case .modulo: .modulo
    case .floorDivide: .floorDivide
    case .matrixMultiply: .matrixMultiply
    case .power: .power
    default: nil
    }
  }

  /// The operator it stands for before an operand.
  var unaryOperator: UnaryOperator? {
    switch self {
    case .minus: .negate
    case .complement: .complement
    case .not: .not
    default: nil
    }
  }

  /// The link of a comparison chain it stands for.
  var comparisonOperator: ComparisonOperator? {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .in: .in
    case .approximately: .approximately
    default: nil
    }
  }
}

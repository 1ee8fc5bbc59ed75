import Tensors

extension Arithmetic {
  /// The operator on quantities; writes into an operand that nobody else can see.
  static func apply(
    _ op: BinaryOperator, _ x: consuming Quantity, _ y: consuming Quantity
  ) throws(TensorError) -> Quantity {
    switch op {
    case .add: return try x + y
    case .subtract: return try x - y
    case .multiply: return try x * y
    case .divide: return try x / y
    case .modulo: return try BinaryTable.modulo(x, y)
    case .floorDivide: return try BinaryTable.floorDivide(x, y)
    case .power:
      // Cheaper than a power, and its derivative needs no logarithm.
      if case .number(2) = y { return try ElementwiseTable.square(x) }
      return try BinaryTable.power(x, y)
    case .matrixMultiply: return try x.matrixProduct(y)
    case .elementwiseAnd: return try BooleanTable.and(x, y)
    case .elementwiseOr: return try BooleanTable.or(x, y)
    case .join: return try Quantity.concat([x, y], axis: 0)
    case .pipe, .or, .and: preconditionFailure("\(op.rawValue) is not calculated")
    }
  }

  /// The primitive behind a comparison of quantities.
  static func primitive(_ op: ComparisonOperator) -> BooleanPrimitive {
    switch op {
    case .equal, .in, .approximately: BooleanTable.equal
    case .notEqual: BooleanTable.notEqual
    case .less: BooleanTable.less
    case .lessOrEqual: BooleanTable.lessOrEqual
    case .greater: BooleanTable.greater
    case .greaterOrEqual: BooleanTable.greaterOrEqual
    }
  }
}

extension Value {
  /// Whether it is something to calculate with.
  var isQuantity: Bool {
    switch self {
    case .number, .bool, .tensor, .traced: true
    case .fixed(let fixed): fixed.value.isQuantity
    case .none, .text, .string, .list, .record, .table, .function, .figure: false
    }
  }

  /// Itself as something to calculate with, given up, so that a tensor nobody else holds can be
  /// written into.
  consuming func intoQuantity() -> Quantity {
    switch consume self {
    case .number(let number): return .number(number)
    case .bool(let bool): return .number(bool ? 1 : 0)
    case .tensor(let tensor): return .tensor(tensor)
    case .traced(let traced): return .traced(traced)
    case .fixed(let fixed): return fixed.value.intoQuantity()
    case .none, .text, .string, .list, .record, .table, .function, .figure:
      preconditionFailure("not a quantity")
    }
  }
}

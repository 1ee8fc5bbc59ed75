import Tensors

extension Arithmetic {
  /// How near numbers have to be for `≈`.
  static let relativeTolerance = 1e-9
  /// How near numbers around 0 have to be for `≈`.
  static let absoluteTolerance = 1e-12

  /// One link of a comparison: elementwise on tensors and text vectors, one truth value otherwise.
  static func compare(_ op: ComparisonOperator, _ a: Value, _ b: Value) throws -> Value {
    let (a, b) = (a.unfixed, b.unfixed)
    switch op {
    case .equal: return try equality(a, b)
    case .notEqual: return try negated(equality(a, b))
    case .less, .lessOrEqual, .greater, .greaterOrEqual: return try order(op, a, b)
    case .in: return try membership(a, b)
    case .approximately:
      return try approximately(a, b, relative: relativeTolerance, absolute: absoluteTolerance)
    }
  }

  private static func equality(_ a: Value, _ b: Value) throws -> Value {
    if let x = a.quantity, let y = b.quantity { return try compared(.equal, x.concrete, y.concrete) }
    if let result = try texts(a, b, { $0 == $1 }) { return result }
    return .bool(isEqual(a, b))
  }

  private static func negated(_ value: Value) throws -> Value {
    try unary(.complement, value)
  }

  private static func order(_ op: ComparisonOperator, _ a: Value, _ b: Value) throws -> Value {
    if let x = a.quantity, let y = b.quantity { return try compared(op, x.concrete, y.concrete) }
    if case .string(let x) = a, case .string(let y) = b { return .bool(holds(op, x, y)) }
    let result = try texts(a, b) { x, y in
      guard let x, let y else { return false }
      return holds(op, x, y)
    }
    guard let result else { throw incomparable(op, a, b) }
    return result
  }

  private static func holds<Item: Comparable>(_ op: ComparisonOperator, _ x: Item, _ y: Item) -> Bool {
    switch op {
    case .less: x < y
    case .lessOrEqual: x <= y
    case .greater: x > y
    case .greaterOrEqual: x >= y
    case .notEqual: x != y
    case .equal, .approximately, .in: x == y
    }
  }

  /// Two plain quantities compared element by element.
  private static func compared(_ op: ComparisonOperator, _ x: Quantity, _ y: Quantity) throws -> Value {
    if case .number(let x) = x, case .number(let y) = y { return .bool(holds(op, x, y)) }
    do {
      return Value(try primitive(op)(x, y))
    } catch TensorError.broadcast(let a, let b, let axis) {
      var diagnostic = TensorError.broadcast(a, b, axis: axis).diagnostic()
      diagnostic.message =
        "cannot compare \(a) with \(b): \(TensorError.disagreement(a, b, axis: axis))"
      diagnostic.hint = "same(a, b) compares whole tensors of any shapes"
      throw diagnostic
    }
  }

  /// A text vector against a text vector or a string, element by element; nil for anything else.
  private static func texts(
    _ a: Value, _ b: Value, _ holds: (String?, String?) -> Bool
  ) throws -> Value? {
    switch (a, b) {
    case (.text(let x), .string(let y)): return .tensor(try Tensor(x.items.map { holds($0, y) }))
    case (.string(let x), .text(let y)): return .tensor(try Tensor(y.items.map { holds(x, $0) }))
    case (.text(let x), .text(let y)):
      guard x.items.count == y.items.count else {
        throw Diagnostic(
          "cannot compare \(x.items.count) texts with \(y.items.count)", kind: .shape,
          hint: "same(a, b) compares them whole")
      }
      return .tensor(try Tensor(zip(x.items, y.items).map { holds($0, $1) }))
    default: return nil
    }
  }
}

extension Arithmetic {
  /// Whether numbers differ by no more than `absolute` or `relative` times the larger one:
  /// elementwise on tensors, one truth value for structures.
  static func approximately(
    _ a: Value, _ b: Value, relative: Double, absolute: Double
  ) throws -> Value {
    if let x = a.quantity?.concrete, let y = b.quantity?.concrete {
      if case .number(let x) = x, case .number(let y) = y {
        return .bool(isNear(x, y, relative: relative, absolute: absolute))
      }
      return try near(x, y, relative: relative, absolute: absolute)
    }
    guard a.isStructure, b.isStructure else { throw incomparable(.approximately, a, b) }
    return .bool(isEqual(a, b) { isNear($0, $1, relative: relative, absolute: absolute) })
  }

  private static func isNear(_ x: Double, _ y: Double, relative: Double, absolute: Double) -> Bool {
    if x == y { return true }
    // An infinity is near nothing else, though the bound below would be infinite too.
    guard x.isFinite, y.isFinite else { return false }
    return abs(x - y) <= max(absolute, relative * max(abs(x), abs(y)))
  }

  private static func near(
    _ x: Quantity, _ y: Quantity, relative: Double, absolute: Double
  ) throws -> Value {
    let shape = try x.shape.broadcast(with: y.shape)
    let (left, right) = (try spread(x, to: shape), try spread(y, to: shape))
    let result = zip(left, right).map { isNear($0, $1, relative: relative, absolute: absolute) }
    return .tensor(try Tensor(result, shape: shape))
  }

  private static func spread(_ x: Quantity, to shape: Shape) throws -> [Double] {
    switch x.concrete {
    case .number(let number):
      try Storage.checkRoom(for: shape.count, Double.self)
      return Array(repeating: number, count: shape.count)
    case .tensor(let tensor) where tensor.shape == shape: return try tensor.doubles()
    case .tensor, .traced: return try x.broadcast(to: shape).elements()
    }
  }
}

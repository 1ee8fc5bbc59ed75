extension Quantity {
  /// The sum, elementwise and broadcasting.
  @inline(__always)
  public static func + (a: consuming Quantity, b: consuming Quantity) throws(TensorError) -> Quantity {
    if case .number(let x) = a, case .number(let y) = b { return .number(x + y) }
    return try BinaryTable.add(a, b)
  }

  /// The difference, elementwise and broadcasting.
  @inline(__always)
  public static func - (a: consuming Quantity, b: consuming Quantity) throws(TensorError) -> Quantity {
    if case .number(let x) = a, case .number(let y) = b { return .number(x - y) }
    return try BinaryTable.subtract(a, b)
  }

  /// The product, elementwise and broadcasting.
  @inline(__always)
  public static func * (a: consuming Quantity, b: consuming Quantity) throws(TensorError) -> Quantity {
    if case .number(let x) = a, case .number(let y) = b { return .number(x * y) }
    return try BinaryTable.multiply(a, b)
  }

  /// The quotient, elementwise and broadcasting.
  @inline(__always)
  public static func / (a: consuming Quantity, b: consuming Quantity) throws(TensorError) -> Quantity {
    if case .number(let x) = a, case .number(let y) = b { return .number(x / y) }
    return try BinaryTable.divide(a, b)
  }

  /// The negative, elementwise.
  @inline(__always)
  public static prefix func - (a: consuming Quantity) throws(TensorError) -> Quantity {
    if case .number(let x) = a { return .number(-x) }
    return try ElementwiseTable.negate(a)
  }

  /// The sum of two quantities of one shape, written into the first when nobody else can see it.
  static func sum(_ a: consuming Quantity, _ b: consuming Quantity) throws(TensorError) -> Quantity {
    try a + b
  }
}

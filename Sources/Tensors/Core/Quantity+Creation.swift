extension Quantity: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }

  /// A number.
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
}

extension Quantity {
  /// `value` everywhere; a number for the empty shape.
  public static func full(_ value: Double, _ shape: Shape, _ dtype: DType = .f64) throws(TensorError)
    -> Quantity
  {
    shape.rank == 0 ? .number(value) : .tensor(try .filled(value, shape, dtype))
  }

  /// Zeros; a number for the empty shape.
  public static func zeros(_ shape: Shape, _ dtype: DType = .f64) throws(TensorError) -> Quantity {
    try full(0, shape, dtype)
  }

  /// Ones; a number for the empty shape.
  public static func ones(_ shape: Shape, _ dtype: DType = .f64) throws(TensorError) -> Quantity {
    try full(1, shape, dtype)
  }

  /// Zeros that can collect the cotangent of a value of this form.
  static func zeros(_ form: Trace.Form) throws(TensorError) -> Quantity {
    try zeros(form.shape, form.dtype.arithmetic)
  }
}

extension DType {
  /// What arithmetic on such elements gives: truth values count as 0 and 1.
  var arithmetic: DType { self == .bool ? .f64 : self }
}

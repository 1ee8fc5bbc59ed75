import CKernels

extension BinaryTable {
  /// Angles and lengths.
  public static let geometry = [atan2, hypot, logaddexp]

  /// arctan(x / y); the language calls its operands y and x, as everywhere
  public static let atan2 = BinaryPrimitive(
    BinaryRule(
      "atan2", "The angle of the point (x, y), given y first.", formula: "arctan(x / y)",
      derivative: "y / (x² + y²) and -x / (x² + y²)",
      convention: "from -pi to pi, in the quadrant of the point",
      example: ("atan2([1, -1], [1, -1]) / pi * 180", "[45, -135]"),
      domains: (0.5...2, 0.5...2), kernel: NNS_ATAN2, keeps: .inputs,
      left: { g, x, y, _ throws(TensorError) in
        let r = try hypot(x, y)
        return try g * (y / r / r)
      },
      right: { g, x, y, _ throws(TensorError) in
        let r = try hypot(x, y)
        return try -(g * (x / r / r))
      }))

  /// √(x² + y²)
  public static let hypot = BinaryPrimitive(
    BinaryRule(
      "hypot", "The length of the hypotenuse, without overflow.", formula: "√(x² + y²)",
      derivative: "x / z and y / z", convention: "the derivative at 0 is 0",
      example: ("hypot([3, 3e200], [4, 4e200])", "[5, 5e+200]"),
      domains: (0.5...2, -2...(-0.5)), kernel: NNS_HYPOT, keeps: [.inputs, .output],
      left: { g, x, _, z throws(TensorError) in try g * x / z.withoutZeros() },
      right: { g, _, y, z throws(TensorError) in try g * y / z.withoutZeros() }))

  /// ln(eˣ + eʸ)
  public static let logaddexp = BinaryPrimitive(
    BinaryRule(
      "logaddexp", "The logarithm of a sum of exponentials, without overflow.", formula: "ln(eˣ + eʸ)",
      derivative: "1 / (1 + eʸ⁻ˣ) and 1 / (1 + eˣ⁻ʸ)", example: ("logaddexp(1000, 1000)", "1000.693147"),
      kernel: NNS_LOGADDEXP, keeps: .inputs,
      left: { g, x, y, _ throws(TensorError) in try g * ElementwiseTable.sigmoid(gap(x, y)) },
      right: { g, x, y, _ throws(TensorError) in try g * ElementwiseTable.sigmoid(gap(y, x)) }))

  /// x - y, and 0 for equal infinities.
  private static func gap(_ x: Quantity, _ y: Quantity) throws(TensorError) -> Quantity {
    try Quantity.where(x.equals(y), 0, x - y)
  }

  /// ψ⁽ⁿ⁾(x), the derivatives of digamma.
  static let polygamma: BinaryPrimitive = BinaryPrimitive(
    BinaryRule(
      "polygamma", "The n-th derivative of digamma.", formula: "ψ⁽ⁿ⁾(x)", derivative: "none and ψ⁽ⁿ⁺¹⁾(x)",
      example: ("polygamma(1, 1)", "1.645"), domains: (1...1, 0.5...3), kernel: NNS_POLYGAMMA, keeps: .inputs,
      left: nil, right: { g, n, x, _ throws(TensorError) in try g * polygamma(n + 1, x) }))
}

extension Quantity {
  /// Itself with 1 in place of 0, to be divided by.
  func withoutZeros() throws(TensorError) -> Quantity { try .where(equals(0), 1, self) }
}

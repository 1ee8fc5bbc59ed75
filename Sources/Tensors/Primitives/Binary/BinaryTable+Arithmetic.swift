import CKernels

extension BinaryTable {
  /// The operators.
  public static let arithmetic = [add, subtract, multiply, divide, power]

  /// x + y
  public static let add = BinaryPrimitive(
    BinaryRule(
      "add", "The sum, elementwise.", formula: "x + y", derivative: "1 and 1",
      example: ("[1, 2] + 3", "[4, 5]"), kernel: NNS_ADD, keeps: [],
      left: { g, _, _, _ throws(TensorError) in g },
      right: { g, _, _, _ throws(TensorError) in g }))

  /// x - y
  public static let subtract = BinaryPrimitive(
    BinaryRule(
      "subtract", "The difference, elementwise.", formula: "x - y", derivative: "1 and -1",
      example: ("[1, 2] - 3", "[-2, -1]"), kernel: NNS_SUB, keeps: [],
      left: { g, _, _, _ throws(TensorError) in g },
      right: { g, _, _, _ throws(TensorError) in try -g }))

  /// x y
  public static let multiply = BinaryPrimitive(
    BinaryRule(
      "multiply", "The product, elementwise.", formula: "x y", derivative: "y and x",
      example: ("[1, 2] * 3", "[3, 6]"), kernel: NNS_MUL, keeps: .inputs,
      left: { g, _, y, _ throws(TensorError) in try g * y },
      right: { g, x, _, _ throws(TensorError) in try g * x }))

  /// x / y
  public static let divide = BinaryPrimitive(
    BinaryRule(
      "divide", "The quotient, elementwise.", formula: "x / y", derivative: "1 / y and -x / y²",
      convention: "1 / 0 is inf and 0 / 0 is nan", example: ("[1, 2] / 2", "[0.5, 1]"),
      domains: (-3...3, 0.5...3), kernel: NNS_DIV, keeps: [.inputs, .output],
      left: { g, _, y, _ throws(TensorError) in try g / y },
      right: { g, _, y, z throws(TensorError) in try -(g * z / y) }))

  /// xʸ
  public static let power = BinaryPrimitive(
    BinaryRule(
      "power", "The first to the power of the second, elementwise.", formula: "xʸ",
      derivative: "y xʸ⁻¹ and xʸ ln x",
      convention: "x^0 is 1 with derivative 0, also at 0; the derivative of 0^y in y is 0 for y >= 0",
      example: ("[1, 2, 3]^2", "[1, 4, 9]"), domains: (0.4...2, -2...2), kernel: NNS_POW,
      keeps: [.inputs, .output],
      left: { g, x, y, _ throws(TensorError) in try g * slope(ofPower: y, at: x) },
      right: { g, x, y, z throws(TensorError) in
        // Where 0 ln 0 is meant to be 0, the logarithm looks at 1 instead.
        let isZero = try BooleanTable.and(x.equals(0), BooleanTable.greaterOrEqual(y, 0))
        return try g * z * ElementwiseTable.log(Quantity.where(isZero, 1, x))
      }))

  /// y xʸ⁻¹, which is 0 for y = 0 even where x = 0.
  private static func slope(ofPower y: Quantity, at x: Quantity) throws(TensorError) -> Quantity {
    if case .number(let exponent) = y {
      if exponent == 0 { return 0 }
      if exponent == 1 { return 1 }
      return try exponent == 2 ? 2 * x : y * power(x, .number(exponent - 1))
    }
    let isZero = try BooleanTable.and(x.equals(0), y.equals(0))
    return try y * power(Quantity.where(isZero, 1, x), y - 1)
  }
}

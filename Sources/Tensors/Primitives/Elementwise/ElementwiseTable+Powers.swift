import CKernels

extension ElementwiseTable {
  /// Powers and roots.
  public static let powers = [
    sqrt, rsqrt, cbrt, square, reciprocal,
  ]

  /// √x
  public static let sqrt = ElementwisePrimitive(
    ElementwiseRule(
      "sqrt", "The square root.", formula: "√x", derivative: "1 / (2 √x)",
      convention: "the derivative at 0 is inf; nan for negative numbers",
      example: ("sqrt([4, 9])", "[2, 3]"), domain: 0.1...4, kernel: NNS_SQRT, keeps: .output
    ) { _, y throws(TensorError) in try 0.5 / y })

  /// 1 / √x
  public static let rsqrt = ElementwisePrimitive(
    ElementwiseRule(
      "rsqrt", "The reciprocal of the square root.", formula: "1 / √x", derivative: "-1 / (2 x √x)",
      example: ("rsqrt([4, 16])", "[0.5, 0.25]"), domain: 0.2...4, kernel: NNS_RSQRT, keeps: .output
    ) { _, y throws(TensorError) in try -0.5 * y * y * y })

  /// ∛x
  public static let cbrt = ElementwisePrimitive(
    ElementwiseRule(
      "cbrt", "The cube root, of negative numbers too.", formula: "∛x", derivative: "1 / (3 ∛x²)",
      convention: "the derivative at 0 is inf",
      example: ("cbrt([8, -27])", "[2, -3]"), domain: 0.2...4, kernel: NNS_CBRT, keeps: .output
    ) { _, y throws(TensorError) in try 1 / (3 * square(y)) })

  /// x²
  public static let square = ElementwisePrimitive(
    ElementwiseRule(
      "square", "The square.", formula: "x²", derivative: "2 x",
      example: ("square([-2, 3])", "[4, 9]"), domain: -3...3, kernel: NNS_SQUARE, keeps: .inputs
    ) { x, _ throws(TensorError) in try 2 * x })

  /// 1 / x
  public static let reciprocal = ElementwisePrimitive(
    ElementwiseRule(
      "reciprocal", "One divided by each element.", formula: "1 / x", derivative: "-1 / x²",
      convention: "reciprocal(0) is inf",
      example: ("reciprocal([2, 4])", "[0.5, 0.25]"), domain: 0.4...3, kernel: NNS_RECIPROCAL, keeps: .output
    ) { _, y throws(TensorError) in try -square(y) })
}

import CKernels

extension ElementwiseTable {
  /// Hyperbolic functions.
  public static let hyperbolic = [
    sinh, cosh, tanh, asinh, acosh, atanh,
  ]

  /// (eˣ - e⁻ˣ) / 2
  public static let sinh: ElementwisePrimitive = ElementwisePrimitive(
    ElementwiseRule(
      "sinh", "The hyperbolic sine.", formula: "(eˣ - e⁻ˣ) / 2", derivative: "cosh x",
      example: ("sinh([-1, 0, 1])", "[-1.175201194, 0, 1.175201194]"), domain: -2...2, kernel: NNS_SINH,
      keeps: .inputs
    ) { x, _ throws(TensorError) in try cosh(x) })

  /// (eˣ + e⁻ˣ) / 2
  public static let cosh = ElementwisePrimitive(
    ElementwiseRule(
      "cosh", "The hyperbolic cosine.", formula: "(eˣ + e⁻ˣ) / 2", derivative: "sinh x",
      example: ("cosh([-1, 0, 1])", "[1.543080635, 1, 1.543080635]"), domain: -2...2, kernel: NNS_COSH,
      keeps: .inputs
    ) { x, _ throws(TensorError) in try sinh(x) })

  /// sinh x / cosh x
  public static let tanh = ElementwisePrimitive(
    ElementwiseRule(
      "tanh", "The hyperbolic tangent.", formula: "sinh x / cosh x", derivative: "1 - tanh² x",
      example: ("tanh([-10, 0, 0.5])", "[-0.9999999959, 0, 0.4621171573]"), domain: -3...3, kernel: NNS_TANH,
      keeps: .output
    ) { _, y throws(TensorError) in try 1 - square(y) })

  /// ln(x + √(x² + 1))
  public static let asinh = ElementwisePrimitive(
    ElementwiseRule(
      "asinh", "The inverse of the hyperbolic sine.", formula: "ln(x + √(x² + 1))",
      derivative: "1 / √(x² + 1)",
      example: ("asinh(sinh(2))", "2"), domain: -3...3, kernel: NNS_ASINH, keeps: .inputs
    ) { x, _ throws(TensorError) in try reciprocal(BinaryTable.hypot(x, 1)) })

  /// ln(x + √(x² - 1))
  public static let acosh = ElementwisePrimitive(
    ElementwiseRule(
      "acosh", "The inverse of the hyperbolic cosine.", formula: "ln(x + √(x² - 1))",
      derivative: "1 / √(x² - 1)",
      convention: "nan below 1",
      example: ("acosh([1, cosh(2)])", "[0, 2]"), domain: 1.3...4, kernel: NNS_ACOSH, keeps: .inputs
    ) { x, _ throws(TensorError) in try rsqrt(x - 1) * rsqrt(x + 1) })

  /// ln((1 + x) / (1 - x)) / 2
  public static let atanh = ElementwisePrimitive(
    ElementwiseRule(
      "atanh", "The inverse of the hyperbolic tangent.", formula: "ln((1 + x) / (1 - x)) / 2",
      derivative: "1 / (1 - x²)",
      convention: "nan outside -1...1",
      example: ("atanh([0, 0.5, 1])", "[0, 0.5493061443, inf]"), domain: -0.8...0.8, kernel: NNS_ATANH,
      keeps: .inputs
    ) { x, _ throws(TensorError) in try reciprocal((1 - x) * (1 + x)) })
}

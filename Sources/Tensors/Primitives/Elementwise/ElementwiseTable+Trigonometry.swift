import CKernels

extension ElementwiseTable {
  /// Angles.
  public static let trigonometry = [
    sin, cos, tan, asin, acos, atan,
  ]

  /// sin x
  public static let sin: ElementwisePrimitive = ElementwisePrimitive(
    ElementwiseRule(
      "sin", "The sine of an angle in radians.", formula: "sin x", derivative: "cos x",
      example: ("sin([0, pi / 6, pi / 2])", "[0, 0.5, 1]"), domain: -3...3, kernel: NNS_SIN, keeps: .inputs
    ) { x, _ throws(TensorError) in try cos(x) })

  /// cos x
  public static let cos = ElementwisePrimitive(
    ElementwiseRule(
      "cos", "The cosine of an angle in radians.", formula: "cos x", derivative: "-sin x",
      example: ("cos([0, pi / 3, pi])", "[1, 0.5, -1]"), domain: -3...3, kernel: NNS_COS, keeps: .inputs
    ) { x, _ throws(TensorError) in try -sin(x) })

  /// sin x / cos x
  public static let tan = ElementwisePrimitive(
    ElementwiseRule(
      "tan", "The tangent of an angle in radians.", formula: "sin x / cos x", derivative: "1 + tan² x",
      example: ("tan([0, pi / 4])", "[0, 1]"), domain: -1.2...1.2, kernel: NNS_TAN, keeps: .output
    ) { _, y throws(TensorError) in try 1 + square(y) })

  /// arcsin x
  public static let asin = ElementwisePrimitive(
    ElementwiseRule(
      "asin", "The angle whose sine is given.", formula: "arcsin x", derivative: "1 / √(1 - x²)",
      convention: "nan outside -1...1",
      example: ("asin([0.5, 2]) / pi * 180", "[30, nan]"), domain: -0.8...0.8, kernel: NNS_ASIN,
      keeps: .inputs
    ) { x, _ throws(TensorError) in try rsqrt(1 - x) * rsqrt(1 + x) })

  /// arccos x
  public static let acos = ElementwisePrimitive(
    ElementwiseRule(
      "acos", "The angle whose cosine is given.", formula: "arccos x", derivative: "-1 / √(1 - x²)",
      convention: "nan outside -1...1",
      example: ("acos([0.5, -1]) / pi * 180", "[60, 180]"), domain: -0.8...0.8, kernel: NNS_ACOS,
      keeps: .inputs
    ) { x, _ throws(TensorError) in try -(rsqrt(1 - x) * rsqrt(1 + x)) })

  /// arctan x
  public static let atan = ElementwisePrimitive(
    ElementwiseRule(
      "atan", "The angle whose tangent is given.", formula: "arctan x", derivative: "1 / (1 + x²)",
      example: ("atan([1, inf]) / pi * 180", "[45, 90]"), domain: -3...3, kernel: NNS_ATAN, keeps: .inputs
    ) { x, _ throws(TensorError) in try reciprocal(1 + square(x)) })
}

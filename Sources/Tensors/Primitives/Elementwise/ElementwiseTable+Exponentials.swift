import CKernels

extension ElementwiseTable {
  /// Exponentials and logarithms.
  public static let exponentials = [
    exp, exp2, expm1, log, log2, log10, log1p,
  ]

  private static var ln2: Quantity { .number(0.693147180559945309417232121458) }
  private static var ln10: Quantity { .number(2.30258509299404568401799145468) }

  /// eˣ
  public static let exp = ElementwisePrimitive(
    ElementwiseRule(
      "exp", "The exponential function.", formula: "eˣ", derivative: "eˣ",
      example: ("exp([0, 1])", "[1, 2.718281828]"), domain: -3...3, kernel: NNS_EXP, keeps: .output
    ) { _, y throws(TensorError) in y })

  /// 2ˣ
  public static let exp2 = ElementwisePrimitive(
    ElementwiseRule(
      "exp2", "Two to the power.", formula: "2ˣ", derivative: "2ˣ ln 2",
      example: ("exp2([0, 3])", "[1, 8]"), domain: -3...3, kernel: NNS_EXP2, keeps: .output
    ) { _, y throws(TensorError) in try ln2 * y })

  /// eˣ - 1
  public static let expm1 = ElementwisePrimitive(
    ElementwiseRule(
      "expm1", "The exponential less one, exact near 0.", formula: "eˣ - 1", derivative: "eˣ",
      example: ("(expm1(1e-10), exp(1e-10) - 1)", "(1e-10, 1.00000008274037e-10)"), domain: -3...3,
      kernel: NNS_EXPM1, keeps: .inputs
    ) { x, _ throws(TensorError) in try exp(x) })

  /// ln x
  public static let log = ElementwisePrimitive(
    ElementwiseRule(
      "log", "The natural logarithm.", formula: "ln x", derivative: "1 / x",
      convention: "-inf at 0, nan for negative numbers",
      example: ("log([1, 10])", "[0, 2.302585093]"), domain: 0.3...4, kernel: NNS_LOG, keeps: .inputs
    ) { x, _ throws(TensorError) in try reciprocal(x) })

  /// log₂ x
  public static let log2 = ElementwisePrimitive(
    ElementwiseRule(
      "log2", "The logarithm to base 2.", formula: "log₂ x", derivative: "1 / (x ln 2)",
      convention: "-inf at 0, nan for negative numbers",
      example: ("log2([1, 8])", "[0, 3]"), domain: 0.3...4, kernel: NNS_LOG2, keeps: .inputs
    ) { x, _ throws(TensorError) in try 1 / (ln2 * x) })

  /// log₁₀ x
  public static let log10 = ElementwisePrimitive(
    ElementwiseRule(
      "log10", "The logarithm to base 10.", formula: "log₁₀ x", derivative: "1 / (x ln 10)",
      convention: "-inf at 0, nan for negative numbers",
      example: ("log10([1, 1000])", "[0, 3]"), domain: 0.3...4, kernel: NNS_LOG10, keeps: .inputs
    ) { x, _ throws(TensorError) in try 1 / (ln10 * x) })

  /// ln(1 + x)
  public static let log1p = ElementwisePrimitive(
    ElementwiseRule(
      "log1p", "The logarithm of one more, exact near 0.", formula: "ln(1 + x)", derivative: "1 / (1 + x)",
      example: ("(log1p(1e-10), log(1 + 1e-10))", "(1e-10, 1.00000008269037e-10)"), domain: -0.7...4,
      kernel: NNS_LOG1P, keeps: .inputs
    ) { x, _ throws(TensorError) in try reciprocal(1 + x) })
}

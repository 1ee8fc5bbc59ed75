import CKernels

extension ElementwiseTable {
  /// Size and rounding.
  public static let rounding = [
    abs, sign, floor, ceil, round, trunc,
  ]

  /// |x|
  public static let abs = ElementwisePrimitive(
    ElementwiseRule(
      "abs", "The absolute value.", formula: "|x|", derivative: "sign(x)",
      convention: "the derivative at 0 is 0",
      example: ("abs([-2, 3])", "[2, 3]"), domain: -3...3, kernel: NNS_ABS, keeps: .inputs
    ) { x, _ throws(TensorError) in try sign(x) })

  /// x / |x|
  public static let sign = ElementwisePrimitive(
    ElementwiseRule(
      "sign", "-1, 0 or 1 by the sign.", formula: "x / |x|", derivative: "0",
      convention: "sign(0) is 0",
      example: ("sign([-2, 0, 3])", "[-1, 0, 1]"), domain: -3...3, kernel: NNS_SIGN, keeps: [], nil))

  /// ⌊x⌋
  public static let floor = ElementwisePrimitive(
    ElementwiseRule(
      "floor", "The largest integer that is not greater.", formula: "⌊x⌋", derivative: "0",
      example: ("floor([1.7, -1.2])", "[1, -2]"), domain: -3...3, kernel: NNS_FLOOR, keeps: [], nil))

  /// ⌈x⌉
  public static let ceil = ElementwisePrimitive(
    ElementwiseRule(
      "ceil", "The smallest integer that is not less.", formula: "⌈x⌉", derivative: "0",
      example: ("ceil([1.2, -1.7])", "[2, -1]"), domain: -3...3, kernel: NNS_CEIL, keeps: [], nil))

  /// ⌊x + 1/2⌋
  public static let round = ElementwisePrimitive(
    ElementwiseRule(
      "round", "The nearest integer.", formula: "⌊x + 1/2⌋", derivative: "0",
      convention: "halves go to the even neighbour",
      example: ("round([1.4, 1.5, 2.5])", "[1, 2, 2]"), domain: -3...3, kernel: NNS_ROUND, keeps: [], nil))

  /// sign(x) ⌊|x|⌋
  public static let trunc = ElementwisePrimitive(
    ElementwiseRule(
      "trunc", "The integer part: rounds towards 0.", formula: "sign(x) ⌊|x|⌋", derivative: "0",
      example: ("trunc([1.7, -1.7])", "[1, -1]"), domain: -3...3, kernel: NNS_TRUNC, keeps: [], nil))
}

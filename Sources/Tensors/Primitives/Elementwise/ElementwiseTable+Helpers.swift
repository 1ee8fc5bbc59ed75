import CKernels

extension ElementwiseTable {
  /// What derivatives and operators are made of; not functions of the language.
  public static let helpers = [
    negate, step, digamma,
  ]

  /// -x
  public static let negate = ElementwisePrimitive(
    ElementwiseRule(
      "negate", "The negative.", formula: "-x", derivative: "-1",
      example: ("-[1, -2]", "[-1, 2]"), domain: -3...3, kernel: NNS_NEG, keeps: []
    ) { _, _ throws(TensorError) in -1 })

  /// 1 if x > 0 else 0
  public static let step = ElementwisePrimitive(
    ElementwiseRule(
      "step", "One for positive numbers, zero for others.", formula: "1 if x > 0 else 0", derivative: "0",
      example: ("step([-2, 3])", "[0, 1]"), domain: -3...3, kernel: NNS_STEP, keeps: [], nil))

  /// Γ′(x) / Γ(x)
  public static let digamma = ElementwisePrimitive(
    ElementwiseRule(
      "digamma", "The derivative of lgamma.", formula: "Γ′(x) / Γ(x)", derivative: "polygamma(1, x)",
      example: ("digamma(1)", "-0.5772"), domain: 0.5...4, kernel: NNS_DIGAMMA, keeps: .inputs
    ) { x, _ throws(TensorError) in try BinaryTable.polygamma(1, x) })
}

import CKernels

extension ElementwiseTable {
  /// Special functions.
  public static let special = [
    erf, erfc, lgamma,
  ]

  /// 2/√π exp(-x²)
  private static func bell(_ x: Quantity) throws(TensorError) -> Quantity {
    try 1.12837916709551257389615890312 * exp(-square(x))
  }

  /// 2/√π ∫₀ˣ exp(-t²) dt
  public static let erf = ElementwisePrimitive(
    ElementwiseRule(
      "erf", "The error function.", formula: "2/√π ∫₀ˣ exp(-t²) dt", derivative: "2/√π exp(-x²)",
      example: ("erf([-1, 0, 1])", "[-0.8427007929, 0, 0.8427007929]"), domain: -2...2, kernel: NNS_ERF,
      keeps: .inputs
    ) { x, _ throws(TensorError) in try bell(x) })

  /// 1 - erf x
  public static let erfc = ElementwisePrimitive(
    ElementwiseRule(
      "erfc", "One less the error function, exact for large arguments.", formula: "1 - erf x",
      derivative: "-2/√π exp(-x²)",
      example: ("(erfc(10), 1 - erf(10))", "(2.088487584e-45, 0)"), domain: -2...2, kernel: NNS_ERFC,
      keeps: .inputs
    ) { x, _ throws(TensorError) in try -bell(x) })

  /// ln |Γ(x)|
  public static let lgamma = ElementwisePrimitive(
    ElementwiseRule(
      "lgamma", "The logarithm of the absolute value of the gamma function.", formula: "ln |Γ(x)|",
      derivative: "digamma(x)",
      example: ("(exp(lgamma(5)), lgamma(1000))", "(24, 5905.220423)"), domain: 0.5...4, kernel: NNS_LGAMMA,
      keeps: .inputs
    ) { x, _ throws(TensorError) in try digamma(x) })
}

import CKernels

extension ElementwiseTable {
  /// Functions that bend a layer.
  public static let activations = [
    sigmoid, softplus, relu,
  ]

  /// 1 / (1 + e⁻ˣ)
  public static let sigmoid = ElementwisePrimitive(
    ElementwiseRule(
      "sigmoid", "The logistic function: squashes to between 0 and 1.", formula: "1 / (1 + e⁻ˣ)",
      derivative: "y (1 - y)",
      example: ("sigmoid([-1000, 0, 1000])", "[0, 0.5, 1]"), domain: -4...4, kernel: NNS_SIGMOID,
      keeps: .output
    ) { _, y throws(TensorError) in try y * (1 - y) })

  /// ln(1 + eˣ)
  public static let softplus = ElementwisePrimitive(
    ElementwiseRule(
      "softplus", "A smooth form of relu.", formula: "ln(1 + eˣ)", derivative: "1 / (1 + e⁻ˣ)",
      example: ("softplus([-1000, 0, 1000])", "[0, 0.6931471806, 1000]"), domain: -4...4,
      kernel: NNS_SOFTPLUS, keeps: .inputs
    ) { x, _ throws(TensorError) in try sigmoid(x) })

  /// max(x, 0)
  public static let relu = ElementwisePrimitive(
    ElementwiseRule(
      "relu", "Zero for negative numbers, the number itself for others.", formula: "max(x, 0)",
      derivative: "1 if x > 0 else 0",
      convention: "the derivative at 0 is 0",
      example: ("relu([-2, 3])", "[0, 3]"), domain: -3...3, kernel: NNS_RELU, keeps: .output
    ) { _, y throws(TensorError) in try step(y) })
}

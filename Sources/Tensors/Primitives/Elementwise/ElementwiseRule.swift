import CKernels

/// One function of one number that maps over tensors: everything the program knows about it.
///
/// The builtin, its help, its completion, its reference entry, its gradient test and its example
/// test all come from the row.
public struct ElementwiseRule: Sendable {
  /// The derivative at `x`, where `y` is the value already computed there; written with primitives.
  public typealias Derivative = @Sendable (_ x: Quantity, _ y: Quantity) throws(TensorError) -> Quantity

  /// The name in the language.
  public let name: String
  /// One sentence.
  public let summary: String
  /// The definition as a textbook writes it.
  public let formula: String
  /// The derivative as a textbook writes it.
  public let derivativeFormula: String
  /// What happens at the corners, where implementations differ.
  public let convention: String?
  /// Inputs of the help's example and what it shows.
  public let example: (input: String, output: String)
  /// Where the derivative is tested.
  public let domain: ClosedRange<Double>
  /// The loop that computes it.
  let kernel: nns_unary_op
  /// Which of `x` and `y` the derivative looks at.
  let keeps: Kept
  /// The derivative; nil for functions that are constant between jumps, whose derivative is 0.
  let derivative: Derivative?

  init(
    _ name: String, _ summary: String, formula: String, derivative derivativeFormula: String,
    convention: String? = nil, example: (String, String), domain: ClosedRange<Double>,
    kernel: nns_unary_op, keeps: Kept, _ derivative: Derivative?
  ) {
    self.name = name
    self.summary = summary
    self.formula = formula
    self.derivativeFormula = derivativeFormula
    self.convention = convention
    self.example = (input: example.0, output: example.1)
    self.domain = domain
    self.kernel = kernel
    self.keeps = keeps
    self.derivative = derivative
  }
}

import CKernels

/// One function of two numbers that maps over tensors: everything the program knows about it.
public struct BinaryRule: Sendable {
  /// What the cotangent `g` of `z = f(x, y)` means for one operand; written with primitives.
  public typealias Pullback =
    @Sendable (_ g: Quantity, _ x: Quantity, _ y: Quantity, _ z: Quantity) throws(TensorError) -> Quantity

  /// The name in the language.
  public let name: String
  /// One sentence.
  public let summary: String
  /// The definition as a textbook writes it.
  public let formula: String
  /// The partial derivatives as a textbook writes them.
  public let derivativeFormula: String
  /// What happens at the corners, where implementations differ.
  public let convention: String?
  /// Inputs of the help's example and what it shows.
  public let example: (inputs: String, output: String)
  /// Where the derivatives are tested.
  public let domains: (x: ClosedRange<Double>, y: ClosedRange<Double>)
  /// The loop that computes it.
  let kernel: nns_binary_op
  /// What the pullbacks look at.
  let keeps: Kept
  /// The pullback to the first operand; nil where the derivative is 0.
  let left: Pullback?
  /// The pullback to the second operand; nil where the derivative is 0.
  let right: Pullback?

  init(
    _ name: String, _ summary: String, formula: String, derivative derivativeFormula: String,
    convention: String? = nil, example: (String, String),
    domains: (ClosedRange<Double>, ClosedRange<Double>) = (-3...3, -3...3),
    kernel: nns_binary_op, keeps: Kept, left: Pullback?, right: Pullback?
  ) {
    self.name = name
    self.summary = summary
    self.formula = formula
    self.derivativeFormula = derivativeFormula
    self.convention = convention
    self.example = (inputs: example.0, output: example.1)
    self.domains = (x: domains.0, y: domains.1)
    self.kernel = kernel
    self.keeps = keeps
    self.left = left
    self.right = right
  }
}

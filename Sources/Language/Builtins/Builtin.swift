import Tensors

/// A function that is part of the program: everything known about it in one place.
///
/// Help, completion, the reference and the tests of the examples come from here. The signature is
/// written in the language itself: `"sum(x, axis: none, keepdims: false)"`. Defaults are literals;
/// `...items` collects the rest.
public final class Builtin: Sendable {
  /// What it does with its bound arguments. It may throw a ``Diagnostic`` without a place, or a
  /// `TensorError`; the machine adds what is missing.
  public typealias Action = @Sendable (borrowing Call) throws -> Value

  /// Where help lists it.
  public enum Section: String, Sendable, CaseIterable {
    case create, random
    case toyData = "toy data"
    case elementwise, reduce, shape
    case linearAlgebra = "linear algebra"
    case calculus, activations, losses, metrics, initialisers
    case layers, optimisers, training
    case data, store, plots
    case text, structure, session
  }

  /// The signature in the language's own syntax.
  public let signature: String
  /// One sentence that stands alone.
  public let summary: String
  /// The definition, where there is one.
  public let formula: String?
  /// The derivative, where there is one.
  public let gradient: String?
  /// What was chosen where implementations differ.
  public let convention: String?
  /// Source whose transcript is the example: statements and `#>` lines.
  public let example: String
  /// Where help lists it.
  public let section: Section
  /// What it does.
  let action: Action
  /// For functions that return functions: what the returned function does; its first arguments are
  /// those of the first call.
  let second: Action?
  /// The elementwise function behind it, which the machine applies to numbers directly.
  let elementwise: ElementwisePrimitive?
  /// Whether arguments with names that are no parameters' go to the rest parameter, as a record.
  let collectsNames: Bool
  /// Whether an index means a call with it: `out[3]`.
  let isIndexed: Bool

  init(
    _ signature: String, _ section: Section, _ summary: String, formula: String? = nil,
    gradient: String? = nil,
    convention: String? = nil, example: String, second: Action? = nil,
    elementwise: ElementwisePrimitive? = nil, collectsNames: Bool = false, isIndexed: Bool = false,
    action: @escaping Action
  ) {
    self.signature = signature
    self.section = section
    self.summary = summary
    self.formula = formula
    self.gradient = gradient
    self.convention = convention
    self.example = example
    self.second = second
    self.elementwise = elementwise
    self.collectsNames = collectsNames
    self.isIndexed = isIndexed
    self.action = action
  }

  /// The name: the signature up to its parenthesis.
  public var name: String { String(signature.prefix { $0 != "(" }) }
}

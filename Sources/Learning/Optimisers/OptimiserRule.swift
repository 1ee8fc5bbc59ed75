import Tensors

/// How an optimiser turns a gradient into a step: everything the program knows about it.
public struct OptimiserRule: Sendable {
  /// The name in the language.
  public let name: String
  /// One sentence.
  public let summary: String
  /// The step as its paper writes it.
  public let formula: String
  /// What was chosen where implementations differ.
  public let convention: String?
  /// Where the first step leads from 1 along a gradient of 2 at a learning rate of 0.1, as the language shows it.
  public let example: String
  /// What can be set; the learning rate comes first.
  public let settings: [OptimiserSetting]
  /// The form of the rule that these settings ask for.
  let form: @Sendable (OptimiserSettings) -> OptimiserForm
  /// The constants of step `t`, counted from 1, in the order of the form's kernel.
  let constants: @Sendable (_ settings: OptimiserSettings, _ t: Double) throws(TensorError) -> [Quantity]

  init(
    _ name: String, _ summary: String, formula: String, convention: String? = nil, example: String,
    settings: [OptimiserSetting], form: @escaping @Sendable (OptimiserSettings) -> OptimiserForm,
    constants: @escaping @Sendable (OptimiserSettings, Double) throws(TensorError) -> [Quantity]
  ) {
    self.name = name
    self.summary = summary
    self.formula = formula
    self.convention = convention
    self.example = example
    self.settings = settings
    self.form = form
    self.constants = constants
  }
}

extension OptimiserRule {
  /// The names of what it remembers of each parameter with these settings.
  public func memoryNames(_ settings: OptimiserSettings) -> [String] { form(settings).memory.map(\.name) }
}

/// One way of stepping: a kernel for plain numbers and the same in primitives, for steps that are differentiated.
struct OptimiserForm: Sendable {
  /// What is remembered of a parameter, and what it is before the first step.
  struct Memory: Sendable {
    let name: String
    let start: @Sendable (OptimiserSettings) -> Quantity

    static func zeros(_ name: String) -> Memory { Memory(name: name) { _ in 0 } }

    static func setting(_ setting: String, as name: String) -> Memory {
      Memory(name: name) { $0[setting].concrete }
    }
  }

  /// A parameter, its gradient with decay added, and what is remembered of it.
  struct Leaf {
    var parameter: Quantity
    let gradient: Quantity
    var memory: [Quantity]
  }

  let kernel: UpdateKernel
  let memory: [Memory]
  /// Moves the leaf, whose parameter is the share that is kept already, by constants in the kernel's order.
  let step: @Sendable (_ leaf: inout Leaf, _ c: [Quantity]) throws(TensorError) -> Void

  init(
    _ kernel: UpdateKernel, _ memory: [Memory],
    step: @escaping @Sendable (inout Leaf, [Quantity]) throws(TensorError) -> Void
  ) {
    precondition(kernel.stateCount == memory.count, "a name for each state")
    self.kernel = kernel
    self.memory = memory
    self.step = step
  }
}

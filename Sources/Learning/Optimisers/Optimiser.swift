import Tensors

/// An optimiser at work: a rule with its settings, the steps taken and what it remembers of each parameter.
///
/// It moves tensors in order, the same ones at every step; how they hang together is the caller's business.
public struct Optimiser {
  /// How it steps.
  public let rule: OptimiserRule
  /// The values of the settings, which may change between steps.
  public var settings: OptimiserSettings
  /// How many steps were taken.
  public private(set) var steps: Int
  /// What is remembered: for every parameter a quantity for each of the rule's memory names; empty at first, and
  /// for rules that remember nothing.
  public private(set) var memory: [[Quantity]]

  /// An optimiser that took `steps` steps and remembers `memory`; a fresh one unless they are given.
  public init(
    _ rule: OptimiserRule, settings: OptimiserSettings? = nil, steps: Int = 0, memory: [[Quantity]] = []
  ) {
    self.rule = rule
    self.settings = settings ?? OptimiserSettings(rule.settings)
    self.steps = steps
    self.memory = memory
  }
}

extension Optimiser {
  /// Moves every parameter along its gradient, in place where nobody else sees it.
  ///
  /// Throws a `TensorError` when shapes or the number of parameters differ from those before.
  public mutating func step(
    _ parameters: inout [Quantity], along gradients: [Quantity]
  ) throws(TensorError) {
    precondition(parameters.count == gradients.count, "a gradient for each parameter")
    var step = try begin()
    for index in parameters.indices { try move(&parameters[index], along: gradients[index], in: &step) }
    try finish(step)
  }

  /// A step that is taken parameter by parameter.
  public struct Step {
    fileprivate let form: OptimiserForm
    fileprivate let constants: [Quantity]
    /// The constants for the kernel; nil when any of them is differentiated.
    fileprivate let numbers: [Double]?
    /// The next parameter.
    fileprivate var position = 0
  }

  /// Begins a step: ``move(_:along:in:)`` each parameter in turn, then ``finish(_:)``.
  public func begin() throws(TensorError) -> Step {
    let constants = try rule.constants(settings, Double(steps + 1))
    return Step(form: rule.form(settings), constants: constants, numbers: Optimiser.numbers(constants))
  }

  /// Moves the next parameter along its gradient.
  public mutating func move(
    _ parameter: inout Quantity, along gradient: Quantity, in step: inout Step
  ) throws(TensorError) {
    guard gradient.shape == parameter.shape else {
      throw .shapes(
        operation: rule.name, parameter.shape, gradient.shape, wanted: "a gradient of the parameter's shape")
    }
    let position = step.position
    step.position += 1
    var nothing: [Quantity] = []
    if step.form.memory.isEmpty { return try move(&parameter, along: gradient, step, &nothing) }
    if steps == 0, position == memory.count { memory.append(try start(of: step.form, for: parameter)) }
    guard position < memory.count, memory[position].count == step.form.memory.count,
      memory[position].allSatisfy({ $0.shape == parameter.shape })
    else { throw otherParameters }
    try move(&parameter, along: gradient, step, &memory[position])
  }

  /// Ends a step in which every parameter was moved.
  public mutating func finish(_ step: Step) throws(TensorError) {
    guard step.form.memory.isEmpty || step.position == memory.count else { throw otherParameters }
    steps += 1
  }
}

extension Optimiser {
  private static func numbers(_ constants: [Quantity]) -> [Double]? {
    var result = Array(repeating: 0.0, count: UpdateKernel.constantCount)
    for (index, constant) in constants.enumerated() {
      guard case .number(let number) = constant else { return nil }
      result[index] = number
    }
    return result
  }

  /// What is remembered of a parameter before its first step.
  private func start(of form: OptimiserForm, for parameter: Quantity) throws(TensorError) -> [Quantity] {
    var states: [Quantity] = []
    for memory in form.memory {
      guard case .number(let number) = memory.start(settings) else {
        throw .argument(operation: rule.name, "\(memory.name) must start from a number")
      }
      states.append(try .full(number, parameter.shape, parameter.dtype))
    }
    return states
  }

  private func move(
    _ parameter: inout Quantity, along gradient: Quantity, _ step: Step, _ memory: inout [Quantity]
  ) throws(TensorError) {
    if let numbers = step.numbers, !parameter.isTraced, !gradient.isTraced,
      !memory.contains(where: \.isTraced)
    {
      return try step.form.kernel(&parameter, along: gradient, states: &memory, constants: numbers)
    }
    // In primitives, so that the step itself can be differentiated.
    let (keep, decay) = (step.constants[0], step.constants[1])
    var leaf = OptimiserForm.Leaf(
      parameter: try keep * parameter, gradient: try gradient + decay * parameter, memory: memory)
    try step.form.step(&leaf, step.constants)
    parameter = leaf.parameter
    memory = leaf.memory
  }

  private var otherParameters: TensorError {
    .argument(
      operation: rule.name,
      "it remembers other parameters than these; start a new one, or go on with the old parameters")
  }
}

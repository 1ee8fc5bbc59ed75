import Tensors

/// What one operation multiplies incoming gradients with, as a textbook writes it and in numbers.
struct LocalDerivative {
  private let step: BackwardStep
  private let run: ExplainedRun
  private let primitive: (any Primitive)?
  /// The nodes of the operands, -1 for constants.
  private let operands: [Int]
  /// Contributions for an incoming gradient of 1.
  private let local: [Quantity]
  /// Contributions for the gradient that came in, before those of the copies of an operand are added.
  private let products: [Quantity]

  init(_ step: BackwardStep, _ run: ExplainedRun) throws {
    self.step = step
    self.run = run
    (primitive, operands) = run.trace.operation(at: step.node)
    let one = try run.nodes[step.node].value.onesLike()
    local = try run.trace.contributions(of: step.node, cotangent: one).map(\.concrete)
    products = try run.trace.contributions(of: step.node, cotangent: step.incoming).map(\.concrete)
  }

  /// What came in, what became of it and what the operand at `position` receives:
  /// `d sin(u)/du = cos(u) = cos(4) = -0.6536 × 1 = -0.6536`.
  func text(_ position: Int) -> String {
    let incoming = ShortValue.text(step.incoming)
    let contribution = step.contributions[position].concrete
    guard position < local.count, position < products.count, let factor = factor(position) else {
      return "\(primitive?.name ?? "") passes on \(incoming) as \(ShortValue.text(contribution))"
    }
    let product = "\(factor) × \(incoming) = \(ShortValue.text(products[position]))"
    // An operand that broadcasting has spread receives the gradients of all its copies.
    return products[position].shape == contribution.shape
      ? product : "\(product), summed \(ShortValue.text(contribution))"
  }

  /// The derivative in the operand that received the contribution at `position`:
  /// `d sin(u)/du = cos(u) = cos(4) = -0.6536`; nil for operations that do not work element by element.
  private func factor(_ position: Int) -> String? {
    let value = ShortValue.text(local[position])
    let slot = slot(of: position)
    let variable = slot == 0 ? "u" : "v"
    guard let rule = formulas else { return nil }
    let derivative = "d \(rule.function)/d\(variable)"
    guard slot < rule.derivatives.count else { return "\(derivative) = \(value)" }
    let formula = Formula(rule.derivatives[slot])
    var parts = [derivative, formula.renamed(names)]
    // A constant is the same for all elements.
    if formula.usesVariables {
      if let numbers { parts.append(formula.renamed(numbers, times: " · ")) }
      if parts.last != value { parts.append(value) }
    }
    return parts.joined(separator: " = ")
  }

  /// Which operand received the contribution at `position`.
  private func slot(of position: Int) -> Int {
    // The same node may stand on both sides, as in x * x: the contributions come in order.
    let earlier = step.operands[..<position].count { $0 == step.operands[position] }
    let places = operands.indices.filter { operands[$0] == step.operands[position] }
    return earlier < places.count ? places[earlier] : places.first ?? 0
  }

  /// How the tables write the function and its partial derivatives, none where those are told in words; nil for
  /// operations that are not in the tables.
  private var formulas: (function: String, derivatives: [String])? {
    let (function, text): (String, String)
    var count = 1
    switch primitive {
    case let elementwise as ElementwisePrimitive:
      // What is written with a sign has no name in the source.
      let isSign = elementwise === ElementwiseTable.negate || elementwise === ElementwiseTable.square
      function = isSign ? Formula(elementwise.rule.formula).renamed(names) : "\(elementwise.name)(u)"
      text = elementwise.rule.derivativeFormula
    case let binary as BinaryPrimitive:
      let isOperator = (BinaryTable.arithmetic + BinaryTable.division).contains { $0 === binary }
      function = isOperator ? "(\(Formula(binary.rule.formula).renamed(names)))" : "\(binary.name)(u, v)"
      text = binary.rule.derivativeFormula
      count = 2
    default: return nil
    }
    if text.contains(" if ") || text.contains(" for ") { return (function, []) }
    return (function, count == 1 ? [text] : text.split(separator: " and ").map(String.init))
  }

  /// What the tables' variables are called: the operands u and v, the result y.
  private var names: [String: String] {
    primitive is BinaryPrimitive ? ["x": "u", "y": "v", "z": "y"] : ["x": "u", "y": "y"]
  }

  /// The values of the tables' variables where they are numbers and known.
  private var numbers: [String: String]? {
    let kept = run.trace.keptInputs(of: step.node) ?? []
    let variables = primitive is BinaryPrimitive ? ["x", "y"] : ["x"]
    var texts: [String: String] = [:]
    func note(_ name: String, _ value: Quantity?) -> Bool {
      guard case .number(let number)? = value else { return false }
      texts[name] = ShortValue.text(.number(number))
      return true
    }
    for slot in variables.indices {
      let node = slot < operands.count ? operands[slot] : -1
      let value = node >= 0 ? run.nodes[node].value : slot < kept.count ? kept[slot] : nil
      guard note(variables[slot], value) else { return nil }
    }
    return note(variables.count == 1 ? "y" : "z", run.nodes[step.node].value) ? texts : nil
  }
}

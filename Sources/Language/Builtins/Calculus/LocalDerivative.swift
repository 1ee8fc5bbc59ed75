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

  init(_ step: BackwardStep, _ run: ExplainedRun) throws {
    self.step = step
    self.run = run
    (primitive, operands) = run.trace.operation(at: step.node)
    let one = try run.nodes[step.node].value.onesLike()
    local = try run.trace.contributions(of: step.node, cotangent: one).map { $0.value.concrete }
  }

  /// What the operation is called.
  var name: String { primitive?.name ?? "" }

  /// The derivative in the operand that received the contribution at `position`:
  /// `d sin(u)/du = cos(u) = cos(4) = -0.6536`; nil for operations that do not work element by element.
  func text(_ position: Int) -> String? {
    guard position < local.count else { return nil }
    let value = ShortValue.text(local[position])
    let slot = slot(of: position)
    let variable = slot == 0 ? "u" : "v"
    guard let rule = formulas, slot < rule.derivatives.count else {
      if primitive is ElementwisePrimitive { return "d \(name)(u)/du = \(value)" }
      return primitive is BinaryPrimitive ? "d \(name)(u, v)/d\(variable) = \(value)" : nil
    }
    let formula = Formula(rule.derivatives[slot])
    var parts = ["d \(rule.function)/d\(variable)", formula.renamed(names)]
    if let numbers, formula.usesVariables { parts.append(formula.renamed(numbers, times: " · ")) }
    if parts.last != value { parts.append(value) }
    return parts.joined(separator: " = ")
  }

  /// Which operand received the contribution at `position`.
  private func slot(of position: Int) -> Int {
    // The same node may stand on both sides, as in x * x: the contributions come in order.
    let earlier = step.operands[..<position].count { $0 == step.operands[position] }
    let places = operands.indices.filter { operands[$0] == step.operands[position] }
    return earlier < places.count ? places[earlier] : places.first ?? 0
  }

  /// How the tables write the function and its partial derivatives; nil for those told in words.
  private var formulas: (function: String, derivatives: [String])? {
    let (function, text): (String, String)
    switch primitive {
    case let elementwise as ElementwisePrimitive:
      // What is written with a sign has no name in the source.
      let isSign = elementwise === ElementwiseTable.negate || elementwise === ElementwiseTable.square
      (function, text) = (
        isSign ? Formula(elementwise.rule.formula).renamed(names) : "\(elementwise.name)(u)",
        elementwise.rule.derivativeFormula
      )
    case let binary as BinaryPrimitive:
      (function, text) = (
        "(\(Formula(binary.rule.formula).renamed(names)))", binary.rule.derivativeFormula
      )
    default: return nil
    }
    if text.contains(" if ") || text.contains(" for ") { return nil }
    let derivatives = primitive is BinaryPrimitive ? text.split(separator: " and ").map(String.init) : [text]
    return (function, derivatives)
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
      let text = ShortValue.text(.number(number))
      texts[name] = number < 0 ? "(\(text))" : text
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

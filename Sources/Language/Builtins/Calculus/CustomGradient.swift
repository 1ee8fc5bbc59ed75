import Tensors

/// A function of the language with a derivative that the user wrote.
///
/// The leaves of its first argument are the operands; whatever else the function sees must be constant, because
/// there is no rule for it.
final class CustomGradient: Primitive {
  let name = "custom_gradient"
  let keeps: Kept = [.inputs, .output]

  private let machine: Machine
  private let function: Value
  private let rule: Value
  /// The first argument, for its form.
  private let argument: Value
  private let rest: [Value]
  private let named: [(String, Value)]

  init(
    _ machine: Machine, _ function: Value, _ rule: Value, argument: Value, rest: [Value],
    named: [(String, Value)]
  ) {
    self.machine = machine
    self.function = function
    self.rule = rule
    self.argument = argument
    self.rest = rest
    self.named = named
  }
}

extension CustomGradient {
  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    try calledBack {
      let leaves = (0..<inputs.count).map { inputs[$0] }
      let output = try machine.call(
        function, [Structure.rebuild(argument, with: leaves)] + rest, named: named)
      try CustomGradient.requireConstant(output, of: function)
      guard let quantity = output.leaf else {
        throw Diagnostic(
          "custom_gradient needs a function that returns a number or a tensor, but \(function.callName) returned "
            + output.kind, kind: .type)
      }
      return quantity.concrete
    }
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let incoming = g
    let leafCount = try calledBack { try Structure.quantities(of: argument).count }
    let inputs = (0..<leafCount).map { application[input: $0] }
    let gradients = try calledBack {
      let x = try Structure.rebuild(argument, with: inputs)
      let result = try machine.call(rule, [x, Value(application.output), Value(incoming)])
      return try leaves(of: result, for: inputs)
    }
    for (position, gradient) in gradients.enumerated() where application.varies(position) {
      try cotangents.add(position) { () throws(TensorError) in gradient }
    }
  }

  /// Throws when what a function with a rule returned depends on what is differentiated although its first
  /// argument does not.
  static func requireConstant(_ output: Value, of function: Value) throws {
    guard try LostGradient.isDifferentiated(output) else { return }
    throw Diagnostic(
      "custom_gradient: the rule is for the first argument of \(function.callName), but something else that it uses is differentiated too",
      kind: .value,
      hint:
        "put both into a list or record, f((x, w)), with a rule that returns a gradient for each; stop_gradient(w) makes w a constant"
    )
  }

  /// The leaves of what the rule returned, which has the form of the argument and shapes of `inputs`.
  private func leaves(of result: Value, for inputs: [Quantity]) throws -> [Quantity] {
    let (given, wanted) = (try Structure.leaves(of: result), try Structure.leaves(of: argument))
    guard given.map(\.path) == wanted.map(\.path) else {
      throw Diagnostic(
        "custom_gradient: the rule must return a gradient of the form of x, not \(result.kind)", kind: .type)
    }
    for (leaf, input) in zip(given, inputs) where leaf.quantity.shape != input.shape {
      throw Diagnostic(
        "custom_gradient: the rule returned \(Value(leaf.quantity).kind) for \(Value(input).kind)"
          + (leaf.path.isEmpty ? "" : " at \(leaf.path)"), kind: .shape,
        hint: "g * dy/dx has the shape of x")
    }
    return given.map(\.quantity)
  }

  /// Carries errors of the language through the tensors' code.
  private func calledBack<Result>(_ body: () throws -> Result) throws(TensorError) -> Result {
    do {
      return try body()
    } catch {
      throw .callback(error)
    }
  }
}

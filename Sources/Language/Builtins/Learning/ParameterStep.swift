import Learning
import Tensors

/// One step of whatever optimiser the user gave: one of the library's or one of their own.
enum ParameterStep {
  /// The parameters moved along `gradient`, and the optimiser after the step.
  ///
  /// Parameters are any structure; what is marked as fixed, functions and strings stay as they are.
  static func take(
    _ optimiser: Value, _ parameters: Value, along gradient: Value, _ machine: Machine
  ) throws -> (parameters: Value, optimiser: Value) {
    guard case .record(let record) = optimiser, let method = record["step"], method.isCallable else {
      throw Diagnostic(
        "step: the optimizer must be a record with a function `step`, not \(optimiser.kind)", kind: .type,
        hint: "sgd(0.1) and adam(0.01) are; your own has step: (self, p, g) -> (p, self)")
    }
    if let own = OptimiserRecord(record) { return try take(own, parameters, along: gradient, machine) }
    if case .function(let function) = method, function.builtin === OptimiserBuiltins.step {
      throw Diagnostic(
        "step: the optimizer's name is not that of one of the library", kind: .name,
        hint: "they are \(OptimiserTable.all.map(\.name).joined(separator: ", "))")
    }
    let result = try machine.call(method, [optimiser, parameters, gradient])
    guard case .list(let pair) = result, pair.items.count == 2 else {
      throw Diagnostic(
        "step: the optimizer's own step must return (p, self), not \(result.kind)", kind: .type)
    }
    return (pair.items[0].unfixed, pair.items[1].unfixed)
  }

  private static func take(
    _ own: OptimiserRecord, _ parameters: Value, along gradient: Value, _ machine: Machine
  ) throws -> (parameters: Value, optimiser: Value) {
    guard parameters.leaf != nil || parameters.isStructure else {
      throw Diagnostic(
        "step: parameters are numbers, tensors, or lists and records of them, not \(parameters.kind)",
        kind: .type)
    }
    // Counts parts of what may share them, so that the walk below ends.
    if parameters.depth > 2 { _ = try Structure.quantities(of: parameters) }
    var optimiser = try own.optimiser(machine)
    var step = try optimiser.begin()
    var walk = StructureWalk("update", remembersShared: false) { parameter, slope, _ in
      let slope = slope ?? parameter
      guard parameter.shape == slope.shape else {
        throw TensorError.broadcast(parameter.shape, slope.shape, axis: -1)
      }
      var moved = parameter
      try optimiser.move(&moved, along: slope, in: &step)
      return Value(moved)
    }
    let moved = try walk.run(parameters, gradient)
    try optimiser.finish(step)
    return (moved, try own.after(optimiser))
  }
}

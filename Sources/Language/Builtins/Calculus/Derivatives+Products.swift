import Tensors

extension Derivatives {
  /// The derivative of `function` at `point` along `direction`, in the structure of its output.
  ///
  /// The gradient of `sum(u * f(x))` is linear in u; its own derivative in u is the product wanted.
  /// So two backward passes make a forward one, and there is no second set of rules.
  static func jvp(_ function: (Value) throws -> Value, at point: Value, along direction: Value) throws
    -> Value
  {
    // Opened first: the recording of the function belongs inside it.
    let outer = Trace()
    defer { outer.close() }
    let recording = try Recording(of: point, function)
    let outputs = try numericOutputs(recording, "jvp")
    let weights = try outputs.map { outer.variable(try $0.zerosLike()) }
    let gradients = try recording.gradients(weights)
    let directions = try matching(direction, point, "jvp: v", "x")
    var sum: Quantity = 0
    for (gradient, direction) in zip(gradients, directions) { sum = try sum + (gradient * direction).sum() }
    let products = try outer.gradients(of: sum, cotangent: 1, for: weights)
    return try Structure.rebuild(recording.detached(recording.output), with: products)
  }

  /// The gradient of `sum(weights * function(point))`, in the structure of the point.
  static func vjp(_ function: (Value) throws -> Value, at point: Value, weights: Value) throws -> Value {
    let recording = try Recording(of: point, function)
    let outputs = try numericOutputs(recording, "vjp")
    var cotangents: [Quantity]
    if let weight = weights.leaf, weight.shape.rank == 0 {
      cotangents = try outputs.map { try weight * $0.onesLike() }
    } else {
      cotangents = try matching(weights, recording.output, "vjp: c", "f(x)")
    }
    return try recording.structured(recording.gradients(cotangents))
  }

  private static func numericOutputs(_ recording: Recording, _ builtin: String) throws -> [Quantity] {
    guard recording.argument.leaf != nil || recording.argument.isStructure else {
      throw Diagnostic(
        "\(builtin): x must be a number, a tensor or a structure of them, not \(recording.argument.kind)",
        kind: .type)
    }
    guard recording.output.leaf != nil || recording.output.isStructure else {
      throw Diagnostic(
        "\(builtin) needs a function that returns numbers, but it returned \(recording.output.kind)",
        kind: .type)
    }
    return try Structure.quantities(of: recording.output)
  }

  /// The leaves of `value`, which must have the paths and shapes of those of `model`.
  private static func matching(
    _ value: Value, _ model: Value, _ name: String, _ modelName: String
  ) throws -> [Quantity] {
    let (given, wanted) = (try Structure.leaves(of: value), try Structure.leaves(of: model))
    guard given.map(\.path) == wanted.map(\.path) else {
      throw Diagnostic("\(name) must have the form of \(modelName)", kind: .shape)
    }
    for (given, wanted) in zip(given, wanted) where given.quantity.shape != wanted.quantity.shape {
      let path = given.path.isEmpty ? "" : " at \(given.path)"
      throw Diagnostic(
        "\(name) must have the shape of \(modelName)\(path), \(wanted.quantity.shape), not \(given.quantity.shape)",
        kind: .shape)
    }
    return given.map(\.quantity)
  }
}

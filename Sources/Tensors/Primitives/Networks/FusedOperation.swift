/// An operation with kernels of its own for its value and for its gradient.
///
/// Its definition in primitives says what these compute, and gives the derivatives beyond the first.
protocol FusedOperation: Primitive {
  /// The same in primitives.
  func definition(_ operands: [Quantity]) throws(TensorError) -> Quantity

  /// The gradients of `sum(g * value)` with respect to those operands that are wanted, in order, each of
  /// the operand's shape; everything is plain.
  func gradients(
    _ operands: [Quantity], _ g: Quantity, wanted: [Bool]
  ) throws(TensorError) -> [Tensor]
}

extension FusedOperation {
  var keeps: Kept { .inputs }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    var operands: [Quantity] = []
    for position in 0..<application.keptCount { operands.append(application[input: position]) }
    let wanted = operands.indices.map { application.varies($0) }
    let packed = try FusedGradient(self, wanted: wanted).apply(Inputs(operands + [g]))
    var start = 0
    for position in operands.indices where wanted[position] {
      let shape = operands[position].shape
      try cotangents.add(position) { () throws(TensorError) in
        try packed.slice(axis: 0, start..<start + shape.count).reshaped(to: shape)
      }
      start += shape.count
    }
  }
}

/// The gradients of a fused operation, one after the other in a vector.
///
/// The operands are those of the operation, then what comes in for its value.
final class FusedGradient: Primitive {
  private let operation: any FusedOperation
  private let wanted: [Bool]

  init(_ operation: any FusedOperation, wanted: [Bool]) {
    self.operation = operation
    self.wanted = wanted
  }

  var name: String { operation.name + "_gradient" }
  var keeps: Kept { .inputs }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let operands = (0..<inputs.count - 1).map { inputs[$0] }
    let gradients = try operation.gradients(operands, inputs[inputs.count - 1], wanted: wanted)
    var vectors: [Quantity] = []
    for gradient in gradients { vectors.append(.tensor(try gradient.reshaped(to: [gradient.count]))) }
    return vectors.count == 1 ? vectors[0] : try .concat(vectors, axis: 0)
  }

  /// Differentiates the gradient of the definition once more.
  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let g = g
    let outer = Trace()
    var variables: [Quantity] = []
    for position in 0..<application.keptCount {
      variables.append(outer.variable(application[input: position]))
    }
    let packed = try gradientOfDefinition(Array(variables.dropLast()), variables[variables.count - 1])
    outer.close()
    let gradients = try outer.gradients(of: packed, cotangent: g, for: variables)
    for (position, gradient) in gradients.enumerated() {
      try cotangents.add(position) { () throws(TensorError) in gradient }
    }
  }

  private func gradientOfDefinition(_ operands: [Quantity], _ g: Quantity) throws(TensorError) -> Quantity {
    let inner = Trace()
    var variables: [Quantity] = []
    for operand in operands { variables.append(inner.variable(operand)) }
    let value = try operation.definition(variables)
    inner.close()
    let chosen = variables.indices.filter { wanted[$0] }.map { variables[$0] }
    var vectors: [Quantity] = []
    for gradient in try inner.gradients(of: value, cotangent: g, for: chosen) {
      vectors.append(try gradient.reshaped(to: [gradient.shape.count]))
    }
    return try .concat(vectors, axis: 0)
  }
}

extension Trace {
  /// The gradients of `sum(cotangent * output)` with respect to `variables`.
  ///
  /// A variable that the output does not depend on gets zeros. Walks the recording once from its
  /// end; `observer` sees each step for explanations.
  public func gradients(
    of output: Quantity, cotangent: Quantity, for variables: [Quantity],
    observer: ((BackwardStep) -> Void)? = nil
  ) throws(TensorError) -> [Quantity] {
    var indices: [Int] = []
    for variable in variables {
      guard case .traced(let traced) = variable, traced.trace === self else {
        indices.append(-1)
        continue
      }
      indices.append(Int(traced.index))
    }
    guard case .traced(let result) = output, result.trace === self else {
      var zeros: [Quantity] = []
      for variable in variables {
        zeros.append(try .zeros(Form(shape: variable.shape, dtype: variable.dtype)))
      }
      return zeros
    }
    let last = Int(result.index)
    var cotangents = Cotangents(self, count: last + 1, application: Application(self, last))
    cotangents.start(last, with: cotangent)
    for index in stride(from: last, through: 0, by: -1) {
      guard let primitive = tape.nodes[index].primitive, let g = cotangents.take(index) else { continue }
      let application = Application(self, index)
      cotangents.application = application
      if let observer {
        var contributions: [(Int, Quantity)] = []
        let incoming = g
        cotangents.observer = { contributions.append(($0, $1)) }
        try primitive.pullback(application, incoming, &cotangents)
        cotangents.observer = nil
        observer(
          BackwardStep(
            node: index,
            operands: (0..<contributions.count).map { Int(application.index(of: contributions[$0].0)) },
            incoming: incoming, contributions: contributions.map(\.1)))
        continue
      }
      // Handed over, so that the rule may work in place.
      try primitive.pullback(application, consume g, &cotangents)
    }
    var gradients: [Quantity] = []
    for (position, index) in indices.enumerated() {
      let variable = variables[position]
      if index >= 0, index <= last, let gradient = cotangents.take(index) {
        gradients.append(gradient)
      } else {
        gradients.append(try .zeros(Form(shape: variable.shape, dtype: variable.dtype)))
      }
    }
    return gradients
  }
}

/// One line of a backward pass: an operation, what came in and what it passed on.
public struct BackwardStep {
  /// The operation's node.
  public let node: Int
  /// The nodes that received something, in the order of the contributions.
  public let operands: [Int]
  /// The gradient with respect to the operation's result.
  public let incoming: Quantity
  /// What each receiving operand got.
  public let contributions: [Quantity]
}

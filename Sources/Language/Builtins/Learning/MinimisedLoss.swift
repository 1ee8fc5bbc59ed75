import Learning
import Tensors

/// A loss of the language over any structure, as what minimisers work on.
struct MinimisedLoss {
  private let call: DerivativeCall
  private let parameters: FlatParameters

  /// The function at a position of a builtin's arguments, in the numbers of `parameters`.
  init(_ call: borrowing Call, of function: Value, in parameters: FlatParameters) {
    self.call = DerivativeCall(call, of: function, at: parameters.template)
    self.parameters = parameters
  }
}

extension MinimisedLoss {
  /// The loss with its derivatives.
  var objective: Objective {
    Objective(value: value, slope: slope, curvature: curvature)
  }

  private func value(_ point: [Double]) throws -> Double {
    try call.machine.checkInterruption()
    return try number(Derivatives.single(call(parameters.structure(point)).unfixed, call))
  }

  private func slope(_ point: [Double]) throws -> (value: Double, gradient: [Double]) {
    try call.machine.checkInterruption()
    let recording = try Recording(of: parameters.structure(point)) { try call($0) }
    let output = try Derivatives.single(recording.output, call)
    return (try number(output), try parameters.numbers(recording.gradients(of: output, cotangent: 1)))
  }

  /// The value of a loss whose own recording is over.
  private func number(_ output: Quantity) throws(Diagnostic) -> Double {
    try LostGradient.refuse(
      Value(output),
      "\(call.builtin): \(call.function.callName) uses what is being differentiated, but its minimum has no derivative here",
      hint:
        "root(loss', start) finds it with a derivative, where the slope is 0; stop_gradient(x) makes x a constant"
    )
    return output.double
  }

  /// A backward pass through the gradient for each number.
  private func curvature(_ point: [Double]) throws -> [Double] {
    let outer = try Recording(of: parameters.structure(point)) { argument in
      let inner = try Recording(of: argument) { try call($0) }
      let gradient = try inner.gradients(of: Derivatives.single(inner.output, call), cotangent: 1)
      return .list(try List(gradient.map { Value($0) }))
    }
    var rows: [Double] = []
    for leaf in try Structure.quantities(of: outer.output) {
      for position in 0..<leaf.shape.count {
        try call.machine.checkInterruption()
        let unit = leaf.shape.rank == 0 ? 1 : try Derivatives.unit(position, leaf)
        rows += try parameters.numbers(outer.gradients(of: leaf, cotangent: unit))
      }
    }
    return rows
  }
}

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
    let output = try call(parameters.structure(point))
    return try Derivatives.single(output.unfixed, call).double
  }

  private func slope(_ point: [Double]) throws -> (value: Double, gradient: [Double]) {
    try call.machine.checkInterruption()
    let recording = try Recording(of: parameters.structure(point)) { try call($0) }
    let output = try Derivatives.single(recording.output, call)
    return (output.double, try parameters.numbers(recording.gradients(of: output, cotangent: 1)))
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

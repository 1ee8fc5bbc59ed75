import Learning
import Tensors

/// A model of the language with the data it is fitted to, as what least squares works on.
struct FitModel {
  let machine: Machine
  /// `(p, x) -> …`
  let model: Value
  let x: Value
  let parameters: FlatParameters
  /// How many values the model makes, and their shape; nil for whatever it makes.
  private let shape: Shape?
  private let name: String

  /// A model that must make values of `shape` of `x`; `name` is that of the builtin, for errors.
  init(
    _ machine: Machine, _ name: String, _ model: Value, x: Value, in parameters: FlatParameters, shape: Shape?
  ) {
    self.machine = machine
    self.name = name
    self.model = model
    self.x = x
    self.parameters = parameters
    self.shape = shape
  }

  /// What a model makes at a point.
  struct Prediction {
    /// Its values.
    let values: [Double]
    /// Their shape.
    let shape: Shape
    /// Their derivatives in each parameter, one column after the other.
    let jacobian: () throws -> [Double]
  }
}

extension FitModel {
  /// What the model makes with these parameters.
  func prediction(at point: [Double]) throws -> Prediction {
    try machine.checkInterruption()
    // Opened first: should one walk not give all columns, it records the walk.
    let outer = Trace()
    let recording = try Recording(of: parameters.structure(point)) { try machine.call(model, [$0, x]) }
    guard let output = recording.output.quantity else {
      throw Diagnostic(
        "\(name): the model must return numbers, not \(recording.output.kind)", kind: .type,
        hint: "model: (p, x) -> p.a * exp(-p.b * x)")
    }
    // Its own recording is over: what is left belongs to a derivative around the fit.
    try LostGradient.refuse(
      Value(output),
      "\(name): the model or x uses what is being differentiated, but \(name) has no derivative",
      hint: "stop_gradient(x) makes x a constant")
    let wanted = shape ?? output.shape
    guard output.shape == wanted || output.shape.rank == 0 else { throw wrongShape(output.shape, wanted) }
    let values = try output.elements()
    return Prediction(
      values: values.count == wanted.count ? values : Array(repeating: values[0], count: wanted.count),
      shape: wanted,
      jacobian: {
        let columns = try self.columns(recording, output, outer)
        outer.close()
        return try columns.flatMap { column in
          let numbers = try column.elements()
          return numbers.count == wanted.count ? numbers : Array(repeating: numbers[0], count: wanted.count)
        }
      })
  }

  /// A column for each parameter: from one walk backwards where the model works element by element, else from
  /// one walk for each parameter through the derivative of the walk.
  private func columns(_ recording: Recording, _ output: Quantity, _ outer: Trace) throws -> [Quantity] {
    if let columns = try recording.trace.columns(of: output, for: recording.variables) {
      return columns.flatMap { $0 }
    }
    let weights = outer.variable(try output.zerosLike())
    var columns: [Quantity] = []
    for gradient in try recording.gradients(of: output, cotangent: weights) {
      for position in 0..<gradient.shape.count {
        try machine.checkInterruption()
        let unit = gradient.shape.rank == 0 ? 1 : try Derivatives.unit(position, gradient)
        columns.append(try outer.gradients(of: gradient, cotangent: unit, for: [weights])[0])
      }
    }
    return columns
  }

  private func wrongShape(_ made: Shape, _ wanted: Shape) -> Diagnostic {
    var hint = "the model is called once with all of x and returns a value for each datum"
    if made.count == wanted.count { hint = "reshape(…) or [:, 0] turns one into the other" }
    return Diagnostic(
      "\(name): the model makes \(made) of x, but y is \(wanted)", kind: .shape, hint: hint)
  }
}

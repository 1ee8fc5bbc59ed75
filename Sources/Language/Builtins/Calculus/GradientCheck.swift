import Tensors

/// The comparison of a gradient with central differences, number by number.
struct GradientCheck {
  /// The largest difference found, relative to numbers above 1.
  private(set) var error = 0.0
  /// Where it was found: `layers[1].w[0, 2]`.
  private(set) var worst = ""
  /// What differentiation says there.
  private(set) var gradient = 0.0
  /// What the differences say there.
  private(set) var difference = 0.0
  /// How many numbers were compared.
  private(set) var count = 0
  /// The difference found at each number, in the form of the argument.
  private(set) var errors = Value.none

  /// Compares the derivatives of `call`'s function at its argument, in 64-bit floats.
  ///
  /// Every evaluation draws the same random numbers.
  init(_ call: DerivativeCall) throws {
    let random = call.machine.state.random
    let argument = try Structure.map(call.checkedArgument()) { try GradientCheck.doubled($0) }
    let recording = try Recording(of: argument) { try call($0) }
    let output = try Derivatives.single(recording.output, call)
    let gradients = try recording.gradients(of: output, cotangent: 1)
    let leaves = try Structure.leaves(of: argument)
    var quantities = leaves.map(\.quantity)
    var errors: [Quantity] = []
    for (index, leaf) in leaves.enumerated() {
      var found: [Double] = []
      let elements = try leaf.quantity.elements()
      let derivatives = try gradients[index].elements()
      for (position, element) in elements.enumerated() {
        try call.machine.checkInterruption()
        // The cube root of the rounding error balances it against that of the formula.
        let step = 6e-6 * max(1, abs(element))
        var values: [Double] = []
        for shifted in [element + step, element - step] {
          var changed = elements
          changed[position] = shifted
          quantities[index] = try Quantity(changed, shape: leaf.quantity.shape)
          call.machine.state.random = random
          let value = try call(Structure.rebuild(argument, with: quantities))
          values.append(try Derivatives.single(value.unfixed, call).elements()[0])
        }
        quantities[index] = leaf.quantity
        found.append(
          note(
            leaf.path + GradientCheck.index(position, leaf.quantity.shape), derivatives[position],
            (values[0] - values[1]) / ((element + step) - (element - step))))
      }
      errors.append(try Quantity(found, shape: leaf.quantity.shape))
    }
    self.errors = try Structure.rebuild(argument, with: errors)
  }

  /// Compares two derivatives; what is returned is their difference relative to numbers above 1.
  private mutating func note(_ place: String, _ gradient: Double, _ difference: Double) -> Double {
    count += 1
    var error = abs(gradient - difference) / max(1, abs(gradient), abs(difference))
    if gradient == difference { error = 0 }
    // Nan is the worst of all.
    if worst.isEmpty || error > self.error || (error.isNaN && !self.error.isNaN) {
      (self.error, worst, self.gradient, self.difference) = (error, place, gradient, difference)
    }
    return error
  }

  private static func doubled(_ quantity: Quantity) throws -> Quantity {
    switch quantity.concrete {
    case .tensor(let tensor): .tensor(try tensor.converted(to: .f64))
    case .number, .traced: quantity.concrete
    }
  }

  /// Writes the place of an element of a tensor: `[1, 0]`, nothing for a number.
  static func index(_ position: Int, _ shape: Shape) -> String {
    guard shape.rank > 0 else { return "" }
    var rest = position
    var indices: [String] = []
    for length in shape.reversed() {
      indices.append(String(rest % length))
      rest /= length
    }
    return "[" + indices.reversed().joined(separator: ", ") + "]"
  }
}

extension Quantity {
  /// The plain numbers it holds, in row-major order.
  func elements() throws -> [Double] {
    switch concrete {
    case .number(let number): [number]
    case .tensor(let tensor): try tensor.doubles()
    case .traced: preconditionFailure("a concrete quantity is not traced")
    }
  }

  /// A tensor of these numbers; a number for the empty shape.
  init(_ elements: [Double], shape: Shape) throws {
    self = shape.rank == 0 ? .number(elements[0]) : .tensor(try Tensor(elements, shape: shape))
  }
}

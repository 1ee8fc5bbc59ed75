import Tensors

/// Compares the first gradient of a run with a difference of losses along a random direction.
///
/// A derivative that is wrong (most often a `custom_gradient`) makes training fail without an error, so
/// two more evaluations of the loss are well spent.
struct GradientProbe {
  private let options: FitOptions
  /// The random stream as it was when the gradient was taken: dropout must draw the same masks.
  private let random: RandomStream
  private let x: Value
  private let y: Value

  init(_ options: FitOptions, random: RandomStream, x: Value, y: Value) {
    self.options = options
    self.random = random
    self.x = x
    self.y = y
  }

  /// Warns when the slope along the direction is not what the gradient says.
  func check(_ gradient: Value) throws {
    let leaves = try Structure.leaves(of: options.model)
    let gradients = try Structure.quantities(of: gradient)
    guard leaves.count == gradients.count else { return }
    let isSingle = leaves.contains { $0.quantity.dtype == .f32 }
    guard
      try Slopes(self, leaves, at: leaves.map(\.quantity), gradients, isSingle).disagreement() != nil
    else { return }
    // Units that no bias has moved yet may stand right on the edge of a relu, where differences tell the mean of
    // two slopes. A wrong rule is wrong beside it too.
    let place = try moved(leaves.map(\.quantity), by: isSingle ? 0.1 : 1e-3, key: 0x6564_6765)
    guard let beside = try self.gradients(at: place),
      let found = try Slopes(self, leaves, at: place, beside, isSingle).disagreement()
    else { return }
    options.machine.host.show(
      .note(
        "the gradient of the loss disagrees with differences of the loss: \(found); check custom_gradient and "
          + "stop_gradient, or silence this with gradient_check: false"))
  }

  /// Normal numbers for each leaf, always the same; the session's random stream is not touched.
  fileprivate func directions(_ leaves: [Quantity], key: UInt64) throws -> [Quantity] {
    var stream = RandomStream(key: key)
    return try leaves.map { try stream.normal($0.shape, $0.dtype) }
  }

  private func moved(_ leaves: [Quantity], by step: Double, key: UInt64) throws -> [Quantity] {
    try zip(leaves, directions(leaves, key: key)).map { try $0 + .number(step) * $1 }
  }

  /// The gradients of the loss at other parameters; nil where it has none.
  private func gradients(at place: [Quantity]) throws -> [Quantity]? {
    let recording = try Recording(of: Structure.rebuild(options.model, with: place)) { try loss($0) }
    guard let output = recording.output.leaf, output.shape.rank == 0 else { return nil }
    return try recording.gradients(of: output, cotangent: 1)
  }

  /// The loss of changed parameters, with the draws of the step that is being checked.
  fileprivate func loss(_ model: Value) throws -> Value {
    let machine = options.machine
    let now = machine.state.random
    machine.state.random = random
    defer { machine.state.random = now }
    return try options.loss.training(model, x, y).loss
  }

  /// The loss where the leaves of the model have these values.
  fileprivate func loss(at place: [Quantity]) throws -> Double {
    try loss(Structure.rebuild(options.model, with: place)).quantity?.numbers().first ?? .nan
  }
}

/// Slopes at one place along a random direction, by the gradient and by differences.
private struct Slopes {
  private let probe: GradientProbe
  private let leaves: [Structure.Leaf]
  private let place: [Quantity]
  private let gradients: [Quantity]
  private let directions: [Quantity]
  /// Whether any parameter has single precision.
  private let isSingle: Bool

  init(
    _ probe: GradientProbe, _ leaves: [Structure.Leaf], at place: [Quantity], _ gradients: [Quantity],
    _ isSingle: Bool
  ) throws {
    self.probe = probe
    self.leaves = leaves
    self.place = place
    self.gradients = gradients
    self.isSingle = isSingle
    directions = try probe.directions(place, key: 0x6772_6164)
  }

  /// Where and how far both are apart, told of the worst leaf; nil when they agree along all of them.
  func disagreement() throws -> String? {
    guard let all = try gap(Array(leaves.indices)) else { return nil }
    var worst: (path: String, text: String)?
    var largest = 0.0
    for position in leaves.indices {
      guard let found = try gap([position]), found.error >= largest else { continue }
      (worst, largest) = ((leaves[position].path, found.text), found.error)
    }
    return worst.map { "in \($0.path.isEmpty ? "the parameter" : $0.path) \($0.text)" } ?? all.text
  }

  /// Slope by the gradient against slope by differences along the directions of some leaves; nil when they agree.
  private func gap(_ positions: [Int]) throws -> (error: Double, text: String)? {
    var expected = 0.0
    for position in positions {
      expected += try (gradients[position] * directions[position]).sum().numbers().first ?? 0
    }
    let step = isSingle ? 1e-2 : 1e-5
    func loss(_ sign: Double) throws -> Double {
      var moved = place
      for position in positions {
        moved[position] = try moved[position] + .number(sign * step) * directions[position]
      }
      return try probe.loss(at: moved)
    }
    let (above, below) = (try loss(1), try loss(-1))
    let measured = (above - below) / (2 * step)
    guard measured.isFinite, expected.isFinite else { return nil }
    // What rounding of the loss itself can do to the difference.
    let noise = (isSingle ? 1e-6 : 1e-13) * max(abs(above), abs(below), 1) / step
    let error = abs(measured - expected)
    guard error > (isSingle ? 0.1 : 0.01) * max(abs(measured), abs(expected)) + noise else { return nil }
    return (error, "the slope is \(Display.short(measured)), by the gradient \(Display.short(expected))")
  }
}

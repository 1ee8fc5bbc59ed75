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
    let directions = try directions(leaves)
    guard let all = try disagreement(leaves, gradients, directions, only: nil) else { return }
    var worst: (path: String, text: String)?
    var largest = 0.0
    for position in leaves.indices {
      guard let found = try disagreement(leaves, gradients, directions, only: position),
        found.error >= largest
      else { continue }
      (worst, largest) = ((leaves[position].path, found.text), found.error)
    }
    let place = worst.map { "in \($0.path.isEmpty ? "the parameter" : $0.path) \($0.text)" } ?? all.text
    options.machine.host.show(
      .note(
        "the gradient of the loss disagrees with differences of the loss: \(place); check custom_gradient and "
          + "stop_gradient, or silence this with gradient_check: false"))
  }

  /// A fixed direction of normal numbers; the session's random stream is not touched.
  private func directions(_ leaves: [Structure.Leaf]) throws -> [Quantity] {
    var stream = RandomStream(key: 0x6772_6164)
    return try leaves.map { try stream.normal($0.quantity.shape, $0.quantity.dtype) }
  }

  /// Slope by the gradient against slope by differences along all directions or one leaf's; nil when they
  /// agree.
  private func disagreement(
    _ leaves: [Structure.Leaf], _ gradients: [Quantity], _ directions: [Quantity], only: Int?
  ) throws -> (error: Double, text: String)? {
    let positions = only.map { [$0] } ?? Array(leaves.indices)
    var expected = 0.0
    for position in positions {
      expected += try (gradients[position] * directions[position]).sum().numbers().first ?? 0
    }
    let isSingle = leaves.contains { $0.quantity.dtype == .f32 }
    let step = isSingle ? 1e-2 : 1e-5
    func loss(_ sign: Double) throws -> Double {
      var moved = leaves.map(\.quantity)
      for position in positions {
        moved[position] = try moved[position] + .number(sign * step) * directions[position]
      }
      return try self.loss(Structure.rebuild(options.model, with: moved))
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

  /// The loss of changed parameters, with the draws of the step that is being checked.
  private func loss(_ model: Value) throws -> Double {
    let machine = options.machine
    let now = machine.state.random
    machine.state.random = random
    defer { machine.state.random = now }
    return try options.loss.training(model, x, y).loss.quantity?.numbers().first ?? .nan
  }
}

import Tensors

/// What the losses have in common: operands of one shape, weights and a reduction.
struct LossCall {
  private let call: Call
  /// The first argument: what a model says.
  let prediction: Quantity
  /// The second: what should have been said.
  let target: Quantity
  /// Whether the target holds truth values.
  let isTruth: Bool

  /// Positions of `reduction` and `weights` in the signature.
  private let reduction: Int
  private let weights: Int

  /// The arguments of a loss whose last two parameters are `reduction` and `weights`.
  init(_ call: borrowing Call) throws(Diagnostic) {
    self.call = copy call
    prediction = try call.quantity(0)
    target = try call.quantity(1)
    if case .bool = call[1] { isTruth = true } else { isTruth = target.dtype == .bool }
    reduction = call.parameters.count - 2
    weights = call.parameters.count - 1
  }
}

extension LossCall {
  /// Throws unless both operands have one shape: broadcasting `[n, 1]` against `[n]` would quietly
  /// compare everything with everything.
  func requireOneShape() throws(Diagnostic) {
    let (mine, theirs) = (prediction.shape, target.shape)
    guard mine != theirs else { return }
    throw Diagnostic(
      "\(call.builtin.name): prediction is \(name(mine)) and target is \(name(theirs)), they must have one shape",
      kind: .shape, hint: fixes(mine, theirs))
  }

  private func fixes(_ mine: Shape, _ theirs: Shape) -> String {
    if mine.rank == theirs.rank + 1, mine.array.last == 1, mine.withoutLast == theirs {
      let slices = String(repeating: ":, ", count: theirs.rank)
      return "prediction[\(slices)0] makes it \(theirs), target[\(slices)none] makes the target \(mine)"
    }
    if theirs.rank == mine.rank + 1, theirs.array.last == 1, theirs.withoutLast == mine {
      let slices = String(repeating: ":, ", count: mine.rank)
      return "target[\(slices)0] makes it \(mine), prediction[\(slices)none] makes the prediction \(theirs)"
    }
    if theirs.rank == 0 { return "full(…, value) makes a target of that shape" }
    return "reshape one of them; nothing is broadcast here"
  }

  private func name(_ shape: Shape) -> String { shape.rank == 0 ? "a number" : "\(shape)" }

  /// The values combined as `reduction` says; with weights the mean is divided by their sum.
  func reduced(_ values: Quantity) throws -> Value {
    guard !call.isMissing(weights) else {
      return Value(try combined(values, count: Double(values.shape.count)))
    }
    let given = try call.quantity(weights)
    guard given.shape.rank == 0 || (try? given.shape.broadcast(with: values.shape)) == values.shape else {
      throw Diagnostic(
        "\(call.builtin.name): weights are \(given.shape), they do not fit the values of shape \(values.shape)",
        kind: .shape)
    }
    return try reduced(values, weights: given.broadcast(to: values.shape))
  }

  /// The same with the weight of every value.
  func reduced(_ values: Quantity, weights: Quantity) throws -> Value {
    let weighted = try values * weights
    return Value(try combined(weighted, sum: weights.sum()))
  }

  /// The weights argument, when it was given.
  func givenWeights() throws -> Quantity? {
    call.isMissing(weights) ? nil : try call.quantity(weights)
  }

  private func combined(_ values: Quantity, count: Double) throws -> Quantity {
    try combined(values, sum: .number(count))
  }

  private func combined(_ values: Quantity, sum weight: Quantity) throws -> Quantity {
    switch try call.string(reduction) {
    case "mean": return try values.sum() / weight
    case "sum": return try values.sum()
    case "none": return values
    case let other:
      throw Diagnostic(
        "\(call.builtin.name): nothing is called reduction \"\(other)\"",
        hint: "use \"mean\", \"sum\" or \"none\"")
    }
  }
}

extension LossCall {
  /// The labels of the rows of a prediction `[…, classes]`: whole numbers from 0 to classes - 1.
  ///
  /// Nil when the target is not labels but has the shape of the prediction itself.
  func labels() throws -> (classes: Int, labels: [Int])? {
    let shape = prediction.shape
    guard let classes = shape.array.last else {
      throw Diagnostic(
        "\(call.builtin.name): prediction must have an axis of classes, not be a number", kind: .shape)
    }
    if target.shape == shape, shape.rank > 0 { return nil }
    guard target.shape == shape.withoutLast else {
      throw Diagnostic(
        "\(call.builtin.name): prediction is \(shape) and target is \(name(target.shape)), a label for each row is \(name(shape.withoutLast))",
        kind: .shape, hint: "the target holds labels 0 to \(classes - 1), or probabilities of shape \(shape)")
    }
    var labels: [Int] = []
    for number in try target.numbers() {
      guard number == number.rounded(), number >= 0, number < Double(classes) else {
        throw Diagnostic(
          "\(call.builtin.name): \(Display.number(number)) is not a label; there are \(classes) classes",
          hint: "labels are whole numbers from 0 to \(classes - 1)")
      }
      labels.append(Int(number))
    }
    return (classes, labels)
  }

  /// The weight of each row: by its class for one weight a class, otherwise as given.
  func rowWeights(_ labels: [Int], classes: Int) throws -> Quantity? {
    guard let weights = try givenWeights() else { return nil }
    let rows = target.shape
    if weights.shape == [classes] {
      let all = try weights.numbers()
      return try Quantity.tensor(Tensor(labels.map { all[$0] })).reshaped(to: rows)
    }
    guard weights.shape == rows else {
      throw Diagnostic(
        "\(call.builtin.name): weights are \(name(weights.shape)); give \(classes), one a class, or \(name(rows)), one a row",
        kind: .shape)
    }
    return weights
  }
}

extension Shape {
  /// The shape of one row less: all axes but the last.
  fileprivate var withoutLast: Shape {
    (try? Shape(checking: Array(dropLast()))) ?? Shape()
  }
}

extension Quantity {
  /// All its elements as plain numbers in row-major order.
  func numbers() throws(TensorError) -> [Double] {
    switch concrete {
    case .number(let number): [number]
    case .tensor(let tensor): try tensor.doubles()
    case .traced: []
    }
  }
}

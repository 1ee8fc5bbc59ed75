import Tensors

/// An operation that graphs may have, in terms of the language's own differentiable ones.
final class GraphOperation: Sendable {
  /// What computes the results of a node.
  typealias Action = @Sendable (GraphStep) throws -> [Quantity]

  /// What it is called in graphs.
  let name: String
  private let action: Action

  /// An operation with one result.
  init(_ name: String, _ action: @escaping @Sendable (GraphStep) throws -> Quantity) {
    self.name = name
    self.action = { [try action($0)] }
  }

  /// An operation with as many results as a node wants.
  init(severalResultsOf name: String, _ action: @escaping Action) {
    self.name = name
    self.action = action
  }

  /// The results of a node.
  func callAsFunction(_ step: GraphStep) throws -> [Quantity] { try action(step) }

  /// All of them.
  static let all: [GraphOperation] =
    arithmetic + activations + comparisons + reductions + shapes + selections + networks

  /// The one of this name.
  ///
  /// Throws a diagnostic that lists all of them when there is none.
  static func named(_ name: String) throws(Diagnostic) -> GraphOperation {
    if let operation = byName[name] { return operation }
    var error = Diagnostic(
      "the operation \(name) is not supported", kind: .type,
      hint: NearestName.find(name, in: all.map(\.name)).map { "the nearest one that is: \($0)" })
    error.notes = ["supported are " + all.map(\.name).sorted().joined(separator: ", ")]
    throw error
  }

  private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}

extension GraphOperation {
  fileprivate static let arithmetic = [
    GraphOperation("Add") { try combined($0) { try $0 + $1 } },
    GraphOperation("Sub") { try combined($0) { try $0 - $1 } },
    GraphOperation("Mul") { try combined($0) { try $0 * $1 } },
    GraphOperation("Div") { try combined($0) { try $0 / $1 } },
    GraphOperation("Pow") { try combined($0) { try BinaryTable.power($0, $1) } },
    GraphOperation("Neg") { try ElementwiseTable.negate($0.input(0)) },
    GraphOperation("Abs") { try ElementwiseTable.abs($0.input(0)) },
    GraphOperation("Sign") { try ElementwiseTable.sign($0.input(0)) },
    GraphOperation("Floor") { try ElementwiseTable.floor($0.input(0)) },
    GraphOperation("Ceil") { try ElementwiseTable.ceil($0.input(0)) },
    GraphOperation("Round") { try ElementwiseTable.round($0.input(0)) },
    GraphOperation("Sqrt") { try ElementwiseTable.sqrt($0.input(0)) },
    GraphOperation("Reciprocal") { try ElementwiseTable.reciprocal($0.input(0)) },
    GraphOperation("Exp") { try ElementwiseTable.exp($0.input(0)) },
    GraphOperation("Log") { try ElementwiseTable.log($0.input(0)) },
    GraphOperation("Sin") { try ElementwiseTable.sin($0.input(0)) },
    GraphOperation("Cos") { try ElementwiseTable.cos($0.input(0)) },
    GraphOperation("Erf") { try ElementwiseTable.erf($0.input(0)) },
    GraphOperation("Sum") { try folded($0) { try $0 + $1 } },
    GraphOperation("Max") { try folded($0) { try BinaryTable.maximum($0, $1) } },
    GraphOperation("Min") { try folded($0) { try BinaryTable.minimum($0, $1) } },
    GraphOperation("Mean") { step in
      try folded(step) { try $0 + $1 } / .number(Double(step.inputs.count))
    },
    GraphOperation("Clip") { step in
      // Since version 11 the bounds are inputs.
      let low = try step.optional(1) ?? .number(step.number("min", -.infinity))
      let high = try step.optional(2) ?? .number(step.number("max", .infinity))
      return try step.input(0).clip(low, high)
    },
  ]

  private static func combined(
    _ step: GraphStep, _ operation: (Quantity, Quantity) throws -> Quantity
  ) throws -> Quantity {
    let (a, b) = try step.operands()
    return try operation(a, b)
  }

  private static func folded(
    _ step: GraphStep, _ operation: (Quantity, Quantity) throws -> Quantity
  ) throws -> Quantity {
    try (1..<max(1, step.inputs.count)).reduce(step.input(0)) { try operation($0, step.input($1)) }
  }

  fileprivate static let activations = [
    GraphOperation("Relu") { try ElementwiseTable.relu($0.input(0)) },
    GraphOperation("Sigmoid") { try ElementwiseTable.sigmoid($0.input(0)) },
    GraphOperation("Tanh") { try ElementwiseTable.tanh($0.input(0)) },
    GraphOperation("Softplus") { try ElementwiseTable.softplus($0.input(0)) },
    GraphOperation("LeakyRelu") { step in try rectified(step, .number(step.number("alpha", 0.01))) },
    GraphOperation("PRelu") { step in try rectified(step, step.input(1)) },
    GraphOperation("Elu") { step in try Activations.elu(step.input(0), .number(step.number("alpha", 1))) },
    GraphOperation("Selu") { step in
      let alpha = try step.number("alpha", 1.673_263_192_176_818_8)
      let gamma = try step.number("gamma", 1.050_701_022_148_132_3)
      return try .number(gamma) * Activations.elu(step.input(0), .number(alpha))
    },
    GraphOperation("Gelu") { step in
      let isTanh = try step.text("approximate", "none") == "tanh"
      return try isTanh ? Activations.tanhGelu(step.input(0)) : Activations.gelu(step.input(0))
    },
    GraphOperation("HardSigmoid") { step in
      try hardSigmoid(step.input(0), step.number("alpha", 0.2), step.number("beta", 0.5))
    },
    GraphOperation("HardSwish") { step in try step.input(0) * hardSigmoid(step.input(0), 1 / 6, 0.5) },
    GraphOperation("Softmax") { step in try alongAxis(step) { try $0.softmax(axis: $1) } },
    GraphOperation("LogSoftmax") { step in try alongAxis(step) { try $0.logSoftmax(axis: $1) } },
  ]

  private static func rectified(_ step: GraphStep, _ slope: Quantity) throws -> Quantity {
    let x = try step.input(0)
    return try .where(Activations.isPositive(x), x, slope * x)
  }

  private static func hardSigmoid(_ x: Quantity, _ alpha: Double, _ beta: Double) throws -> Quantity {
    try Activations.bounded(.number(alpha) * x + .number(beta), from: 0, to: 1)
  }

  /// Before version 13 all axes from the given one on were taken as one.
  private static func alongAxis(
    _ step: GraphStep, _ function: (Quantity, Int) throws -> Quantity
  ) throws -> Quantity {
    let x = try step.input(0)
    guard step.opset < 13 else { return try function(x, step.integer("axis", -1)) }
    let matrix = try flattened(x, at: step.integer("axis", 1))
    return try function(matrix, -1).reshaped(to: x.shape)
  }

  /// The axes before a position as one, and those from it on.
  static func flattened(_ x: Quantity, at axis: Int) throws -> Quantity {
    let position = axis < 0 ? axis + x.shape.rank : axis
    guard (0...x.shape.rank).contains(position) else { throw TensorError.axis(axis, x.shape) }
    let lengths = x.shape.array
    return try x.reshape([lengths[..<position].reduce(1, *), lengths[position...].reduce(1, *)])
  }

  fileprivate static let comparisons = [
    GraphOperation("Equal") { try combined($0) { try BooleanTable.equal($0, $1) } },
    GraphOperation("Greater") { try combined($0) { try BooleanTable.greater($0, $1) } },
    GraphOperation("GreaterOrEqual") { try combined($0) { try BooleanTable.greaterOrEqual($0, $1) } },
    GraphOperation("Less") { try combined($0) { try BooleanTable.less($0, $1) } },
    GraphOperation("LessOrEqual") { try combined($0) { try BooleanTable.lessOrEqual($0, $1) } },
    GraphOperation("And") { try combined($0) { try BooleanTable.and($0, $1) } },
    GraphOperation("Or") { try combined($0) { try BooleanTable.or($0, $1) } },
    GraphOperation("Not") { try BooleanTable.not($0.input(0)) },
    GraphOperation("Where") { try .where($0.input(0).concrete, $0.input(1), $0.input(2)) },
  ]

  fileprivate static let reductions = [
    GraphOperation("ReduceMean") { step in try reduced(step) { try $0.mean(axes: $1, keepdims: $2) } },
    GraphOperation("ReduceSum") { step in try reduced(step) { try $0.sum(axes: $1, keepdims: $2) } },
    GraphOperation("ReduceMax") { step in try reduced(step) { try $0.max(axes: $1, keepdims: $2) } },
    GraphOperation("ReduceMin") { step in try reduced(step) { try $0.min(axes: $1, keepdims: $2) } },
    GraphOperation("ReduceProd") { step in try reduced(step) { try $0.prod(axes: $1, keepdims: $2) } },
    GraphOperation("ReduceL2") { step in try reduced(step) { try $0.norm(axes: $1, keepdims: $2) } },
    GraphOperation("ArgMax") { step in
      let axis = try step.integer("axis", 0)
      try step.require("select_last_index", 0)
      return try step.input(0).argmax(axis: axis, keepdims: step.flag("keepdims", true))
    },
  ]

  private static func reduced(
    _ step: GraphStep, _ reduction: (Quantity, [Int]?, Bool) throws -> Quantity
  ) throws -> Quantity {
    var axes = try step.axes(input: 1)
    if axes?.isEmpty == true {
      if try step.flag("noop_with_empty_axes") { return try step.input(0) }
      axes = nil
    }
    return try reduction(step.input(0), axes, step.flag("keepdims", true))
  }
}

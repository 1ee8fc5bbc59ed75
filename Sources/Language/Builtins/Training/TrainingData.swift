import Learning
import Tensors

/// Rows of inputs with their targets, or batches somebody else has made.
struct TrainingData {
  private enum Content {
    /// Tensors, or structures of them, with equally many rows.
    case rows(x: Value, y: Value)
    case batches([(x: Value, y: Value)])
  }

  private let content: Content
  /// How many rows there are.
  let count: Int
  /// The columns of a table that were inputs and target, to choose the same ones for validation.
  private let columns: TrainingColumns?

  private init(x: Value, y: Value, columns: TrainingColumns? = nil) throws {
    content = .rows(x: x, y: y)
    self.columns = columns
    count = try TrainingData.rowCount(x, "x")
    let targets = try TrainingData.rowCount(y, "y")
    guard count == targets else {
      throw Diagnostic(
        "fit: x has \(counted(count, "row")) and y has \(targets)", kind: .shape,
        hint: "each row of x needs its target in the same row of y")
    }
    guard count > 0 else { throw Diagnostic("fit: there is no data, x has no rows", kind: .value) }
    try TrainingData.requireFinite(x, "x")
    try TrainingData.requireFinite(y, "y")
  }

  private init(batches: [(x: Value, y: Value)]) throws {
    content = .batches(batches)
    columns = nil
    count = try batches.reduce(0) { try $0 + TrainingData.rowCount($1.x, "x") }
    guard count > 0 else { throw Diagnostic("fit: there is no data, no batch has a row", kind: .value) }
  }

  /// The arguments `x` and `y` of a call.
  init(_ call: borrowing Call) throws {
    let (x, y) = (call[1], call[2])
    if case .table(let table) = x {
      let columns = try TrainingColumns(table, target: y)
      let (inputs, targets) = try columns.values(of: table)
      self = try TrainingData(x: inputs, y: targets, columns: columns)
    } else if case .none = y {
      self = try TrainingData(batches: TrainingData.pairs(x))
    } else {
      self = try TrainingData(x: TrainingData.numeric(x, "x"), y: TrainingData.numeric(y, "y"))
    }
  }

  /// The argument `validation`, when it is data: `(x, y)` or a table like the one trained on.
  init(validation value: Value, like data: TrainingData) throws {
    if case .table(let table) = value, let columns = data.columns {
      let (inputs, targets) = try columns.values(of: table)
      self = try TrainingData(x: inputs, y: targets)
      return
    }
    guard case .list(let list) = value, list.items.count == 2 else {
      throw Diagnostic(
        "fit: validation must be a share of the rows or (x, y), not \(value.kind)", kind: .type,
        hint: "validation: 0.2 keeps a fifth of the rows aside")
    }
    self = try TrainingData(
      x: TrainingData.numeric(list.items[0].unfixed, "x of validation"),
      y: TrainingData.numeric(list.items[1].unfixed, "y of validation"))
  }
}

extension TrainingData {
  /// The batches of an epoch.
  func batches(_ plan: BatchPlan, _ machine: Machine) throws -> [BatchSource] {
    switch content {
    case .batches(let batches): return batches.map { .ready($0.x, $0.y) }
    case .rows(let x, let y):
      return try plan.epoch(using: &machine.state.random).map { .rows($0, x, y) }
    }
  }

  /// Inputs and targets of a batch, taken out of the data when its turn comes.
  enum BatchSource {
    case ready(Value, Value)
    case rows(BatchPlan.Rows, Value, Value)

    func load() throws -> (x: Value, y: Value) {
      switch self {
      case .ready(let x, let y): return (x, y)
      case .rows(.all, let x, let y): return (x, y)
      case .rows(let rows, let x, let y):
        return (try Structure.map(x) { try $0.rows(rows) }, try Structure.map(y) { try $0.rows(rows) })
      }
    }
  }

  /// How many batches an epoch has.
  func batchCount(_ plan: BatchPlan) -> Int {
    if case .batches(let batches) = content { batches.count } else { plan.batchCount }
  }

  /// All inputs and targets, as far as they are rows of tensors.
  var arrays: (x: Value, y: Value)? {
    if case .rows(let x, let y) = content { (x, y) } else { nil }
  }

  /// Every input and target there is.
  var values: [Value] {
    switch content {
    case .rows(let x, let y): [x, y]
    case .batches(let batches): batches.flatMap { [$0.x, $0.y] }
    }
  }

  /// Two parts of the rows in random order, the second with the given share of them.
  func split(
    _ share: Double, _ machine: Machine, seed: Int?
  ) throws -> (training: TrainingData, validation: TrainingData) {
    guard case .rows(let x, let y) = content else {
      throw Diagnostic("fit: batches cannot be split, give validation as (x, y)", kind: .value)
    }
    guard share > 0, share < 1 else {
      throw Diagnostic(
        "fit: validation must be a share between 0 and 1, but is \(Display.number(share))", kind: .value)
    }
    let kept = Int((Double(count) * share).rounded())
    guard kept > 0, kept < count else {
      throw Diagnostic(
        "fit: a share of \(Display.number(share)) of \(counted(count, "row")) leaves nothing to "
          + (kept > 0 ? "train on" : "validate on"), kind: .value)
    }
    var stream = seed.map { RandomStream(key: UInt64(bitPattern: Int64($0))) } ?? machine.state.random
    let order = try stream.permutation(count)
    if seed == nil { machine.state.random = stream }
    func part(_ range: Range<Int>) throws -> TrainingData {
      guard case .tensor(let positions) = try order.rows(range) else { return self }
      return try TrainingData(
        x: Structure.map(x) { try $0.take(positions, axis: 0) },
        y: Structure.map(y) { try $0.take(positions, axis: 0) }, columns: columns)
    }
    return (try part(0..<(count - kept)), try part((count - kept)..<count))
  }
}

extension TrainingData {
  /// Data with truth values as numbers; texts are refused with the way to number them.
  private static func numeric(_ value: Value, _ role: String) throws -> Value {
    if case .text = value {
      throw Diagnostic(
        "fit: \(role) is a text vector, a network needs numbers", kind: .type,
        hint: "categories(…) numbers the different texts")
    }
    if case .tensor(let tensor) = value, tensor.dtype == .bool {
      return Value(try Quantity.tensor(tensor).cast(to: .f64))
    }
    guard value.leaf != nil || value.isStructure else {
      throw Diagnostic("fit: \(role) must be a tensor, not \(value.kind)", kind: .type)
    }
    return value
  }

  /// How many rows all the tensors of a value have.
  private static func rowCount(_ value: Value, _ role: String) throws -> Int {
    var count: Int?
    for leaf in try Structure.leaves(of: value) {
      guard let rows = leaf.quantity.shape.array.first else {
        throw Diagnostic(
          "fit: \(role) must have rows, not be a single number", kind: .shape,
          hint: "x[:, none] makes n rows of a vector of n numbers")
      }
      guard rows == count ?? rows else {
        throw Diagnostic("fit: the parts of \(role) have \(count ?? 0) and \(rows) rows", kind: .shape)
      }
      count = rows
    }
    guard let count else { throw Diagnostic("fit: \(role) has no numbers", kind: .type) }
    return count
  }

  /// Throws when a number is missing: nothing can be learnt from it, and it would spread everywhere.
  private static func requireFinite(_ value: Value, _ role: String) throws {
    for leaf in try Structure.leaves(of: value) {
      let sum = try leaf.quantity.concrete.sum()
      guard case .number(let total) = sum, !total.isFinite else { continue }
      let width = leaf.quantity.shape.dropFirst().reduce(1, *)
      let bad = try leaf.quantity.numbers().enumerated().filter { !$0.element.isFinite }
      guard let first = bad.first else { continue }
      throw Diagnostic(
        "fit: \(role) has \(counted(bad.count, "value")) that \(bad.count == 1 ? "is" : "are") nan or infinite, "
          + "the first in row \(first.offset / max(1, width))", kind: .value,
        hint: "isnan(\(role.prefix(1))) finds them; dropna(t) and fill(t, 0) mend a table")
    }
  }

  /// The pairs that `batches` yields.
  private static func pairs(_ value: Value) throws -> [(x: Value, y: Value)] {
    guard value.leaf == nil, let items = try Collections.items(value), !items.isEmpty else {
      throw Diagnostic(
        "fit: y is missing", kind: .argument,
        hint: "fit(net, x, y), fit(net, table, \"column\") or fit(net, batches(x, y, 32))")
    }
    return try items.map { item in
      guard case .list(let pair) = item, pair.items.count == 2 else {
        throw Diagnostic("fit: without y, x must be batches (x, y), not \(item.kind)", kind: .type)
      }
      return (try numeric(pair.items[0].unfixed, "x"), try numeric(pair.items[1].unfixed, "y"))
    }
  }
}

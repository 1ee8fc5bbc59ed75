import Tensors

/// Values seen as items in a row.
enum Collections {
  /// The items of a tensor (along axis 0), list, text vector, table (rows) or string; nil for anything else.
  static func items(_ value: Value) throws -> [Value]? {
    if case .list(let list) = value { return list.items.map(\.unfixed) }
    return try Iteration(over: value)?.rest()
  }

  /// Results for the items of `source`: a tensor, text vector or list as the bracket rule says,
  /// but a list for a list and for the characters of a string.
  static func collect(_ results: [Value], like source: Value, _ precision: DType) throws -> Value {
    switch source {
    case .list, .string: .list(try List(results))
    default: try BracketRule.collect(results, precision: precision)
    }
  }

  /// Those items that are not the same as one before them.
  static func distinct(_ items: [Value]) throws -> [Value] {
    var kept: [Value] = []
    // The positions of kept items by their hashes.
    var positions: [Int: [Int]] = [:]
    for item in items {
      if Threads.isInterrupted { throw TensorError.interrupted }
      let hash = Arithmetic.hash(item)
      if positions[hash, default: []].contains(where: { Arithmetic.same(kept[$0], item) }) { continue }
      positions[hash, default: []].append(kept.count)
      kept.append(item)
    }
    return kept
  }

  /// How many items there are; nil for a value that has none.
  static func count(_ value: Value) -> Int? {
    switch value {
    case .tensor(let tensor): tensor.shape[0]
    case .traced(let traced): Quantity.traced(traced).shape.array.first
    case .list(let list): list.items.count
    case .record(let record): record.values.count
    case .text(let vector): vector.items.count
    case .string(let string): string.count
    case .fixed(let fixed): count(fixed.value)
    case .table(let table): table.rowCount
    case .none, .bool, .number, .function, .figure: nil
    }
  }
}

extension Value {
  /// Whether it is a string.
  var isString: Bool {
    if case .string = self { true } else { false }
  }
}

extension Call {
  /// The items of an argument.
  func items(_ position: Int) throws -> [Value] {
    guard let items = try Collections.items(self[position]) else {
      throw wrong(position, "a tensor, a list, a text vector or a string")
    }
    return items
  }

  /// Function and collection, which may stand in either order.
  func functionAndCollection() throws(Diagnostic) -> (function: Value, collection: Value) {
    let (first, second) = (self[0], self[1])
    // A model is a record too: it is the function when the other argument is none.
    if case .function = first { return (first, second) }
    if case .function = second { return (second, first) }
    if first.isCallable { return (first, second) }
    if second.isCallable { return (second, first) }
    throw Diagnostic(
      "\(builtin.name): one argument must be a function, not \(first.kind) and \(second.kind)", kind: .type,
      hint: "\(builtin.name)(x -> 2 * x, [1, 2, 3])")
  }
}

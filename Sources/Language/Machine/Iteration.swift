import Tensors

/// A walk over the items of a value, for loops and comprehensions.
final class Iteration {
  private enum Items {
    case tensor(Quantity, count: Int)
    case list(List)
    case text(TextVector)
    case characters([Character])
    case table(Table, RecordLayout)
  }

  private let items: Items
  private var position = 0

  /// Starts at the first item; nil for a value that has none to walk over.
  init?(over value: Value) {
    switch value {
    case .tensor(let tensor): items = .tensor(.tensor(tensor), count: tensor.shape[0])
    case .traced(let traced):
      let shape = Quantity.traced(traced).shape
      guard shape.rank > 0 else { return nil }
      items = .tensor(.traced(traced), count: shape[0])
    case .list(let list): items = .list(list)
    case .text(let text): items = .text(text)
    case .string(let string): items = .characters(Array(string))
    case .table(let table): items = .table(table, table.rowLayout)
    case .fixed(let fixed):
      guard let inner = Iteration(over: fixed.value) else { return nil }
      items = inner.items
    case .none, .bool, .number, .record, .function, .figure: return nil
    }
  }

  /// How many items the walk has from its first to its last.
  var count: Int {
    switch items {
    case .tensor(_, let count): count
    case .list(let list): list.items.count
    case .text(let text): text.items.count
    case .characters(let characters): characters.count
    case .table(let table, _): table.rowCount
    }
  }

  /// The items that are left, all at once.
  ///
  /// Throws ``TensorError/allocation(bytes:limit:)`` for more than memory could hold, and
  /// ``TensorError/interrupted``.
  func rest() throws -> [Value] {
    try Storage.checkRoom(for: count - position, Value.self)
    var rest: [Value] = []
    while let item = try next() {
      rest.append(item)
      guard rest.count.isMultiple(of: 1 << 16) else { continue }
      if Threads.isInterrupted { throw TensorError.interrupted }
      try Storage.checkProgram(growingBy: rest.count * MemoryLayout<Value>.stride)
    }
    return rest
  }

  /// The next item, nil after the last.
  func next() throws -> Value? {
    defer { position += 1 }
    switch items {
    case .tensor(let quantity, let count):
      return position < count ? Value(try quantity.element(position)) : nil
    case .list(let list): return position < list.items.count ? list.items[position].unfixed : nil
    case .text(let text):
      guard position < text.items.count else { return nil }
      return text.items[position].map { .string($0) } ?? Value.none
    case .characters(let characters):
      return position < characters.count ? .string(String(characters[position])) : nil
    case .table(let table, let layout):
      return position < table.rowCount ? .record(try table.row(position, layout)) : nil
    }
  }
}

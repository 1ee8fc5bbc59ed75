import Tensors

extension Arithmetic {
  /// `a ++ b`: strings, lists, text vectors, and tensors along axis 0.
  static func join(_ a: Value, _ b: Value) throws -> Value {
    switch (a, b) {
    case (.string(let x), .string(let y)): return .string(try joined(x, y))
    case (.list(let x), .list(let y)):
      try checkRoom(for: x.items.count + y.items.count, Value.self)
      return .list(try List(x.items + y.items))
    case (.text(let x), .text(let y)):
      try checkRoom(for: x.items.count + y.items.count, String?.self)
      return .text(TextVector(x.items + y.items))
    case (.table(let x), .table(let y)): return .table(try x.joined(with: y))
    default: break
    }
    // `[]` is an empty tensor, and the natural start of anything that grows.
    if a.isEmptyBracket, b.isSequence { return b }
    if b.isEmptyBracket, a.isSequence { return a }
    guard let x = a.quantity, let y = b.quantity, x.shape.rank > 0, y.shape.rank > 0 else {
      throw refusal(.join, a, b)
    }
    return Value(try calculate(.join, x, y))
  }

  /// Two strings as one, if memory has room for it.
  static func joined(_ x: String, _ y: String) throws(TensorError) -> String {
    try checkRoom(for: x.utf8.count + y.utf8.count, UInt8.self)
    return x + y
  }

  /// Asks before a large copy is made, because the host's own memory ends without an error.
  static func checkRoom<Element>(for count: Int, _ type: Element.Type) throws(TensorError) {
    guard count > 1 << 16 else { return }
    try Storage.checkRoom(for: count, type)
    try Storage.checkProgram(growingBy: count * MemoryLayout<Element>.stride)
  }
}

extension Value {
  /// Whether it is what `[]` makes.
  fileprivate var isEmptyBracket: Bool {
    if case .tensor(let tensor) = self { tensor.shape == [0] } else { false }
  }

  /// Whether it has items in a row.
  fileprivate var isSequence: Bool {
    switch self {
    case .list, .text, .table: true
    case .tensor, .traced: (quantity?.shape.rank ?? 0) > 0
    case .none, .bool, .number, .string, .record, .function, .figure, .fixed: false
    }
  }
}

import Tensors

extension Arithmetic {
  /// `a ++ b`: strings, lists, text vectors, and tensors along axis 0.
  static func join(_ a: Value, _ b: Value) throws -> Value {
    switch (a, b) {
    case (.string(let x), .string(let y)): return .string(x + y)
    case (.list(let x), .list(let y)): return .list(try List(x.items + y.items))
    case (.text(let x), .text(let y)): return .text(TextVector(x.items + y.items))
    case (.table(let x), .table(let y)): return .table(try x.joined(with: y))
    default: break
    }
    // `[]` is an empty tensor, and the natural start of anything that grows.
    if a.isEmptyBracket, b.isSequence { return b }
    if b.isEmptyBracket, a.isSequence { return a }
    guard let x = a.quantity, let y = b.quantity, x.shape.rank > 0, y.shape.rank > 0 else {
      throw refusal(.join, a, b)
    }
    return Value(try apply(.join, x, y))
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

import Tensors

extension Value {
  /// What a test of quantities says: a tensor of truth values, or one of them.
  init(truth quantity: Quantity) {
    if case .number(let number) = quantity { self = .bool(number != 0) } else { self = Value(quantity) }
  }
}

extension Call {
  /// A function of one quantity applied to a number or tensor, or to every numeric leaf of a structure.
  func mapped(_ position: Int, _ function: @escaping (Quantity) throws -> Quantity) throws -> Value {
    let value = self[position]
    if let quantity = value.quantity { return Value(try function(quantity)) }
    guard value.isStructure else { throw wrong(position, "a number, a tensor or a structure of them") }
    return try Structure.map(value, function)
  }

  /// A function of two quantities applied to numbers and tensors, or leaf by leaf to structures; a
  /// number combines with every leaf.
  func combined(
    _ first: Int, _ second: Int, _ function: @escaping (Quantity, Quantity) throws -> Quantity
  ) throws -> Value {
    let (a, b) = (self[first], self[second])
    switch (a.quantity, b.quantity) {
    case (let x?, let y?): return Value(try function(x, y))
    case (nil, let y?) where a.isStructure && y.shape.rank == 0:
      return try Structure.map(a) { try function($0, y) }
    case (let x?, nil) where b.isStructure && x.shape.rank == 0:
      return try Structure.map(b) { try function(x, $0) }
    case (nil, nil) where a.isStructure && b.isStructure:
      return try Structure.zip(a, b, to: "combine", function)
    default:
      throw wrong(
        a.quantity == nil && !a.isStructure ? first : second, "a number, a tensor or a structure of them")
    }
  }
}

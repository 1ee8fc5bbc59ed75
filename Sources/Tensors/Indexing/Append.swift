/// A tensor with one more row at its end, or a vector with one more number.
final class Append: InPlacePrimitive, Sendable {
  static let shared = Append()

  private init() {}

  var name: String { "append" }
  var keeps: Kept { [] }

  func change(_ target: inout Quantity, by value: Quantity) throws(TensorError) {
    if case .number(let number) = value, target.appendInPlace(number) { return }
    guard target.shape.rank > 0 else {
      throw .shape(operation: name, target.shape, wanted: "an axis to grow")
    }
    let row = try rowShape(of: target.shape, for: value)
    let dtype = grownDType(target, value)
    if target.shape.rank != row.rank + 1 || target.dtype != dtype {
      target = .tensor(
        try target.tensor().converted(to: dtype).reshaped(to: row.inserting(target.shape[0], at: 0)))
    }
    let tensor = try target.makeOwn(withSpare: row.count)
    try value.withElements(as: dtype) { (source) throws(TensorError) in
      try tensor.withPointer { (memory) throws(TensorError) in
        (memory + tensor.count * dtype.size).copyMemory(from: source, byteCount: row.count * dtype.size)
      }
    }
    tensor.shape[0] += 1
  }

  /// The shape of one row; an empty vector takes rows of any shape.
  private func rowShape(of shape: Shape, for value: Quantity) throws(TensorError) -> Shape {
    let row = value.shape
    guard row.rank < Shape.maximumRank else { throw .rank(row.rank + 1) }
    if shape == [0] || row == shape.removing(0) { return row }
    throw .shapes(operation: name, shape, row, wanted: "a row of shape \(shape.removing(0))")
  }

  /// An empty tensor adopts the value's dtype; a number changes none but that of truth values.
  private func grownDType(_ target: Quantity, _ value: Quantity) -> DType {
    if target.shape == [0], case .tensor = value { return value.dtype }
    switch (target.dtype, value) {
    case (.bool, .tensor(let tensor)) where tensor.dtype == .bool: return .bool
    case (.bool, .number(let number)) where number == 0 || number == 1: return .bool
    case (.bool, .number): return .f64
    case (_, .number): return target.dtype
    default: return Quantity.commonDType(target, value)
    }
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let incoming = g
    let count = incoming.shape[0] - 1
    try cotangents.add(1) { () throws(TensorError) in
      try incoming.element(count).reshaped(to: application.shape(of: 1))
    }
    try cotangents.add(0) { () throws(TensorError) in
      // A view even of what is being added to: nobody needs the rest any more.
      let rest = Selection(first: count, of: incoming.shape)
      return try IndexRead(rest, sharing: .always)(incoming).reshaped(to: application.shape(of: 0))
    }
  }
}

extension Quantity {
  /// Appends to a vector of floats that nobody else can see and that has room; else does nothing.
  fileprivate mutating func appendInPlace(_ number: Double) -> Bool {
    guard case .tensor(var tensor) = self, tensor.shape.rank == 1, tensor.dtype != .bool, tensor.isWorkedOn
    else { return false }
    // The question about owners makes sense with one reference only.
    self = .number(0)
    let hasRoom = isKnownUniquelyReferenced(&tensor) && tensor.ownsMemory && tensor.spareElements > 0
    self = .tensor(tensor)
    guard hasRoom else { return false }
    let count = tensor.shape[0]
    tensor.shape[0] = count + 1
    tensor.put(number, at: count, adding: false)
    return true
  }

  /// Makes sure that the tensor held is seen by nobody else and has room for `spare` more elements.
  ///
  /// Grows geometrically, so that appending n times copies O(n) elements.
  fileprivate mutating func makeOwn(withSpare spare: Int) throws(TensorError) -> Tensor {
    let own = try makeOwn(capacity: shape.count + spare, changing: shape.count..<shape.count + spare)
    guard own.spareElements < spare else { return own }
    let grown = try own.copied(capacity: (own.count + spare) * 2)
    grown.isWorkedOn = true
    self = .tensor(grown)
    return grown
  }
}

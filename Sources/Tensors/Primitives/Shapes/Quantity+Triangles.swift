extension Quantity {
  /// The diagonal of a matrix, or the matrix with this vector on its diagonal; `offset` counts to the right.
  public func diag(offset: Int = 0) throws(TensorError) -> Quantity {
    guard offset.magnitude < 1 << 31 else {
      throw .argument(operation: "diag", "the offset must be smaller than the matrix")
    }
    switch shape.rank {
    case 1:
      let size = shape[0] + Int(offset.magnitude)
      let target = try Shape(checking: [size, size])
      return try PutBack(Quantity.diagonal(of: target, offset), target)(self)
    case 2: return try picked(by: Quantity.diagonal(of: shape, offset))
    default: throw .shape(operation: "diag", shape, wanted: "a vector or a matrix")
    }
  }

  /// The sum of the diagonal of a matrix.
  public func trace(offset: Int = 0) throws(TensorError) -> Quantity {
    guard shape.rank == 2 else { throw .shape(operation: "trace", shape, wanted: "a matrix") }
    return try diag(offset: offset).sum()
  }

  /// The elements on and below the diagonal of the last two axes, zeros above.
  public func tril(offset: Int = 0) throws(TensorError) -> Quantity {
    try .where(triangle("tril") { column, row in column <= row + offset }, self, 0)
  }

  /// The elements on and above the diagonal of the last two axes, zeros below.
  public func triu(offset: Int = 0) throws(TensorError) -> Quantity {
    try .where(triangle("triu") { column, row in column >= row + offset }, self, 0)
  }

  private static func diagonal(of shape: Shape, _ offset: Int) -> Picks {
    let (row, column) = (Swift.max(0, -offset), Swift.max(0, offset))
    let count = Swift.max(0, Swift.min(shape[0] - row, shape[1] - column))
    let positions = (0..<count).map { Int64((row + $0) * shape[1] + column + $0) }
    return Picks(ContiguousArray(positions), shape: [count])
  }

  private func triangle(
    _ name: String, _ holds: (_ column: Int, _ row: Int) -> Bool
  ) throws(TensorError) -> Quantity {
    guard shape.rank >= 2 else { throw .shape(operation: name, shape, wanted: "a matrix") }
    let (rows, columns) = (shape[shape.rank - 2], shape[shape.rank - 1])
    let mask = try Tensor(uninitialized: [rows, columns], .bool)
    try mask.withPointer { (pointer) throws(TensorError) in
      for row in 0..<rows {
        for column in 0..<columns { pointer.bool[row * columns + column] = holds(column, row) ? 1 : 0 }
      }
    }
    return .tensor(mask)
  }
}

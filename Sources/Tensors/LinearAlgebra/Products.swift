extension Quantity {
  /// The inner product of two vectors, and for more axes the sum over the last axis of this and the last
  /// but one of `other`; a number scales.
  public func dot(_ other: Quantity) throws(TensorError) -> Quantity {
    if shape.rank == 0 || other.shape.rank == 0 { return try self * other }
    guard other.shape.rank > 2 else { return try matrixProduct(other) }
    // The axis that is summed goes first; all others of `other` are columns.
    let rank = other.shape.rank
    let summed = rank - 2
    let order = [summed] + (0..<rank).filter { $0 != summed }
    let columns = try other.permute(order).reshape([other.shape[summed], other.shape.removing(summed).count])
    let lengths = shape.array.dropLast() + other.shape.removing(summed).array
    return try matrixProduct(columns).reshaped(to: Shape(checking: Array(lengths)))
  }

  /// The products of every element with every element of `other`, as a matrix.
  public func outer(_ other: Quantity) throws(TensorError) -> Quantity {
    try reshape([shape.count, 1]) * other.reshape([1, other.shape.count])
  }

  /// The Kronecker product: this with every element replaced by its product with `other`.
  public func kron(_ other: Quantity) throws(TensorError) -> Quantity {
    let rank = Swift.max(shape.rank, other.shape.rank)
    guard rank * 2 <= Shape.maximumRank else { throw .rank(rank * 2) }
    let mine = Array(repeating: 1, count: rank - shape.rank) + shape.array
    let theirs = Array(repeating: 1, count: rank - other.shape.rank) + other.shape.array
    let spread = try reshape(mine.flatMap { [$0, 1] }) * other.reshape(theirs.flatMap { [1, $0] })
    return try spread.reshaped(to: Shape(checking: zip(mine, theirs).map { $0 * $1 }))
  }
}

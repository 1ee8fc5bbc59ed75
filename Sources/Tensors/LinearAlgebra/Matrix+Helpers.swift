extension Quantity {
  /// Every matrix of a stack with its axes swapped.
  func matrixTransposed() throws(TensorError) -> Quantity { try transpose((-2, -1)) }

  /// (X + Xᵀ) / 2
  func symmetrised() throws(TensorError) -> Quantity { try (self + matrixTransposed()) * 0.5 }

  /// X - Xᵀ
  func skew() throws(TensorError) -> Quantity { try self - matrixTransposed() }

  /// Its elements times a constant matrix, given by row and column.
  func masked(_ weight: (_ row: Int, _ column: Int) -> Double) throws(TensorError) -> Quantity {
    try self * .matrix(shape[shape.rank - 2], shape[shape.rank - 1], dtype, weight)
  }

  /// A constant matrix, given by row and column.
  static func matrix(
    _ rows: Int, _ columns: Int, _ dtype: DType, _ element: (_ row: Int, _ column: Int) -> Double
  ) throws(TensorError) -> Quantity {
    let elements = (0..<rows * columns).map { element($0 / columns, $0 % columns) }
    return .tensor(try Tensor(elements, shape: [rows, columns]).converted(to: dtype.arithmetic))
  }

  /// With a new last axis: a factor for each row.
  func perRow() throws(TensorError) -> Quantity { try reshaped(to: shape.appending([1])) }

  /// With a new axis before the last: a factor for each column.
  func perColumn() throws(TensorError) -> Quantity {
    try reshaped(to: shape.inserting(1, at: shape.rank - 1))
  }

  /// With two new last axes: a factor for each matrix of a stack.
  func perMatrix() throws(TensorError) -> Quantity { try reshaped(to: shape.appending([1, 1])) }

  /// Matrices with these diagonals.
  func asDiagonals() throws(TensorError) -> Quantity {
    let n = shape[shape.rank - 1]
    return try perRow() * .matrix(n, n, dtype) { $0 == $1 ? 1 : 0 }
  }

  /// Parts of these shapes out of the last axis, which holds them one after the other.
  func unpacked(_ parts: Shape...) throws(TensorError) -> [Quantity] {
    let batch = Shape(unchecked: shape.dropLast())
    var result: [Quantity] = []
    var from = 0
    for part in parts {
      let slice = try indexed([.ellipsis, .slice(start: from, stop: from + part.count, step: 1)])
      result.append(try slice.reshaped(to: batch.appending(part)))
      from += part.count
    }
    return result
  }

  /// 1 where a concrete quantity's size is at most `limit`, else 0.
  func indicator(ofSizesUpTo limit: Double) throws(TensorError) -> Quantity {
    let flags = try concrete.tensor().doubles().map { abs($0) <= limit ? 1.0 : 0 }
    return Quantity(try Tensor(flags, shape: shape).converted(to: dtype.arithmetic))
  }

  /// 1/x, and 0 where |x| is at most `limit`.
  func reciprocal(zeroUpTo limit: Double) throws(TensorError) -> Quantity {
    let zeros = try indicator(ofSizesUpTo: limit)
    return try (1 - zeros) / (self + zeros)
  }

  /// The largest size of an element of a concrete quantity, 0 for none.
  func largestSize() throws(TensorError) -> Double {
    try concrete.tensor().doubles().reduce(0) { Swift.max($0, abs($1)) }
  }
}

/// The matrices in the last two axes of a tensor, as LAPACK takes them: 64-bit floats.
struct MatrixStack {
  /// The lengths of the axes before the last two.
  let batch: Shape
  let rows: Int
  let columns: Int
  /// What results are to be made of.
  let dtype: DType
  private let tensor: Tensor

  /// Throws ``TensorError/shape(operation:_:wanted:)`` for anything but matrices (square ones if asked).
  init(_ quantity: Quantity, operation: String, square: Bool = false) throws(TensorError) {
    let shape = quantity.shape
    guard shape.rank >= 2, !square || shape[shape.rank - 1] == shape[shape.rank - 2] else {
      throw .shape(operation: operation, shape, wanted: square ? "a square matrix" : "a matrix")
    }
    rows = shape[shape.rank - 2]
    columns = shape[shape.rank - 1]
    batch = Shape(unchecked: shape.dropLast(2))
    dtype = quantity.dtype.arithmetic
    tensor = try quantity.tensor().converted(to: .f64)
    guard rows < Int(Int32.max), columns < Int(Int32.max) else {
      throw .argument(operation: operation, "the axes of a matrix must be shorter than 2^31")
    }
  }
}

extension MatrixStack {
  /// How many matrices there are.
  var count: Int { batch.count }

  /// One matrix, row by row.
  func rowMajor(_ index: Int) throws(TensorError) -> [Double] {
    let (size, from) = (rows * columns, index * rows * columns)
    return try tensor.withPointer { (pointer) throws(TensorError) in
      Array(UnsafeBufferPointer(start: pointer.f64 + from, count: size))
    }
  }

  /// One matrix, column by column.
  func columnMajor(_ index: Int) throws(TensorError) -> [Double] {
    try rowMajor(index).transposed(rows: rows, columns: columns)
  }

  /// The symmetric part of one square matrix.
  func symmetric(_ index: Int) throws(TensorError) -> [Double] {
    var matrix = try rowMajor(index)
    for i in 0..<rows {
      for j in 0..<i {
        // Halved first, so that the sum of large elements does not overflow.
        let mean = matrix[i * rows + j] / 2 + matrix[j * rows + i] / 2
        matrix[i * rows + j] = mean
        matrix[j * rows + i] = mean
      }
    }
    return matrix
  }

  /// A tensor with a part of shape `part` for every matrix, made by `body`.
  ///
  /// Where a matrix holds NaN or infinities so does the result: NaN throughout, because iterations
  /// on them may not end.
  func map(
    _ part: Shape, _ body: (_ index: Int, _ result: UnsafeMutablePointer<Double>) throws(TensorError) -> Void
  ) throws(TensorError) -> Quantity {
    let result = try Tensor(uninitialized: Shape(checking: batch.array + part.array), .f64)
    let size = part.count
    try result.withPointer { (pointer) throws(TensorError) in
      for index in 0..<count {
        if Threads.isInterrupted { throw .interrupted }
        let to = pointer.f64 + index * size
        if try isFinite(index) {
          try body(index, to)
        } else {
          to.update(repeating: .nan, count: size)
        }
      }
    }
    return Quantity(try result.converted(to: dtype))
  }

  private func isFinite(_ index: Int) throws(TensorError) -> Bool {
    let (size, from) = (rows * columns, index * rows * columns)
    return try tensor.withPointer { (pointer) throws(TensorError) in
      UnsafeBufferPointer(start: pointer.f64 + from, count: size).allSatisfy(\.isFinite)
    }
  }
}

extension [Double] {
  /// A matrix stored by rows as stored by columns, or the other way round.
  func transposed(rows: Int, columns: Int) -> [Double] {
    [Double](unsafeUninitializedCapacity: count) { target, filled in
      for i in 0..<rows {
        for j in 0..<columns { target[j * rows + i] = self[i * columns + j] }
      }
      filled = count
    }
  }
}

extension UnsafeMutablePointer<Double> {
  /// Copies all elements here.
  func fill(from elements: [Double]) { update(from: elements, count: elements.count) }
}

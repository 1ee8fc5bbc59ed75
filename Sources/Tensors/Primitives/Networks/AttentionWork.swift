import CKernels

/// The products and softmaxes of an attention, some rows of one matrix at a time.
struct AttentionWork {
  private let shapes: AttentionShapes
  private let isCausal: Bool
  private let dtype: DType
  private let q: Tensor
  private let k: Tensor
  private let v: Tensor
  private let kernel: MatrixKernel

  /// Rows of scores that are worked on at a time.
  private static let blockRows = 64

  init(_ shapes: AttentionShapes, _ operands: [Quantity], isCausal: Bool) throws(TensorError) {
    self.shapes = shapes
    self.isCausal = isCausal
    let common = Quantity.commonDType(operands[0], operands[1])
    dtype = Quantity.commonDType(operands[2], .tensor(try Tensor(uninitialized: [0], common)))
    q = try operands[0].tensor().converted(to: dtype)
    k = try operands[1].tensor().converted(to: dtype)
    v = try operands[2].tensor().converted(to: dtype)
    let rows = min(AttentionWork.blockRows, shapes.queries)
    kernel = try MatrixKernel(dtype, work: rows * shapes.keys * max(shapes.depth, shapes.width))
  }
}

extension AttentionWork {
  private typealias Rows = MatrixKernel.Rows

  /// The value, by blocks of rows.
  func forward() throws(TensorError) -> Tensor {
    let y = try Tensor(uninitialized: shapes.result, dtype)
    let blocks = (shapes.queries + AttentionWork.blockRows - 1) / AttentionWork.blockRows
    try Tensor.withPointers(of: [q, k, v, y]) { (addresses) throws(TensorError) in
      let pointers = addresses.compactMap { $0 }
      try share(shapes.stack.count * blocks, matrices: 1) { unit, scratch in
        let (matrix, block) = unit.quotientAndRemainder(dividingBy: blocks)
        let rows = rows(block)
        score(rows, matrix, pointers, into: scratch)
        kernel.multiply(
          rows.count, shapes.width, shapes.keys, Rows(pointer: scratch, apart: shapes.keys),
          Rows(pointer: at(pointers[2], matrix, shapes.keys, 0, shapes.width), apart: shapes.width),
          into: Rows(
            pointer: at(pointers[3], matrix, shapes.queries, rows.lowerBound, shapes.width),
            apart: shapes.width))
      }
    }
    return y
  }

  /// The gradients in q, k and v, matrix by matrix.
  func backward(_ g: Quantity) throws(TensorError) -> [Tensor] {
    let g = try g.tensor().converted(to: dtype)
    let dq = try Tensor(uninitialized: shapes.q, dtype)
    let (dk, dv) = (try Tensor.filled(0, shapes.k, dtype), try Tensor.filled(0, shapes.v, dtype))
    let blocks = (shapes.queries + AttentionWork.blockRows - 1) / AttentionWork.blockRows
    try Tensor.withPointers(of: [q, k, v, g, dq, dk, dv]) { (addresses) throws(TensorError) in
      let pointers = addresses.compactMap { $0 }
      try share(shapes.stack.count, matrices: 2) { matrix, scratch in
        for block in 0..<blocks { back(rows(block), matrix, pointers, scratch) }
      }
    }
    return [dq, dk, dv]
  }

  /// dv += pᵀ g, ds = softmax'(g vᵀ), dq = ds k, dk += dsᵀ q for some rows of a matrix.
  private func back(
    _ rows: Range<Int>, _ matrix: Int, _ pointers: [UnsafeMutableRawPointer],
    _ shares: UnsafeMutableRawPointer
  ) {
    let (depth, width, keys, first) = (shapes.depth, shapes.width, shapes.keys, rows.lowerBound)
    let scores = shares + AttentionWork.blockRows * keys * dtype.size
    let queries = Rows(pointer: at(pointers[0], matrix, shapes.queries, first, depth), apart: depth)
    let incoming = Rows(pointer: at(pointers[3], matrix, shapes.queries, first, width), apart: width)
    let dk = Rows(pointer: at(pointers[5], matrix, keys, 0, depth), apart: depth)
    let dv = Rows(pointer: at(pointers[6], matrix, keys, 0, width), apart: width)
    score(rows, matrix, pointers, into: shares)
    kernel.multiply(
      keys, width, rows.count, Rows(pointer: shares, apart: keys, isTransposed: true), incoming, into: dv,
      adds: true)
    kernel.multiply(
      rows.count, keys, width, incoming,
      Rows(pointer: at(pointers[2], matrix, keys, 0, width), apart: width, isTransposed: true),
      into: Rows(pointer: scores, apart: keys))
    switch dtype {
    case .f32: nns_shares_back_f32(rows.count, keys, shapes.factor, shares.f32, scores.f32)
    case .f64, .bool: nns_shares_back_f64(rows.count, keys, shapes.factor, shares.f64, scores.f64)
    }
    kernel.multiply(
      rows.count, depth, keys, Rows(pointer: scores, apart: keys),
      Rows(pointer: at(pointers[1], matrix, keys, 0, depth), apart: depth),
      into: Rows(pointer: at(pointers[4], matrix, shapes.queries, first, depth), apart: depth))
    kernel.multiply(
      keys, depth, rows.count, Rows(pointer: scores, apart: keys, isTransposed: true), queries, into: dk,
      adds: true)
  }

  /// The shares that some rows of a matrix give to the keys.
  private func score(
    _ rows: Range<Int>, _ matrix: Int, _ pointers: [UnsafeMutableRawPointer],
    into shares: UnsafeMutableRawPointer
  ) {
    let (keys, depth) = (shapes.keys, shapes.depth)
    kernel.multiply(
      rows.count, keys, depth,
      Rows(pointer: at(pointers[0], matrix, shapes.queries, rows.lowerBound, depth), apart: depth),
      Rows(pointer: at(pointers[1], matrix, keys, 0, depth), apart: depth, isTransposed: true),
      into: Rows(pointer: shares, apart: keys))
    let seen = isCausal ? rows.lowerBound + 1 : keys
    switch dtype {
    case .f32: nns_shares_f32(rows.count, keys, seen, shapes.factor, shares.f32)
    case .f64, .bool: nns_shares_f64(rows.count, keys, seen, shapes.factor, shares.f64)
    }
  }

  private func rows(_ block: Int) -> Range<Int> {
    block * AttentionWork.blockRows..<min(shapes.queries, (block + 1) * AttentionWork.blockRows)
  }

  /// The address of a row of a matrix in a stack of them.
  private func at(
    _ pointer: UnsafeMutableRawPointer, _ matrix: Int, _ rows: Int, _ row: Int, _ columns: Int
  ) -> UnsafeMutableRawPointer {
    pointer + (matrix * rows + row) * columns * dtype.size
  }

  private func share(
    _ units: Int, matrices: Int, _ body: (_ unit: Int, _ scratch: UnsafeMutableRawPointer) -> Void
  ) throws(TensorError) {
    let work = shapes.queries * shapes.keys * (shapes.depth + shapes.width)
    let bytes = matrices * AttentionWork.blockRows * shapes.keys * dtype.size
    try Threads.share(units, work: work * max(1, shapes.stack.count), scratch: bytes, body)
  }
}

import CKernels

extension Selection {
  /// The selected elements of a tensor of the source's shape.
  ///
  /// With `sharing`, neighbours are handed out as a view in O(1).
  func read(_ tensor: Tensor, sharing: Bool) throws(TensorError) -> Quantity {
    if case .element(let position) = layout { return .number(tensor[flat: position]) }
    if let start = tensor.sequenceStart, shape.rank == 1, let part = sequence(start, tensor.dtype) {
      return .tensor(part)
    }
    if case .run(let from) = layout, sharing, shape.count > 0 {
      return .tensor(try tensor.part(from: from, shape: shape))
    }
    let result = try Tensor(uninitialized: shape, tensor.dtype)
    try copy(from: tensor, to: result)
    return .tensor(result)
  }

  /// Part of a range, itself a range.
  private func sequence(_ start: Double, _ dtype: DType) -> Tensor? {
    guard case .run(let from) = layout, shape.count > 0 else { return nil }
    return Tensor(integersFrom: start + Double(from), count: shape.count, dtype: dtype)
  }

  private func copy(from tensor: Tensor, to result: Tensor) throws(TensorError) {
    let size = tensor.dtype.size
    let count = shape.count
    guard count > 0 else { return }
    try tensor.withPointer { (x) throws(TensorError) in
      try result.withPointer { (y) throws(TensorError) in
        switch layout {
        case .element(let position): y.copyMemory(from: x + position * size, byteCount: size)
        case .run(let from): y.copyMemory(from: x + from * size, byteCount: count * size)
        case .strided(let from, let steps):
          copyStrided(size, shape, from: x + from * size, steps, to: y, shape.strides)
        case .listed(let positions, let inner):
          positions.withPointer { nns_gather(size, x, $0, positions.count, inner, y) }
        }
      }
    }
  }

  /// Puts `value`, broadcast, into the selected elements of `target`, which nobody else sees.
  ///
  /// With `adding` it is added to what is there, elements selected twice getting both.
  func write(_ value: Quantity, into target: Tensor, adding: Bool) throws(TensorError) {
    guard shape.count > 0 else { return }
    let dtype = target.dtype
    let spread: Quantity
    if case .listed = layout { spread = .tensor(try value.spread(to: shape, dtype)) } else { spread = value }
    try spread.withElements(as: dtype) { (x) throws(TensorError) in
      try target.withPointer { (y) throws(TensorError) in
        switch layout {
        case .element(let position): moveOne(dtype, x, y + position * dtype.size, adding: adding)
        case .run(let from):
          move(
            dtype, x, value.shape.steps(whenSpreadTo: shape), y + from * dtype.size, shape.strides,
            adding: adding)
        case .strided(let from, let steps):
          move(dtype, x, value.shape.steps(whenSpreadTo: shape), y + from * dtype.size, steps, adding: adding)
        case .listed(let positions, let inner):
          positions.withPointer { index in
            let n = positions.count
            switch dtype {
            case .f64 where adding: nns_scatter_add_f64(x.f64, index, n, inner, y.f64)
            case .f32 where adding: nns_scatter_add_f32(x.f32, index, n, inner, y.f32)
            case .f64, .f32, .bool: nns_scatter(dtype.size, x, index, n, inner, y)
            }
          }
        }
      }
    }
  }

  private func moveOne(
    _ dtype: DType, _ x: UnsafeMutableRawPointer, _ y: UnsafeMutableRawPointer, adding: Bool
  ) {
    switch dtype {
    case .f64: y.f64.pointee = adding ? y.f64.pointee + x.f64.pointee : x.f64.pointee
    case .f32: y.f32.pointee = adding ? y.f32.pointee + x.f32.pointee : x.f32.pointee
    case .bool: y.copyMemory(from: x, byteCount: 1)
    }
  }

  private func move(
    _ dtype: DType, _ x: UnsafeMutableRawPointer, _ xSteps: [Int], _ y: UnsafeMutableRawPointer,
    _ ySteps: [Int],
    adding: Bool
  ) {
    let lengths = shape.map { $0 }
    switch dtype {
    case .f64 where adding: nns_add_strided_f64(shape.rank, lengths.unsigned, x.f64, xSteps, y.f64, ySteps)
    case .f32 where adding: nns_add_strided_f32(shape.rank, lengths.unsigned, x.f32, xSteps, y.f32, ySteps)
    case .f64, .f32, .bool: copyStrided(dtype.size, shape, from: x, xSteps, to: y, ySteps)
    }
  }
}

/// Copies elements of `size` bytes between two strided places.
func copyStrided(
  _ size: Int, _ shape: Shape, from source: UnsafeMutableRawPointer, _ sourceSteps: [Int],
  to target: UnsafeMutableRawPointer, _ targetSteps: [Int]
) {
  nns_copy_strided(size, shape.rank, shape.map { $0 }.unsigned, source, sourceSteps, target, targetSteps)
}

extension [Int] {
  /// Lengths as the kernels want them.
  var unsigned: [UInt] { map(UInt.init(bitPattern:)) }
}

extension Quantity {
  /// The plain value as a tensor of a shape that it broadcasts to.
  func spread(to shape: Shape, _ dtype: DType) throws(TensorError) -> Tensor {
    if case .tensor(let tensor) = self, tensor.shape.count == shape.count {
      return try tensor.converted(to: dtype)
    }
    let result = try Tensor(uninitialized: shape, dtype)
    let steps = self.shape.steps(whenSpreadTo: shape)
    try withElements(as: dtype) { (x) throws(TensorError) in
      try result.withPointer { (y) throws(TensorError) in
        copyStrided(dtype.size, shape, from: x, steps, to: y, shape.strides)
      }
    }
    return result
  }
}

import CKernels

extension Tensor {
  /// A tensor of 64-bit floats with these elements in row-major order.
  ///
  /// Throws ``TensorError/reshape(_:_:)`` when the count does not fit the shape.
  public convenience init(_ elements: some Collection<Double>, shape: Shape? = nil) throws(TensorError) {
    let shape = shape ?? [elements.count]
    guard shape.count == elements.count else { throw .reshape([elements.count], shape.array) }
    try self.init(uninitialized: shape, .f64)
    try withPointer { (pointer) throws(TensorError) in
      let target = pointer.assumingMemoryBound(to: Double.self)
      for (index, element) in elements.enumerated() { target[index] = element }
    }
  }

  /// A tensor of truth values with these elements in row-major order.
  public convenience init(_ elements: some Collection<Bool>, shape: Shape? = nil) throws(TensorError) {
    let shape = shape ?? [elements.count]
    guard shape.count == elements.count else { throw .reshape([elements.count], shape.array) }
    try self.init(uninitialized: shape, .bool)
    try withPointer { (pointer) throws(TensorError) in
      let target = pointer.assumingMemoryBound(to: UInt8.self)
      for (index, element) in elements.enumerated() { target[index] = element ? 1 : 0 }
    }
  }

  /// A tensor whose elements are all `value`.
  public static func filled(_ value: Double, _ shape: Shape, _ dtype: DType = .f64) throws(TensorError)
    -> Tensor
  {
    let result = try Tensor(uninitialized: shape, dtype)
    let count = shape.count
    try result.withPointer { (pointer) throws(TensorError) in
      switch dtype {
      case .f64: nns_fill_f64(value, pointer.assumingMemoryBound(to: Double.self), count)
      case .f32: nns_fill_f32(Float(value), pointer.assumingMemoryBound(to: Float.self), count)
      case .bool: pointer.initializeMemory(as: UInt8.self, repeating: value != 0 ? 1 : 0, count: count)
      }
    }
    return result
  }

  /// One element by its row-major position, as a double (a truth value as 0 or 1).
  ///
  /// Sequences answer without being materialised.
  public subscript(flat position: Int) -> Double {
    precondition(position >= 0 && position < count, "element \(position) of \(count)")
    if let start = sequenceStart {
      return dtype == .f32 ? Double(Float(start + Double(position))) : start + Double(position)
    }
    let value = try? withPointer { (pointer) throws(TensorError) in
      switch dtype {
      case .f64: pointer.assumingMemoryBound(to: Double.self)[position]
      case .f32: Double(pointer.assumingMemoryBound(to: Float.self)[position])
      case .bool: pointer.assumingMemoryBound(to: UInt8.self)[position] != 0 ? 1 : 0
      }
    }
    return value ?? .nan
  }

  /// All elements as doubles in row-major order.
  public func doubles() throws(TensorError) -> [Double] {
    let source = try converted(to: .f64)
    let count = count
    try Storage.checkRoom(for: count, Double.self)
    return try source.withPointer { (pointer) throws(TensorError) in
      Array(UnsafeBufferPointer(start: pointer.assumingMemoryBound(to: Double.self), count: count))
    }
  }

  /// The same elements in another dtype; itself when nothing changes.
  public func converted(to target: DType) throws(TensorError) -> Tensor {
    guard dtype != target else { return self }
    let result = try Tensor(uninitialized: shape, target)
    let count = count
    try withPointer { (x) throws(TensorError) in
      try result.withPointer { (y) throws(TensorError) in
        let (x64, y64) = (x.assumingMemoryBound(to: Double.self), y.assumingMemoryBound(to: Double.self))
        let (x32, y32) = (x.assumingMemoryBound(to: Float.self), y.assumingMemoryBound(to: Float.self))
        let (x8, y8) = (x.assumingMemoryBound(to: UInt8.self), y.assumingMemoryBound(to: UInt8.self))
        switch (dtype, target) {
        case (.f64, .f32): nns_f64_to_f32(x64, y32, count)
        case (.f64, .bool): nns_f64_to_bool(x64, y8, count)
        case (.f32, .f64): nns_f32_to_f64(x32, y64, count)
        case (.f32, .bool): nns_f32_to_bool(x32, y8, count)
        case (.bool, .f64): nns_bool_to_f64(x8, y64, count)
        case (.bool, .f32): nns_bool_to_f32(x8, y32, count)
        case (.f64, .f64), (.f32, .f32), (.bool, .bool): break
        }
      }
    }
    return result
  }

  /// A copy with memory of its own, with room for `capacity` elements in all.
  func copied(capacity: Int = 0) throws(TensorError) -> Tensor {
    let count = count
    let storage = try Storage(bytes: max(count, capacity) * dtype.size)
    let result = Tensor(storage, offset: 0, shape: shape, dtype)
    try withPointer { (source) throws(TensorError) in
      try result.withPointer { (target) throws(TensorError) in
        target.copyMemory(from: source, byteCount: count * dtype.size)
      }
    }
    result.pieceTable = pieceTable
    return result
  }
}

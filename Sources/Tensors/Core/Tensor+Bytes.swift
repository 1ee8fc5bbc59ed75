extension Tensor {
  /// A tensor whose elements `fill` writes, all of them, in row-major order as the machine stores them.
  ///
  /// A truth value is a byte, 0 or 1. Throws ``TensorError/allocation(bytes:limit:)``.
  public convenience init(
    _ shape: Shape, _ dtype: DType, filledBy fill: (UnsafeMutableRawBufferPointer) -> Void
  ) throws(TensorError) {
    try self.init(uninitialized: shape, dtype)
    let bytes = shape.count * dtype.size
    try withPointer { (pointer) throws(TensorError) in
      fill(UnsafeMutableRawBufferPointer(start: pointer, count: bytes))
    }
  }

  /// Runs `body` with the elements in row-major order as the machine stores them.
  ///
  /// The bytes are valid until `body` returns. Throws ``TensorError/allocation(bytes:limit:)`` when a sequence
  /// does not fit into memory.
  public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) throws(TensorError) -> Result {
    let bytes = count * dtype.size
    return try withPointer { (pointer) throws(TensorError) in
      body(UnsafeRawBufferPointer(start: pointer, count: bytes))
    }
  }

  /// Vectors of doubles that `fill` writes together, every element of each; it gets the first ones' addresses,
  /// which are valid until it returns.
  ///
  /// Throws ``TensorError/allocation(bytes:limit:)`` before `fill` is called.
  public static func vectors(
    _ count: Int, length: Int, filledBy fill: ([UnsafeMutablePointer<Double>]) -> Void
  ) throws(TensorError) -> [Tensor] {
    var vectors: [Tensor] = []
    for _ in 0..<count { vectors.append(try Tensor(uninitialized: [length], .f64)) }
    defer { withExtendedLifetime(vectors) {} }
    var addresses: [UnsafeMutablePointer<Double>] = []
    for vector in vectors {
      try vector.withPointer { (pointer) throws(TensorError) in
        addresses.append(pointer.assumingMemoryBound(to: Double.self))
      }
    }
    fill(addresses)
    return vectors
  }
}

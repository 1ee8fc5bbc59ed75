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
}

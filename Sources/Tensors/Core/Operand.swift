extension Quantity {
  /// Runs `body` with the address of its elements as `dtype`; of a single one for a number.
  ///
  /// The quantity is concrete.
  @inline(__always)
  func withElements<Result>(
    as dtype: DType, _ body: (UnsafeMutableRawPointer) throws(TensorError) -> Result
  ) throws(TensorError) -> Result {
    switch self {
    case .tensor(let tensor):
      return try tensor.converted(to: dtype).withPointer(body)
    case .number(let number):
      var bits: UInt64 =
        switch dtype {
        case .f64: number.bitPattern
        case .f32: UInt64(Float(number).bitPattern)
        case .bool: number != 0 ? 1 : 0
        }
      return try withUnsafeMutablePointer(to: &bits) { (pointer) throws(TensorError) in
        try body(UnsafeMutableRawPointer(pointer))
      }
    case .traced: preconditionFailure("a traced operand of a kernel")
    }
  }

  /// The dtype arithmetic on both happens in: the wider of the two, where a number is narrower than any
  /// tensor and truth values are narrower than floats.
  static func commonDType(_ a: Quantity, _ b: Quantity) -> DType {
    switch (a, b) {
    case (.tensor(let a), .tensor(let b)):
      a.dtype == .f64 || b.dtype == .f64 ? .f64 : a.dtype == .f32 || b.dtype == .f32 ? .f32 : .f64
    case (.tensor(let tensor), _), (_, .tensor(let tensor)): tensor.dtype.arithmetic
    default: .f64
    }
  }
}

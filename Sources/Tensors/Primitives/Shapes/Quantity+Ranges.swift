import CKernels

extension Quantity {
  /// The identity matrix, or one of another width.
  public static func eye(_ rows: Int, _ columns: Int? = nil, _ dtype: DType = .f64) throws(TensorError)
    -> Quantity
  {
    let shape = try Shape(checking: [rows, columns ?? rows])
    let result = try Tensor.filled(0, shape, dtype)
    try result.withPointer { (pointer) throws(TensorError) in
      for i in 0..<Swift.min(shape[0], shape[1]) {
        switch dtype {
        case .f64: pointer.f64[i * shape[1] + i] = 1
        case .f32: pointer.f32[i * shape[1] + i] = 1
        case .bool: pointer.bool[i * shape[1] + i] = 1
        }
      }
    }
    return .tensor(result)
  }

  /// `count` numbers at equal distances from `start` to `stop`, both of them exact.
  public static func linspace(
    _ start: Double, _ stop: Double, _ count: Int, _ dtype: DType = .f64
  ) throws(TensorError) -> Quantity {
    let result = try Tensor(uninitialized: Shape(checking: [count]), .f64)
    let last = Double(Swift.max(1, count - 1))
    let length = stop - start
    try result.withPointer { (pointer) throws(TensorError) in
      for i in 0..<count {
        // From the nearer end, so that the numbers are as symmetric as their ends.
        let part = Double(i) / last
        if length.isFinite {
          pointer.f64[i] = part < 0.5 ? start + length * part : stop - length * (1 - part)
        } else {
          // Ends of different sign whose distance is no number.
          pointer.f64[i] = start * (1 - part) + stop * part
        }
      }
      if count > 0 { pointer.f64[0] = start }
      if count > 1 { pointer.f64[count - 1] = stop }
    }
    return .tensor(try result.converted(to: dtype))
  }

  /// `count` numbers at equal ratios from `base^start` to `base^stop`.
  public static func logspace(
    _ start: Double, _ stop: Double, _ count: Int, base: Double = 10, _ dtype: DType = .f64
  ) throws(TensorError) -> Quantity {
    try BinaryTable.power(.number(base), linspace(start, stop, count)).cast(to: dtype)
  }

  /// `start`, `start + step`, … up to but not including `stop`.
  public static func range(
    _ start: Double, _ stop: Double, step: Double = 1, _ dtype: DType = .f64
  ) throws(TensorError) -> Quantity {
    guard step != 0, start.isFinite, stop.isFinite, step.isFinite else {
      throw .argument(operation: "range", "start, stop and step must be finite and the step not 0")
    }
    let length = ((stop - start) / step).rounded(.up)
    guard length < 0x1p48 else { throw .allocation(bytes: Int.max, limit: Storage.limit) }
    let count = Swift.max(0, Int(length))
    if step == 1, dtype != .bool { return .tensor(Tensor(integersFrom: start, count: count, dtype: dtype)) }
    let result = try Tensor(uninitialized: [count], .f64)
    try result.withPointer { (pointer) throws(TensorError) in nns_iota_f64(start, step, pointer.f64, count) }
    return .tensor(try result.converted(to: dtype))
  }

  /// 1 at the position that each element names along a new last axis, 0 elsewhere.
  public func onehot(_ classes: Int, _ dtype: DType = .f64) throws(TensorError) -> Quantity {
    let source = try tensor()
    guard shape.rank < Shape.maximumRank else { throw .rank(shape.rank + 1) }
    let result = try Tensor.filled(0, Shape(checking: shape.array + [classes]), .f64)
    let labels = try source.doubles()
    try result.withPointer { (pointer) throws(TensorError) in
      for (row, label) in labels.enumerated() {
        guard label == label.rounded() else { throw .fraction(label) }
        guard label >= 0, label < Double(classes) else {
          throw .index(Int(label.clamped(to: -0x1p62...0x1p62)), axis: shape.rank, length: classes)
        }
        pointer.f64[row * classes + Int(label)] = 1
      }
    }
    return .tensor(try result.converted(to: dtype))
  }
}

extension Double {
  /// Itself or the nearer bound.
  func clamped(to range: ClosedRange<Double>) -> Double {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}

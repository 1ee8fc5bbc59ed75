import CKernels

extension Quantity {
  /// The largest element of every window of [batch, channels, length] or [batch, channels, height, width].
  ///
  /// Without a stride, windows lie side by side. Padding never wins; the first NaN of a window does.
  ///
  /// Throws ``TensorError/shape(operation:_:wanted:)`` when a window does not fit.
  public func maxPool(size: [Int], stride: [Int]? = nil, padding: [Int] = [0]) throws(TensorError) -> Quantity
  {
    let pool = try PoolGeometry("max_pool", self, size, stride, padding)
    return try pool.restored(MaxPool(pool.windows, result: pool.result)(pool.x))
  }

  /// The mean of every window of [batch, channels, length] or [batch, channels, height, width].
  ///
  /// Without a stride, windows lie side by side. Padding counts as zeros.
  ///
  /// Throws ``TensorError/shape(operation:_:wanted:)`` when a window does not fit.
  public func meanPool(size: [Int], stride: [Int]? = nil, padding: [Int] = [0]) throws(TensorError)
    -> Quantity
  {
    let pool = try PoolGeometry("avg_pool", self, size, stride, padding)
    return try pool.restored(MeanPool(pool.windows, full: pool.x.shape, pooled: pool.result)(pool.x))
  }
}

/// The windows of a pool on planes, where what was given may have one axis behind the channels.
private struct PoolGeometry {
  let x: Quantity
  let windows: nns_windows
  let result: Shape
  private let axes: Int

  init(
    _ operation: String, _ x: Quantity, _ size: [Int], _ stride: [Int]?, _ padding: [Int]
  ) throws(TensorError) {
    guard (3...4).contains(x.shape.rank) else {
      throw .shape(
        operation: operation, x.shape,
        wanted: "[batch, channels, height, width], or [batch, channels, length]")
    }
    axes = x.shape.rank - 2
    let size = try WindowMotion.pair(size, operation, "size", axes, from: 1, neutral: 1)
    var motion = try WindowMotion(stride: stride ?? [1], padding: padding).planar(operation, axes: axes)
    if stride == nil { motion.stride = size }
    for axis in 0..<2 where motion.padding[axis] >= size[axis] {
      throw .argument(operation: operation, "padding must be smaller than the window")
    }
    self.x = axes == 2 ? x : try x.reshaped(to: x.shape.inserting(1, at: 2))
    let shape = self.x.shape
    let isEmpty = shape[2] == 0 || shape[3] == 0
    guard !isEmpty, let windows = nns_windows(plane: shape[2..<4], size: size, motion: motion) else {
      let window = size.suffix(axes).map(String.init).joined(separator: ", ")
      throw .shape(operation: operation, x.shape, wanted: "images that hold a window of [\(window)]")
    }
    guard windows.area < Int(Int32.max) else {
      throw .argument(operation: operation, "an image must have fewer than 2^31 elements")
    }
    self.windows = windows
    result = [shape[0], shape[1], windows.out_height, windows.out_width]
  }

  /// A result with as many axes as were given.
  func restored(_ y: Quantity) throws(TensorError) -> Quantity {
    axes == 2 ? y : try y.reshaped(to: y.shape.removing(2))
  }
}

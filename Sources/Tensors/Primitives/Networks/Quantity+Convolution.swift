extension Quantity {
  /// The convolution with kernels `w`, plus `b`: a cross-correlation, channels first.
  ///
  /// Of [batch, inputs, length] with w [outputs, inputs / groups, size], or of [batch, inputs, height, width]
  /// with w [outputs, inputs / groups, height, width]; b is [outputs].
  ///
  /// Throws ``TensorError/shapes(operation:_:_:wanted:)`` when they do not fit.
  public func conv(
    _ w: Quantity, _ b: Quantity? = nil, _ motion: WindowMotion = WindowMotion(), groups: Int = 1
  ) throws(TensorError) -> Quantity {
    let operands = try PlanarOperands("conv", self, w)
    let motion = try motion.planar("conv", axes: operands.axes)
    let geometry = try ConvolutionGeometry(
      operands.x.shape, operands.w.shape, motion, groups: groups, operation: "conv")
    let y: Quantity
    if let b {
      guard b.shape == [geometry.outputs] else {
        throw .shapes(operation: "conv", w.shape, b.shape, wanted: "a number in b for every kernel of w")
      }
      y = try Convolution(geometry)(operands.x, operands.w, b)
    } else {
      y = try Convolution(geometry)(operands.x, operands.w)
    }
    return try operands.restored(y)
  }

  /// The transpose of the convolution with `w` in its images, plus `b`: it enlarges where that shrinks.
  ///
  /// Of [batch, inputs, ...] with w [inputs, outputs / groups, ...size]; an axis of n places becomes
  /// (n - 1) stride - 2 padding + dilation (size - 1) + 1 long.
  ///
  /// Throws ``TensorError/shapes(operation:_:_:wanted:)`` when they do not fit.
  public func convTranspose(
    _ w: Quantity, _ b: Quantity? = nil, _ motion: WindowMotion = WindowMotion(), groups: Int = 1
  ) throws(TensorError) -> Quantity {
    let name = "conv_transpose"
    let operands = try PlanarOperands(name, self, w)
    let motion = try motion.planar(name, axes: operands.axes)
    let (x, w) = (operands.x, operands.w)
    guard groups > 0 else { throw .argument(operation: name, "groups must be at least 1, not \(groups)") }
    guard x.shape[1] == w.shape[0] else {
      throw .shapes(
        operation: name, self.shape, operands.given, wanted: ConvolutionGeometry.channels(w.shape[0]))
    }
    let (channels, overflow) = w.shape[1].multipliedReportingOverflow(by: groups)
    var lengths = [x.shape[0], overflow ? Int.max : channels]
    for axis in 0..<2 {
      let reach = motion.dilation[axis] * (w.shape[axis + 2] - 1) + 1 - 2 * motion.padding[axis]
      let (steps, overflow) = Swift.max(0, x.shape[axis + 2] - 1).multipliedReportingOverflow(
        by: motion.stride[axis])
      guard !overflow, steps + reach > 0, x.shape[axis + 2] > 0 else {
        throw .shapes(
          operation: name, self.shape, operands.given, wanted: "something left inside the padding")
      }
      lengths.append(steps + reach)
    }
    let geometry = try ConvolutionGeometry(
      Shape(checking: lengths), w.shape, motion, groups: groups, operation: name)
    var y = try ConvolutionInput(geometry)(x, w)
    if let b {
      guard b.shape == [geometry.inputs] else {
        throw .shapes(operation: name, operands.given, b.shape, wanted: "a number in b for every output")
      }
      y = try y + b.perChannel()
    }
    return try operands.restored(y)
  }
}

/// Images and kernels with two axes behind the channels, where those given may have one.
private struct PlanarOperands {
  let x: Quantity
  let w: Quantity
  /// How many axes behind the channels were given.
  let axes: Int
  /// The shape of the kernels as given.
  let given: Shape

  init(_ operation: String, _ x: Quantity, _ w: Quantity) throws(TensorError) {
    guard (3...4).contains(x.shape.rank), w.shape.rank == x.shape.rank else {
      throw .shapes(
        operation: operation, x.shape, w.shape,
        wanted: "x and w of 3 axes (batch, channels, length) or 4 (batch, channels, height, width)")
    }
    axes = x.shape.rank - 2
    given = w.shape
    self.x = axes == 2 ? x : try x.reshaped(to: x.shape.inserting(1, at: 2))
    self.w = axes == 2 ? w : try w.reshaped(to: w.shape.inserting(1, at: 2))
  }

  /// A result with as many axes as were given.
  func restored(_ y: Quantity) throws(TensorError) -> Quantity {
    axes == 2 ? y : try y.reshaped(to: y.shape.removing(2))
  }
}

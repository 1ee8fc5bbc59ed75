import Tensors

/// Windows that move over images and signals.
extension BuiltinTable {
  static let imageFunctions: [Builtin] = [
    Builtin(
      "conv(x, w, b: none, stride: 1, padding: 0, dilation: 1, groups: 1)", .layers,
      "Convolution with kernels, of images or of signals: their cross-correlation, channels first.",
      formula: "y[n, o, p] = b[o] + sum over c, t of w[o, c, t] x[n, c, stride p + dilation t - padding]",
      gradient: "correlations of the incoming one with w for x and with x for w, its sums for b",
      convention:
        "x [batch, inputs, height, width] and w [outputs, inputs / groups, height, width], or both without height; kernels are not flipped; settings are numbers or pairs (height, width)",
      example: """
        x = reshape(1...5, 1, 1, 5)
        conv(x, reshape([-1, 0, 1], 1, 1, 3))[0, 0]
        #> [2, 2, 2]
        conv(ones(1, 3, 8, 8), ones(4, 3, 3, 3), stride: 2, padding: 1).shape
        #> [1, 4, 4, 4]
        """
    ) { call in
      Value(
        try call.quantity(0).conv(
          call.quantity(1), call.optionalQuantity(2), call.motion(stride: 3, padding: 4, dilation: 5),
          groups: call.integer(6)))
    },
    Builtin(
      "conv_transpose(x, w, b: none, stride: 1, padding: 0, dilation: 1, groups: 1)", .layers,
      "Transpose of a convolution, which enlarges images or signals where that shrinks them.",
      formula: "an axis of n places becomes (n - 1) stride - 2 padding + dilation (size - 1) + 1 long",
      gradient: "the convolution of the incoming one for x",
      convention:
        "w [inputs, outputs / groups, height, width]: the kernels of the convolution that it transposes",
      example: """
        conv_transpose(ones(1, 1, 2), ones(1, 1, 2), stride: 2)[0, 0]
        #> [1, 1, 1, 1]
        """
    ) { call in
      Value(
        try call.quantity(0).convTranspose(
          call.quantity(1), call.optionalQuantity(2), call.motion(stride: 3, padding: 4, dilation: 5),
          groups: call.integer(6)))
    },
    Builtin(
      "max_pool(x, size, stride: none, padding: 0)", .layers, "Largest number of every window.",
      gradient: "goes to the largest number, to the first of equals",
      convention:
        "x [batch, channels, height, width] or [batch, channels, length]; the stride is the size unless given; nan wins, padding never does",
      example: """
        max_pool(reshape([1, 5, 2, 3], 1, 1, 4), 2)[0, 0]
        #> [5, 3]
        """
    ) { call in
      Value(
        try call.quantity(0).maxPool(
          size: call.integers(1), stride: call.axes(2), padding: call.integers(3)))
    },
    Builtin(
      "avg_pool(x, size, stride: none, padding: 0)", .layers, "Mean of every window.",
      gradient: "is spread evenly over the window",
      convention:
        "x [batch, channels, height, width] or [batch, channels, length]; the stride is the size unless given; padding counts as zeros",
      example: """
        avg_pool(reshape([1, 5, 2, 4], 1, 1, 4), 2)[0, 0]
        #> [3, 3]
        """
    ) { call in
      Value(
        try call.quantity(0).meanPool(
          size: call.integers(1), stride: call.axes(2), padding: call.integers(3)))
    },
  ]
}

extension Call {
  /// An argument that may be left out.
  func optionalQuantity(_ position: Int) throws(Diagnostic) -> Quantity? {
    isMissing(position) ? nil : try quantity(position)
  }

  /// How a window moves, from the positions of its settings.
  fileprivate func motion(stride: Int, padding: Int, dilation: Int) throws(Diagnostic) -> WindowMotion {
    WindowMotion(
      stride: try integers(stride), padding: try integers(padding), dilation: try integers(dilation))
  }
}

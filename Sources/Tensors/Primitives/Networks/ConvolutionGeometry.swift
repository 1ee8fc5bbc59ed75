import CKernels

/// The shapes of a convolution of images [batch, inputs, height, width] with kernels
/// [outputs, inputs / groups, height, width].
struct ConvolutionGeometry: Sendable {
  let batch: Int
  let inputs: Int
  let outputs: Int
  let groups: Int
  let windows: nns_windows

  /// The geometry of images `x` and kernels `w`; throws errors that name both.
  init(_ x: Shape, _ w: Shape, _ motion: WindowMotion, groups: Int, operation: String) throws(TensorError) {
    guard groups > 0 else {
      throw .argument(operation: operation, "groups must be at least 1, not \(groups)")
    }
    guard w[0] % groups == 0, x[1] == w[1] * groups else {
      let wanted =
        w[0] % groups != 0
        ? "as many kernels as \(groups) groups divide" : ConvolutionGeometry.channels(w[1] * groups)
      throw .shapes(operation: operation, x, w, wanted: wanted + (groups > 1 ? " in \(groups) groups" : ""))
    }
    guard let windows = nns_windows(plane: x[2..<4], size: w[2..<4], motion: motion) else {
      throw .shapes(operation: operation, x, w, wanted: "kernels that fit into the padded image")
    }
    batch = x[0]
    inputs = x[1]
    outputs = w[0]
    self.groups = groups
    self.windows = windows
    // What one product may be asked to do.
    guard max(windows.places, fan, outputs) < Int(Int32.max) else {
      throw .argument(operation: operation, "images and kernels must have fewer than 2^31 elements")
    }
  }
}

extension ConvolutionGeometry {
  /// Inputs and outputs of one group.
  var groupInputs: Int { inputs / groups }
  var groupOutputs: Int { outputs / groups }
  /// How many numbers reach one output.
  var fan: Int { groupInputs * windows.taps }

  /// What images must have for kernels, in words.
  static func channels(_ count: Int) -> String {
    "\(count) channel\(count == 1 ? "" : "s") on axis 1 of x for w"
  }

  var x: Shape { [batch, inputs, windows.height, windows.width] }
  var w: Shape { [outputs, groupInputs, windows.kernel_height, windows.kernel_width] }
  var y: Shape { [batch, outputs, windows.out_height, windows.out_width] }

  /// Whether the columns are the image itself.
  var isPointwise: Bool {
    windows.taps == 1 && windows.stride_x == 1 && windows.stride_y == 1 && windows.padding_x == 0
      && windows.padding_y == 0
  }

  /// Columns that are unfolded at a time stay in cache (256 kB of floats), but make products worth calling.
  private static let columnElements = 1 << 16

  /// Output rows that are unfolded at a time; depends on the shapes alone, as does every cut here.
  var blockRows: Int {
    let places = max(ConvolutionGeometry.columnElements / max(1, fan), 128)
    return max(1, min(windows.out_height, places / max(1, windows.out_width)))
  }

  /// Blocks of output rows of one image.
  var blocks: Int { (windows.out_height + blockRows - 1) / blockRows }

  /// The output rows of a block.
  func rows(_ block: Int) -> Range<Int> {
    block * blockRows..<min(windows.out_height, (block + 1) * blockRows)
  }

  /// Input channels of a group that are folded at a time.
  var blockChannels: Int {
    max(1, min(groupInputs, ConvolutionGeometry.columnElements / max(1, windows.taps * windows.places)))
  }

  /// Blocks of input channels of one group.
  var channelBlocks: Int { (groupInputs + blockChannels - 1) / max(1, blockChannels) }

  /// The channels of a block.
  func channels(_ block: Int) -> Range<Int> {
    block * blockChannels..<min(groupInputs, (block + 1) * blockChannels)
  }
}

import CKernels

/// How a window moves over the axes behind the channels: one number for all of them, or one for each.
public struct WindowMotion: Sendable {
  /// Steps between neighbouring places.
  public var stride: [Int]
  /// Zeros thought before and after each axis.
  public var padding: [Int]
  /// Steps between the taps of the window.
  public var dilation: [Int]

  /// A window that moves so.
  public init(stride: [Int] = [1], padding: [Int] = [0], dilation: [Int] = [1]) {
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
  }
}

extension WindowMotion {
  /// Settings above this are no images any more, and their products would not fit.
  private static let limit = 1 << 24

  /// The numbers for two axes, height and width; a single axis is a width with a height of 1.
  ///
  /// Throws ``TensorError/argument(operation:_:)`` for numbers that are too few, too many or out of range.
  func planar(_ operation: String, axes: Int) throws(TensorError) -> WindowMotion {
    WindowMotion(
      stride: try WindowMotion.pair(stride, operation, "stride", axes, from: 1, neutral: 1),
      padding: try WindowMotion.pair(padding, operation, "padding", axes, from: 0, neutral: 0),
      dilation: try WindowMotion.pair(dilation, operation, "dilation", axes, from: 1, neutral: 1))
  }

  /// One number for height and one for width out of one for all axes or one for each.
  static func pair(
    _ numbers: [Int], _ operation: String, _ name: String, _ axes: Int, from least: Int, neutral: Int
  ) throws(TensorError) -> [Int] {
    guard numbers.count == 1 || numbers.count == axes else {
      throw .argument(
        operation: operation, "\(name) is one number\(axes == 2 ? " or two" : ""), not \(numbers.count)")
    }
    let (low, high) = (numbers.min() ?? least, numbers.max() ?? least)
    guard low >= least, high <= limit else {
      throw .argument(
        operation: operation, "\(name) must be from \(least) to \(limit), not \(low < least ? low : high)")
    }
    if axes == 1 { return [neutral, numbers[0]] }
    return numbers.count == 1 ? [numbers[0], numbers[0]] : numbers
  }

  /// How many places a window of `size` taps has on an axis of `length`; nil when it does not fit.
  static func places(length: Int, size: Int, stride: Int, padding: Int, dilation: Int) -> Int? {
    let room = length + 2 * padding - dilation * (size - 1) - 1
    return size > 0 && room >= 0 ? room / stride + 1 : nil
  }
}

extension nns_windows {
  /// A window of `size` on planes of `plane`, both height and width; nil when it does not fit.
  init?(plane: [Int], size: [Int], motion: WindowMotion) {
    var places: [Int] = []
    for axis in 0..<2 {
      guard
        let count = WindowMotion.places(
          length: plane[axis], size: size[axis], stride: motion.stride[axis], padding: motion.padding[axis],
          dilation: motion.dilation[axis])
      else { return nil }
      places.append(count)
    }
    self.init(
      height: plane[0], width: plane[1], kernel_height: size[0], kernel_width: size[1],
      stride_y: motion.stride[0], stride_x: motion.stride[1], padding_y: motion.padding[0],
      padding_x: motion.padding[1], dilation_y: motion.dilation[0], dilation_x: motion.dilation[1],
      out_height: places[0], out_width: places[1])
  }

  /// Places of the window.
  var places: Int { out_height * out_width }
  /// Taps of the window.
  var taps: Int { kernel_height * kernel_width }
  /// Elements of a plane.
  var area: Int { height * width }
}

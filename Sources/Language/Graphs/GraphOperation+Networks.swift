import Tensors

/// Products, normalisation, and windows that move over images.
extension GraphOperation {
  static let networks = [
    GraphOperation("MatMul") { try $0.input(0).matrixProduct($0.input(1)) },
    GraphOperation("Gemm") { try gemm($0) },
    GraphOperation("BatchNormalization") { step in
      try step.require("training_mode", 0)
      try step.require("spatial", 1)
      let x = try step.input(0)
      let (scale, shift) = (try step.input(1), try step.input(2))
      let (mean, variance) = (try step.input(3), try step.input(4))
      let factor = try scale / ElementwiseTable.sqrt(variance + .number(step.number("epsilon", 1e-5)))
      return try x * alongChannels(factor, of: x) + alongChannels(shift - mean * factor, of: x)
    },
    GraphOperation("LayerNormalization") { step in
      let x = try step.input(0)
      let axis = try x.shape.axis(step.integer("axis", -1))
      let y =
        try x.normalize(axes: Array(axis..<x.shape.rank), eps: step.number("epsilon", 1e-5)) * step.input(1)
      return try step.optional(2).map { try y + $0 } ?? y
    },
    GraphOperation("Conv") { step in
      let (x, w) = (try step.input(0), try step.input(1))
      guard w.shape.rank >= 3, w.shape.rank == x.shape.rank else {
        throw TensorError.shapes(
          operation: "conv", x.shape, w.shape, wanted: "images and kernels of as many axes")
      }
      let window = try GraphWindow(step, on: x.shape, size: w.shape[2..<w.shape.rank])
      return try window.padded(x).conv(
        w, step.optional(2), WindowMotion(stride: window.stride, dilation: window.dilation),
        groups: step.integer("group", 1))
    },
    GraphOperation("MaxPool") { step in
      let (x, window) = try pool(step)
      guard step.outputCount < 2 else { throw Diagnostic("its positions are not supported", kind: .type) }
      return try window.padded(x, with: -.infinity).maxPool(size: window.size, stride: window.stride)
    },
    GraphOperation("AveragePool") { step in
      let (x, window) = try pool(step)
      let mean = try window.padded(x).meanPool(size: window.size, stride: window.stride)
      guard window.isPadding else { return mean }
      // What is padding does not count, unless it is told to.
      let counts = try window.counted(x.shape, withPadding: step.flag("count_include_pad"), step.dtype)
      return try mean / counts.meanPool(size: window.size, stride: window.stride)
    },
    GraphOperation("GlobalAveragePool") { step in
      let x = try step.input(0)
      return try x.mean(axes: Array(2..<max(2, x.shape.rank)), keepdims: true)
    },
    GraphOperation("GlobalMaxPool") { step in
      let x = try step.input(0)
      return try x.max(axes: Array(2..<max(2, x.shape.rank)), keepdims: true)
    },
  ]

  /// alpha A' B' + beta C.
  private static func gemm(_ step: GraphStep) throws -> Quantity {
    let (alpha, beta) = (try step.number("alpha", 1), try step.number("beta", 1))
    var product = try step.input(0).matrixProduct(
      step.input(1), transposeA: step.flag("transA"), transposeB: step.flag("transB"))
    if alpha != 1 { product = try .number(alpha) * product }
    guard let c = step.optional(2), beta != 0 else { return product }
    return try product + (beta == 1 ? c : .number(beta) * c)
  }

  /// One number for each channel, where the channels of `x` are.
  private static func alongChannels(_ numbers: Quantity, of x: Quantity) throws -> Quantity {
    guard x.shape.rank > 1 else { return numbers }
    return try numbers.reshape((0..<x.shape.rank).map { $0 == 1 ? numbers.shape.count : 1 })
  }

  private static func pool(_ step: GraphStep) throws -> (x: Quantity, window: GraphWindow) {
    let x = try step.input(0)
    guard let size = try step.integers("kernel_shape") else { throw Diagnostic("it has no kernel_shape") }
    let window = try GraphWindow(step, on: x.shape, size: size)
    guard window.dilation.allSatisfy({ $0 == 1 }) else {
      throw Diagnostic("dilations other than 1 are not supported", kind: .type)
    }
    return (x, window)
  }
}

/// How a window moves over images, as a node's settings say.
struct GraphWindow {
  private(set) var size: [Int]
  private(set) var stride: [Int]
  private(set) var dilation: [Int]
  /// Padding before and after each axis.
  private var padding: [(before: Int, after: Int)] = []
  /// What the last window needs beyond the padding.
  private var surplus: [Int] = []

  /// Windows of `size` on images of the shape [batch, channels, …].
  ///
  /// Throws a diagnostic for settings that do not fit the image or are no sensible numbers.
  init(_ step: GraphStep, on shape: Shape, size: [Int]) throws {
    let axes = shape.rank - 2
    guard axes >= 1, size.count == axes else {
      throw Diagnostic("a window of \(size) does not fit images of the shape \(shape)", kind: .shape)
    }
    let ones = Array(repeating: 1, count: axes)
    self.size = size
    stride = try GraphWindow.checked(step.integers("strides") ?? ones, "strides", count: axes, from: 1)
    dilation = try GraphWindow.checked(step.integers("dilations") ?? ones, "dilations", count: axes, from: 1)
    _ = try GraphWindow.checked(size, "the window", count: axes, from: 1)
    let zeros = Array(repeating: 0, count: 2 * axes)
    let pads = try GraphWindow.checked(step.integers("pads") ?? zeros, "pads", count: 2 * axes, from: 0)
    let automatic = try step.text("auto_pad", "NOTSET")
    let isRoundedUp = try step.flag("ceil_mode")
    for axis in 0..<axes {
      let (length, reach) = (shape[axis + 2], dilation[axis] * (size[axis] - 1) + 1)
      switch automatic {
      case "SAME_UPPER", "SAME_LOWER":
        let places = (length + stride[axis] - 1) / stride[axis]
        let all = max(0, (places - 1) * stride[axis] + reach - length)
        let less = all / 2
        padding.append(automatic == "SAME_UPPER" ? (less, all - less) : (all - less, less))
      case "VALID": padding.append((0, 0))
      default: padding.append((pads[axis], pads[axis + axes]))
      }
      let room = length + padding[axis].before + padding[axis].after - reach
      var places = max(0, room) / stride[axis]
      if isRoundedUp, room > 0 {
        places = (room + stride[axis] - 1) / stride[axis]
        // A window that would start behind the image is none.
        if places * stride[axis] >= length + padding[axis].before { places -= 1 }
      }
      surplus.append(max(0, places * stride[axis] - max(0, room)))
    }
  }

  /// Whether there is any padding.
  var isPadding: Bool { padding.contains { $0.before + $0.after > 0 } || surplus.contains { $0 > 0 } }

  /// The images with their padding.
  func padded(_ x: Quantity, with value: Double = 0) throws -> Quantity {
    guard isPadding else { return x }
    let widths = zip(padding, surplus).map { (before: $0.before, after: $0.after + $1) }
    return try x.pad([(0, 0), (0, 0)] + widths, value: value)
  }

  /// 1 where elements of an image count, 0 elsewhere, padding included.
  func counted(_ shape: Shape, withPadding countsPadding: Bool, _ dtype: DType) throws -> Quantity {
    var ones = try Quantity.ones(Shape(checking: [1, 1] + shape[2..<shape.rank]), dtype)
    if countsPadding { ones = try ones.pad([(0, 0), (0, 0)] + padding, value: 1) }
    let widths = zip(padding, surplus).map {
      countsPadding ? (before: 0, after: $1) : (before: $0.before, after: $0.after + $1)
    }
    return try ones.pad([(0, 0), (0, 0)] + widths)
  }

  private static func checked(_ numbers: [Int], _ name: String, count: Int, from least: Int) throws -> [Int] {
    guard numbers.count == count, numbers.allSatisfy({ (least...(1 << 24)).contains($0) }) else {
      throw Diagnostic("\(name) of \(numbers) are not \(count) numbers of \(least) or more", kind: .argument)
    }
    return numbers
  }
}

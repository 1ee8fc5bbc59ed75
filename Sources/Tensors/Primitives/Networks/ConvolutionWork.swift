import CKernels

/// The three products of a convolution, cut into pieces that the threads share.
///
/// Images are unfolded into columns and multiplied with the kernels; every piece is computed by one thread
/// and cut by the shapes alone, so the bits do not depend on the threads.
struct ConvolutionWork {
  private let geometry: ConvolutionGeometry
  private let dtype: DType
  private let kernel: MatrixKernel
  private let direct: DirectConvolution?

  /// Throws ``TensorError/missingLibrary(_:)``.
  init(_ geometry: ConvolutionGeometry, _ dtype: DType) throws(TensorError) {
    self.geometry = geometry
    self.dtype = dtype
    kernel = try MatrixKernel(dtype, work: geometry.groupOutputs * geometry.fan * geometry.windows.places)
    direct = DirectConvolution(geometry, dtype)
  }
}

extension ConvolutionWork {
  private typealias Rows = MatrixKernel.Rows

  private var size: Int { dtype.size }
  private var places: Int { geometry.windows.places }
  private var fan: Int { geometry.fan }
  private var outputs: Int { geometry.groupOutputs }

  /// y = w * x (+ b).
  func forward(_ x: Tensor, _ w: Tensor, _ b: Tensor?, into y: Tensor) throws(TensorError) {
    guard let direct else { return try forwardByColumns(x, w, b, into: y) }
    let groups = geometry.groups
    try with(x, w, y) { (x, w, y) throws(TensorError) in
      try withBias(b) { (b) throws(TensorError) in
        try share(geometry.batch * groups, scratch: direct.forwardScratch) { unit, scratch in
          let group = unit % groups
          direct.forward(
            x + unit * geometry.groupInputs * geometry.windows.area * size, w + group * outputs * fan * size,
            b.map { $0 + group * outputs * size }, y + unit * outputs * places * size, scratch)
        }
      }
    }
  }

  /// y = w * columns of x (+ b), piece by piece of each image.
  private func forwardByColumns(
    _ x: Tensor, _ w: Tensor, _ b: Tensor?, into y: Tensor
  ) throws(TensorError) {
    let (groups, blocks) = (geometry.groups, geometry.blocks)
    let columnCount = geometry.isPointwise ? 0 : fan * geometry.blockRows * geometry.windows.out_width
    try with(x, w, y) { (x, w, y) throws(TensorError) in
      try withBias(b) { (b) throws(TensorError) in
        try share(geometry.batch * groups * blocks, scratch: columnCount) { unit, scratch in
          let (image, rest) = unit.quotientAndRemainder(dividingBy: groups * blocks)
          let (group, rows) = (rest / blocks, geometry.rows(rest % blocks))
          let count = rows.count * geometry.windows.out_width
          let start = rows.lowerBound * geometry.windows.out_width
          let columns = columns(of: x, image, group, rows, scratch)
          let target =
            y + ((image * geometry.outputs + group * outputs) * places + start) * size
          kernel.multiply(
            outputs, count, fan, Rows(pointer: w + group * outputs * fan * size, apart: fan), columns,
            into: Rows(pointer: target, apart: places))
          guard let b else { return }
          for output in 0..<outputs {
            add(b + (group * outputs + output) * size, to: target + output * places * size, count)
          }
        }
      }
    }
  }

  /// x = the columns wᵀ g folded back, a few channels at a time.
  func backToInput(_ g: Tensor, _ w: Tensor, into x: Tensor) throws(TensorError) {
    let (groups, blocks, taps) = (geometry.groups, geometry.channelBlocks, geometry.windows.taps)
    let area = geometry.windows.area
    let columnCount = geometry.isPointwise ? 0 : geometry.blockChannels * taps * places
    try with(g, w, x) { (g, w, x) throws(TensorError) in
      try share(geometry.batch * groups * blocks, scratch: columnCount) { unit, scratch in
        let (image, rest) = unit.quotientAndRemainder(dividingBy: groups * blocks)
        let (group, channels) = (rest / blocks, geometry.channels(rest % blocks))
        let kernels = w + (group * outputs * fan + channels.lowerBound * taps) * size
        let incoming = g + (image * geometry.outputs + group * outputs) * places * size
        let target =
          x + (image * geometry.inputs + group * geometry.groupInputs + channels.lowerBound) * area * size
        let columns = geometry.isPointwise ? target : scratch
        kernel.multiply(
          channels.count * taps, places, outputs, Rows(pointer: kernels, apart: fan, isTransposed: true),
          Rows(pointer: incoming, apart: places), into: Rows(pointer: columns, apart: places))
        if geometry.isPointwise { return }
        target.initializeMemory(as: UInt8.self, repeating: 0, count: channels.count * area * size)
        fold(columns, channels.count, into: target)
      }
    }
  }

  /// w = the sum over all images of g columnsᵀ, added up in a few parts, which then are joined.
  func backToKernel(_ x: Tensor, _ g: Tensor) throws(TensorError) -> Tensor {
    let pieces = geometry.batch * (direct == nil ? geometry.blocks : 1)
    let parts = min(pieces, ConvolutionWork.mostParts)
    guard parts > 0, fan > 0 else { return try .filled(0, geometry.w, dtype) }
    // As the transpose, [inputs, outputs]: few columns of a product are cheap, few rows are not.
    let sums = try Tensor.filled(0, [parts, geometry.groups * fan * outputs], dtype)
    let blockPlaces = geometry.blockRows * geometry.windows.out_width
    let columnCount = geometry.isPointwise ? 0 : fan * blockPlaces
    let scratch = direct?.kernelScratch ?? columnCount + outputs * blockPlaces
    try with(x, g, sums) { (x, g, sums) throws(TensorError) in
      try share(parts * geometry.groups, scratch: scratch) { unit, scratch in
        let (part, group) = unit.quotientAndRemainder(dividingBy: geometry.groups)
        let target = sums + unit * fan * outputs * size
        for piece in part * pieces / parts..<(part + 1) * pieces / parts {
          guard let direct else {
            addKernel(x, g, piece, group, to: target, scratch, turned: scratch + columnCount * size)
            continue
          }
          let place = piece * geometry.groups + group
          direct.addKernel(
            x + place * geometry.groupInputs * geometry.windows.area * size,
            g + place * outputs * places * size,
            to: target, scratch)
        }
      }
    }
    let total = try Quantity.tensor(sums).sum(axes: [0]).tensor()
    return try total.gathered(
      shape: [geometry.groups, outputs, fan], strides: [fan * outputs, 1, outputs]
    ).reshaped(to: geometry.w)
  }

  /// Adds what some output rows of an image give, by columns.
  private func addKernel(
    _ x: UnsafeMutableRawPointer, _ g: UnsafeMutableRawPointer, _ piece: Int, _ group: Int,
    to sums: UnsafeMutableRawPointer, _ scratch: UnsafeMutableRawPointer, turned: UnsafeMutableRawPointer
  ) {
    let (image, block) = piece.quotientAndRemainder(dividingBy: geometry.blocks)
    let rows = geometry.rows(block)
    let count = rows.count * geometry.windows.out_width
    let start = rows.lowerBound * geometry.windows.out_width
    let columns = columns(of: x, image, group, rows, scratch)
    turn(
      g + ((image * geometry.outputs + group * outputs) * places + start) * size, outputs, count, into: turned
    )
    kernel.multiply(
      fan, outputs, count, columns, Rows(pointer: turned, apart: outputs),
      into: Rows(pointer: sums, apart: outputs), adds: true)
  }

  /// More threads than this do not help to add up the gradient of the kernels.
  private static let mostParts = 8
}

extension ConvolutionWork {
  /// The columns of some output rows of an image: unfolded, or the image itself.
  private func columns(
    of x: UnsafeMutableRawPointer, _ image: Int, _ group: Int, _ rows: Range<Int>,
    _ scratch: UnsafeMutableRawPointer
  ) -> Rows {
    let channel = image * geometry.inputs + group * geometry.groupInputs
    let source = x + channel * geometry.windows.area * size
    if geometry.isPointwise {
      return Rows(
        pointer: source + rows.lowerBound * geometry.windows.width * size, apart: geometry.windows.area)
    }
    var windows = geometry.windows
    let channels = geometry.groupInputs
    switch dtype {
    case .f32:
      nns_unfold_f32(&windows, source.f32, 0, channels, rows.lowerBound, rows.upperBound, scratch.f32)
    case .f64, .bool:
      nns_unfold_f64(&windows, source.f64, 0, channels, rows.lowerBound, rows.upperBound, scratch.f64)
    }
    return Rows(pointer: scratch, apart: rows.count * geometry.windows.out_width)
  }

  private func fold(_ columns: UnsafeMutableRawPointer, _ channels: Int, into image: UnsafeMutableRawPointer)
  {
    var windows = geometry.windows
    switch dtype {
    case .f32: nns_fold_f32(&windows, columns.f32, 0, channels, 0, windows.out_height, image.f32)
    case .f64, .bool: nns_fold_f64(&windows, columns.f64, 0, channels, 0, windows.out_height, image.f64)
    }
  }

  /// Adds one number to `count` elements.
  private func add(_ number: UnsafeMutableRawPointer, to target: UnsafeMutableRawPointer, _ count: Int) {
    switch dtype {
    case .f32: nns_binary_f32(NNS_ADD, target.f32, 1, number.f32, 0, target.f32, count)
    case .f64, .bool: nns_binary_f64(NNS_ADD, target.f64, 1, number.f64, 0, target.f64, count)
    }
  }

  /// The transpose of `rows` rows of `count` elements, which lie as far apart as images are large.
  private func turn(
    _ source: UnsafeMutableRawPointer, _ rows: Int, _ count: Int, into target: UnsafeMutableRawPointer
  ) {
    let lengths = [UInt(count), UInt(rows)]
    nns_copy_strided(size, 2, lengths, source, [1, places], target, [rows, 1])
  }

  /// Hands units of work to the threads, with memory for so many elements each.
  private func share(
    _ units: Int, scratch elements: Int, _ body: (_ unit: Int, _ scratch: UnsafeMutableRawPointer) -> Void
  ) throws(TensorError) {
    let work = geometry.outputs * fan * places * geometry.batch
    if places > 0 { try Threads.share(units, work: work, scratch: elements * size, body) }
  }

  private func with(
    _ a: Tensor, _ b: Tensor, _ c: Tensor,
    _ body: (UnsafeMutableRawPointer, UnsafeMutableRawPointer, UnsafeMutableRawPointer) throws(TensorError) ->
      Void
  ) throws(TensorError) {
    try a.withPointer { (a) throws(TensorError) in
      try b.withPointer { (b) throws(TensorError) in
        try c.withPointer { (c) throws(TensorError) in try body(a, b, c) }
      }
    }
  }

  private func withBias(
    _ b: Tensor?, _ body: (UnsafeMutableRawPointer?) throws(TensorError) -> Void
  ) throws(TensorError) {
    guard let b else { return try body(nil) }
    try b.withPointer { (b) throws(TensorError) in try body(b) }
  }
}

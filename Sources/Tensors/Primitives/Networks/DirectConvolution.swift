import CKernels

/// A convolution whose windows move in steps of one, computed on the images themselves.
///
/// Images are unfolded into columns only where that is faster: for strides, and for so many kernels that
/// OpenBLAS makes up for it.
struct DirectConvolution {
  private let geometry: ConvolutionGeometry
  private let dtype: DType
  private let offsets: [Int]
  private let width: Int
  private let height: Int

  private static let mostOutputs = 64
  private static let mostFan = 1024
  /// What is worked on stays within a cache that a core has for itself.
  private static let mostElements = 1 << 17

  /// Nil for a convolution that is faster otherwise.
  init?(_ geometry: ConvolutionGeometry, _ dtype: DType) {
    let windows = geometry.windows
    guard windows.stride_x == 1, windows.stride_y == 1, !geometry.isPointwise,
      geometry.groupOutputs <= DirectConvolution.mostOutputs,
      (1...DirectConvolution.mostFan).contains(geometry.fan)
    else { return nil }
    self.geometry = geometry
    self.dtype = dtype
    width = windows.width + 2 * windows.padding_x
    height = windows.height + 2 * windows.padding_y
    let most = DirectConvolution.mostElements
    guard width <= most, height <= most,
      width * height * max(geometry.groupInputs, geometry.groupOutputs) <= most
    else { return nil }
    var offsets: [Int] = []
    for channel in 0..<geometry.groupInputs {
      for y in 0..<windows.kernel_height {
        for x in 0..<windows.kernel_width {
          offsets.append((channel * height + y * windows.dilation_y) * width + x * windows.dilation_x)
        }
      }
    }
    self.offsets = offsets
    // A vector of places is the least that kernels read.
    guard places * dtype.size >= 64 else { return nil }
  }

  /// Places in rows as wide as the padded image.
  private var places: Int { (geometry.windows.out_height - 1) * width + geometry.windows.out_width }
}

extension DirectConvolution {
  /// Elements of scratch memory that ``forward(_:_:_:_:_:)`` needs.
  var forwardScratch: Int { paddedCount + geometry.groupOutputs * places }

  /// The outputs of one group of an image: y = w * x (+ b).
  func forward(
    _ x: UnsafeMutableRawPointer, _ w: UnsafeMutableRawPointer, _ b: UnsafeMutableRawPointer?,
    _ y: UnsafeMutableRawPointer, _ scratch: UnsafeMutableRawPointer
  ) {
    let source = padded(x, scratch)
    let wide = scratch + paddedCount * dtype.size
    withTask { task in
      switch dtype {
      case .f32:
        nns_direct_f32(&task, w.f32, source.f32, wide.f32)
        nns_direct_places_f32(&task, wide.f32, b?.f32, y.f32)
      case .f64, .bool:
        nns_direct_f64(&task, w.f64, source.f64, wide.f64)
        nns_direct_places_f64(&task, wide.f64, b?.f64, y.f64)
      }
    }
  }

  /// Elements of scratch memory that ``addKernel(_:_:_:_:)`` needs.
  var kernelScratch: Int { paddedCount + (geometry.groupOutputs + 8) * places }

  /// Adds to sums[fan, outputs] what one group of an image and of what comes in for its outputs give.
  func addKernel(
    _ x: UnsafeMutableRawPointer, _ g: UnsafeMutableRawPointer, to sums: UnsafeMutableRawPointer,
    _ scratch: UnsafeMutableRawPointer
  ) {
    let source = padded(x, scratch)
    let turned = scratch + paddedCount * dtype.size
    let apart = geometry.windows.places
    withTask { task in
      switch dtype {
      case .f32:
        nns_direct_turn_f32(&task, g.f32, apart, turned.f32)
        nns_direct_kernel_f32(&task, source.f32, turned.f32, sums.f32)
      case .f64, .bool:
        nns_direct_turn_f64(&task, g.f64, apart, turned.f64)
        nns_direct_kernel_f64(&task, source.f64, turned.f64, sums.f64)
      }
    }
  }

  private var isPadded: Bool { geometry.windows.padding_x + geometry.windows.padding_y > 0 }
  private var paddedCount: Int { isPadded ? geometry.groupInputs * width * height : 0 }

  private func withTask(_ body: (inout nns_direct) -> Void) {
    offsets.withUnsafeBufferPointer { offsets in
      let windows = geometry.windows
      var task = nns_direct(
        outputs: geometry.groupOutputs, taps: geometry.fan, places: places, rows: windows.out_height,
        columns: windows.out_width, width: width, offsets: offsets.baseAddress)
      body(&task)
    }
  }

  /// The image with its padding, in scratch memory; itself where it has none.
  private func padded(
    _ image: UnsafeMutableRawPointer, _ scratch: UnsafeMutableRawPointer
  ) -> UnsafeMutableRawPointer {
    guard isPadded else { return image }
    let windows = geometry.windows
    scratch.initializeMemory(as: UInt8.self, repeating: 0, count: paddedCount * dtype.size)
    for channel in 0..<geometry.groupInputs {
      for row in 0..<windows.height {
        let target = (channel * height + row + windows.padding_y) * width + windows.padding_x
        let source = (channel * windows.height + row) * windows.width
        (scratch + target * dtype.size).copyMemory(
          from: image + source * dtype.size, byteCount: windows.width * dtype.size)
      }
    }
    return scratch
  }
}

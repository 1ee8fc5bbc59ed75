/// A convolution of images with kernels: the cross-correlation y[o, p] = b[o] + Σ w[o, c, t] x[c, p + t].
///
/// It is linear in images and in kernels, so it is one of three products whose derivatives are the others.
final class Convolution: Primitive, Sendable {
  private let geometry: ConvolutionGeometry

  init(_ geometry: ConvolutionGeometry) { self.geometry = geometry }

  var name: String { "conv" }
  var keeps: Kept { .inputs }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let dtype = Quantity.commonDType(inputs[0], inputs[1])
    let (x, w) = (try inputs[0].tensor().converted(to: dtype), try inputs[1].tensor().converted(to: dtype))
    let b = inputs.count > 2 ? try inputs[2].tensor().converted(to: dtype) : nil
    if geometry.fan == 0 {
      let nothing = try Quantity.zeros(geometry.y, dtype)
      guard let b else { return nothing }
      return try nothing + Quantity.tensor(b).perChannel()
    }
    let y = try Tensor(uninitialized: geometry.y, dtype)
    try ConvolutionWork(geometry, dtype).forward(x, w, b, into: y)
    return .tensor(y)
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (g, x, w) = (g, application[input: 0], application[input: 1])
    try cotangents.add(0) { () throws(TensorError) in try ConvolutionInput(geometry)(g, w) }
    try cotangents.add(1) { () throws(TensorError) in try ConvolutionKernel(geometry)(x, g) }
    try cotangents.add(2) { () throws(TensorError) in try g.sum(axes: [0, 2, 3]) }
  }
}

/// The images that a convolution's outputs and kernels give back: its transpose in the images.
final class ConvolutionInput: Primitive, Sendable {
  private let geometry: ConvolutionGeometry

  init(_ geometry: ConvolutionGeometry) { self.geometry = geometry }

  var name: String { "conv_transpose" }
  var keeps: Kept { .inputs }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let dtype = Quantity.commonDType(inputs[0], inputs[1])
    let (g, w) = (try inputs[0].tensor().converted(to: dtype), try inputs[1].tensor().converted(to: dtype))
    if geometry.windows.places == 0 || geometry.outputs == 0 { return try .zeros(geometry.x, dtype) }
    let x = try Tensor(uninitialized: geometry.x, dtype)
    try ConvolutionWork(geometry, dtype).backToInput(g, w, into: x)
    return .tensor(x)
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (u, g, w) = (g, application[input: 0], application[input: 1])
    try cotangents.add(0) { () throws(TensorError) in try Convolution(geometry)(u, w) }
    try cotangents.add(1) { () throws(TensorError) in try ConvolutionKernel(geometry)(u, g) }
  }
}

/// The kernels that a convolution's images and outputs give back: its transpose in the kernels.
final class ConvolutionKernel: Primitive, Sendable {
  private let geometry: ConvolutionGeometry

  init(_ geometry: ConvolutionGeometry) { self.geometry = geometry }

  var name: String { "conv_kernel" }
  var keeps: Kept { .inputs }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let dtype = Quantity.commonDType(inputs[0], inputs[1])
    let (x, g) = (try inputs[0].tensor().converted(to: dtype), try inputs[1].tensor().converted(to: dtype))
    return .tensor(try ConvolutionWork(geometry, dtype).backToKernel(x, g))
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (u, x, g) = (g, application[input: 0], application[input: 1])
    try cotangents.add(0) { () throws(TensorError) in try ConvolutionInput(geometry)(g, u) }
    try cotangents.add(1) { () throws(TensorError) in try Convolution(geometry)(x, u) }
  }
}

extension Quantity {
  /// One number for each channel of images: [channels] as [channels, 1, 1]; a number stays one.
  func perChannel() throws(TensorError) -> Quantity {
    shape.rank == 0 ? self : try reshaped(to: [shape[0], 1, 1])
  }
}

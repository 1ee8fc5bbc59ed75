import CKernels

/// The operand repeated along the axes that its shape lacks or has with length 1.
final class BroadcastTo: Primitive {
  private let target: Shape
  /// What a number becomes.
  private let dtype: DType

  init(_ target: Shape, _ dtype: DType) {
    self.target = target
    self.dtype = dtype
  }

  var name: String { "broadcast_to" }
  var keeps: Kept { [] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    if case .number(let value) = inputs[0] { return try .full(value, target, dtype) }
    let source = try inputs[0].tensor()
    let missing = target.rank - source.shape.rank
    var strides = Array(repeating: 0, count: target.rank)
    for (axis, stride) in source.shape.strides.enumerated() where source.shape[axis] != 1 {
      strides[axis + missing] = stride
    }
    return Quantity(try source.gathered(shape: target, strides: strides))
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let incoming = g
    try cotangents.addUnbroadcast(0) { () throws(TensorError) in incoming }
  }
}

extension Quantity {
  /// Itself repeated to `shape`, as broadcasting against it would; a number as `dtype`.
  public func broadcast(to shape: Shape, _ dtype: DType = .f64) throws(TensorError) -> Quantity {
    if shape == self.shape { return self }
    let common = try self.shape.broadcast(with: shape)
    guard common == shape else {
      throw .shapes(operation: "broadcast_to", self.shape, shape, wanted: "lengths that are equal or 1")
    }
    return try BroadcastTo(shape, dtype)(self)
  }
}

extension Tensor {
  /// A row-major tensor of the elements that `strides` (in elements, 0 and negative ones allowed) find
  /// from element `offset` on.
  func gathered(shape: Shape, strides: [Int], offset: Int = 0) throws(TensorError) -> Tensor {
    let result = try Tensor(uninitialized: shape, dtype)
    guard shape.count > 0 else { return result }
    let size = dtype.size
    let targetStrides = shape.strides
    let lengths = shape.array.map { UInt($0) }
    try withPointer { (source) throws(TensorError) in
      try result.withPointer { (target) throws(TensorError) in
        lengths.withUnsafeBufferPointer { lengths in
          nns_copy_strided(
            size, shape.rank, lengths.baseAddress, source + offset * size, strides, target, targetStrides)
        }
      }
    }
    return result
  }
}

import CKernels

/// A constant added before and after along every axis.
final class Pad: Primitive, Sendable {
  private let before: Shape
  private let target: Shape
  private let value: Double

  init(before: Shape, target: Shape, value: Double) {
    self.before = before
    self.target = target
    self.value = value
  }

  var name: String { "pad" }
  var keeps: Kept { [] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let source = try inputs[0].tensor()
    let result = try Tensor.filled(value, target, source.dtype)
    guard source.count > 0 else { return .tensor(result) }
    let (strides, targetStrides) = (source.shape.strides, target.strides)
    var offset = 0
    for axis in 0..<target.rank { offset += before[axis] * targetStrides[axis] }
    let (size, lengths) = (source.dtype.size, source.shape.array.map { UInt($0) })
    try source.withPointer { (x) throws(TensorError) in
      try result.withPointer { (y) throws(TensorError) in
        nns_copy_strided(size, lengths.count, lengths, x, strides, y + offset * size, targetStrides)
      }
    }
    return .tensor(result)
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let g = g
    let shape = application.shape(of: 0)
    try cotangents.add(0) { () throws(TensorError) in
      var part = g
      for axis in 0..<shape.rank {
        part = try part.slice(axis: axis, before[axis]..<(before[axis] + shape[axis]))
      }
      return part
    }
  }
}

extension Quantity {
  /// `value` added before and after each axis; widths are not negative.
  public func pad(_ widths: [(before: Int, after: Int)], value: Double = 0) throws(TensorError) -> Quantity {
    guard widths.count == shape.rank else {
      throw .shape(operation: "pad", shape, wanted: "\(widths.count) axes, one for each pair of widths")
    }
    guard widths.allSatisfy({ $0.before >= 0 && $0.after >= 0 }) else {
      throw .argument(operation: "pad", "the widths must not be negative")
    }
    var lengths: [Int] = []
    for (axis, width) in widths.enumerated() {
      let (some, overflow) = shape[axis].addingReportingOverflow(width.before)
      let (all, more) = some.addingReportingOverflow(width.after)
      guard !overflow, !more else { throw .allocation(bytes: Int.max, limit: Storage.limit) }
      lengths.append(all)
    }
    let target = try Shape(checking: lengths)
    if target == shape { return self }
    return try Pad(before: Shape(unchecked: widths.map(\.before)), target: target, value: value)(self)
  }

  /// `value` added before and after one axis.
  func pad(axis: Int, before: Int, after: Int, value: Double) throws(TensorError) -> Quantity {
    var widths = Array(repeating: (before: 0, after: 0), count: shape.rank)
    widths[axis] = (before, after)
    return try pad(widths, value: value)
  }
}

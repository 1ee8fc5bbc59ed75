import CKernels

/// Quantities one after the other along an axis.
final class Concat: Primitive, Sendable {
  private let axis: Int
  /// The length of each operand along the axis.
  private let lengths: [Int]

  init(axis: Int, lengths: [Int]) {
    self.axis = axis
    self.lengths = lengths
  }

  var name: String { "concat" }
  var keeps: Kept { [] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    var shape = inputs[0].shape
    shape[axis] = lengths.reduce(0, +)
    var isBoolean = true
    var isSingle = true
    for position in 0..<inputs.count {
      isBoolean = isBoolean && inputs[position].dtype == .bool
      isSingle = isSingle && inputs[position].dtype != .f64
    }
    let dtype: DType = isBoolean ? .bool : isSingle ? .f32 : .f64
    let result = try Tensor(uninitialized: Shape(checking: shape.array), dtype)
    let inner = shape.count(of: (axis + 1)..<shape.rank) * dtype.size
    let row = shape[axis] * inner
    let outer = shape.count(of: 0..<axis)
    try result.withPointer { (y) throws(TensorError) in
      var offset = 0
      for position in 0..<inputs.count {
        let part = try inputs[position].tensor().converted(to: dtype)
        let length = part.shape[axis] * inner
        if length == 0 { continue }
        try part.withPointer { (x) throws(TensorError) in
          for index in 0..<outer {
            (y + index * row + offset).copyMemory(from: x + index * length, byteCount: length)
          }
        }
        offset += length
      }
    }
    return .tensor(result)
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let g = g
    var start = 0
    for (position, length) in lengths.enumerated() {
      try cotangents.add(position) { () throws(TensorError) in
        try g.slice(axis: axis, start..<(start + length))
      }
      start += length
    }
  }
}

extension Quantity {
  /// The quantities one after the other along `axis`; their other lengths agree.
  public static func concat(_ parts: [Quantity], axis: Int = 0) throws(TensorError) -> Quantity {
    guard let first = parts.first else { throw .empty(operation: "concat") }
    let position = try first.shape.axis(axis)
    for part in parts {
      guard part.shape.rank == first.shape.rank,
        part.shape.removing(position) == first.shape.removing(position)
      else {
        throw .shapes(
          operation: "concat", first.shape, part.shape, wanted: "equal lengths on all axes but \(position)")
      }
    }
    if parts.count == 1 { return first }
    return try Concat(axis: position, lengths: parts.map { $0.shape[position] }).apply(Inputs(parts))
  }

  /// The quantities side by side along a new axis; their shapes agree.
  public static func stack(_ parts: [Quantity], axis: Int = 0) throws(TensorError) -> Quantity {
    guard let first = parts.first else { throw .empty(operation: "stack") }
    var rows: [Quantity] = []
    for part in parts {
      guard part.shape == first.shape else {
        throw .shapes(operation: "stack", first.shape, part.shape, wanted: "equal shapes")
      }
      rows.append(try part.expandDims(axis))
    }
    return try concat(rows, axis: axis)
  }
}

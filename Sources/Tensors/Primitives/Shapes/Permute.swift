import CKernels

/// The axes in another order.
final class Permute: Primitive, Sendable {
  private let order: [Int]

  /// The transposition of matrices.
  static let transposition = Permute([1, 0])

  init(_ order: [Int]) { self.order = order }

  var name: String { "permute" }
  var keeps: Kept { [] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    .tensor(try inputs[0].tensor().permuted(order))
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let g = g
    try cotangents.add(0) { () throws(TensorError) in
      var inverse = order
      for (position, axis) in order.enumerated() { inverse[axis] = position }
      return try Permute(inverse)(g)
    }
  }
}

extension Quantity {
  /// The axes in another order: axis i of the result is axis `order[i]`.
  public func permute(_ order: [Int]) throws(TensorError) -> Quantity {
    guard order.count == shape.rank else {
      throw .shape(operation: "permute", shape, wanted: "\(order.count) axes, one for each that is named")
    }
    var axes: [Int] = []
    for axis in order {
      let position = try shape.axis(axis)
      guard !axes.contains(position) else { throw .repeatedAxis(axis) }
      axes.append(position)
    }
    if axes == Array(0..<shape.rank) { return self }
    // Axes of length 1 may go anywhere without moving an element.
    let moving = axes.filter { shape[$0] != 1 }
    if moving == moving.sorted() { return try reshaped(to: Shape(unchecked: axes.map { shape[$0] })) }
    return try Permute(axes)(self)
  }

  /// The axes in reverse order, or two of them exchanged.
  public func transpose(_ axes: (Int, Int)? = nil) throws(TensorError) -> Quantity {
    guard let axes else {
      if shape.rank < 2 { return self }
      if shape.rank == 2, shape[0] != 1, shape[1] != 1 { return try Permute.transposition(self) }
      return try permute((0..<shape.rank).reversed())
    }
    var order = Array(0..<shape.rank)
    order.swapAt(try shape.axis(axes.0), try shape.axis(axes.1))
    return try permute(order)
  }
}

import CKernels

/// Where each element of a result comes from: row-major positions in a source, all of them inside.
struct Picks: Sendable {
  let positions: ContiguousArray<Int64>
  /// The shape of the result.
  let shape: Shape

  init(_ positions: ContiguousArray<Int64>, shape: Shape) {
    precondition(positions.count == shape.count, "\(positions.count) positions for \(shape)")
    self.positions = positions
    self.shape = shape
  }
}

/// The elements at given positions.
final class Pick: Primitive, Sendable {
  private let picks: Picks

  init(_ picks: Picks) { self.picks = picks }

  var name: String { "pick" }
  var keeps: Kept { [] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let source = try inputs[0].tensor()
    let result = try Tensor(uninitialized: picks.shape, source.dtype)
    let size = source.dtype.size
    try source.withPointer { (x) throws(TensorError) in
      try result.withPointer { (y) throws(TensorError) in
        picks.positions.withUnsafeBufferPointer { positions in
          nns_gather(size, x, positions.baseAddress, positions.count, 1, y)
        }
      }
    }
    return Quantity(result)
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (g, shape) = (g, application.shape(of: 0))
    try cotangents.add(0) { () throws(TensorError) in try PutBack(picks, shape)(g) }
  }
}

/// Zeros to which elements are added at given positions: the transpose of ``Pick``.
final class PutBack: Primitive, Sendable {
  private let picks: Picks
  private let target: Shape

  init(_ picks: Picks, _ target: Shape) {
    self.picks = picks
    self.target = target
  }

  var name: String { "put_back" }
  var keeps: Kept { [] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let dtype = inputs[0].dtype.arithmetic
    let source = try inputs[0].tensor().converted(to: dtype)
    let result = try Tensor.filled(0, target, dtype)
    try source.withPointer { (x) throws(TensorError) in
      try result.withPointer { (y) throws(TensorError) in
        picks.positions.withUnsafeBufferPointer { positions in
          switch dtype {
          case .f32: nns_scatter_add_f32(x.f32, positions.baseAddress, positions.count, 1, y.f32)
          case .f64, .bool: nns_scatter_add_f64(x.f64, positions.baseAddress, positions.count, 1, y.f64)
          }
        }
      }
    }
    return Quantity(result)
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let g = g
    try cotangents.add(0) { () throws(TensorError) in try Pick(picks)(g) }
  }
}

extension Quantity {
  /// The elements at given positions.
  func picked(by picks: Picks) throws(TensorError) -> Quantity { try Pick(picks)(self) }
}

import CKernels

/// Scaled dot-product attention of stacks of matrices: softmax(q kᵀ / √d) v.
///
/// The scores of a few rows at a time stay in cache and are forgotten; going back computes them again.
final class Attention: FusedOperation {
  private let shapes: AttentionShapes
  private let isCausal: Bool

  init(_ shapes: AttentionShapes, isCausal: Bool) {
    self.shapes = shapes
    self.isCausal = isCausal
  }

  var name: String { "attend" }

  func definition(_ operands: [Quantity]) throws(TensorError) -> Quantity {
    var scores = try operands[0].matrixProduct(operands[1], transposeB: true) * .number(shapes.factor)
    if isCausal {
      let seen = try Quantity.ones([shapes.queries, shapes.keys]).tril()
      scores = try .where(seen.equals(1), scores, .number(-.infinity))
    }
    return try scores.softmax().matrixProduct(operands[2])
  }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let operands = [inputs[0], inputs[1], inputs[2]]
    let work = try AttentionWork(shapes, operands, isCausal: isCausal)
    return .tensor(try work.forward())
  }

  func gradients(
    _ operands: [Quantity], _ g: Quantity, wanted: [Bool]
  ) throws(TensorError) -> [Tensor] {
    let all = try AttentionWork(shapes, operands, isCausal: isCausal).backward(g)
    return zip(all, wanted).filter(\.1).map(\.0)
  }
}

/// The lengths in an attention: stacks of q [queries, depth], k [keys, depth] and v [keys, width].
struct AttentionShapes {
  let stack: Shape
  let queries: Int
  let keys: Int
  let depth: Int
  let width: Int

  /// Throws ``TensorError/shapes(operation:_:_:wanted:)`` when they do not fit.
  init(_ q: Shape, _ k: Shape, _ v: Shape) throws(TensorError) {
    let rank = q.rank
    guard rank >= 2, k.rank == rank, q[0..<rank - 2] == k[0..<rank - 2] else {
      throw .shapes(operation: "attend", q, k, wanted: "q and k of the same axes before the last two")
    }
    guard v.rank == rank, k[0..<rank - 1] == v[0..<rank - 1] else {
      throw .shapes(operation: "attend", k, v, wanted: "a row of v for every row of k")
    }
    guard q[rank - 1] == k[rank - 1], q[rank - 1] > 0 else {
      throw .shapes(operation: "attend", q, k, wanted: "as many features in q as in k")
    }
    stack = Shape(unchecked: q.dropLast(2))
    queries = q[rank - 2]
    keys = k[rank - 2]
    depth = q[rank - 1]
    width = v[rank - 1]
  }

  /// What scores are scaled by, so that their spread does not grow with the depth.
  var factor: Double { 1 / Double(depth).squareRoot() }
  var q: Shape { stack.appending([queries, depth]) }
  var k: Shape { stack.appending([keys, depth]) }
  var v: Shape { stack.appending([keys, width]) }
  var result: Shape { stack.appending([queries, width]) }
}

extension Quantity {
  /// Attention of the queries in this to `keys` and `values`: softmax(q kᵀ / √d) v over the last two axes.
  ///
  /// With `isCausal` query i sees the keys up to i only.
  ///
  /// Throws ``TensorError/shapes(operation:_:_:wanted:)`` when they do not fit.
  public func attend(to keys: Quantity, _ values: Quantity, isCausal: Bool = false) throws(TensorError)
    -> Quantity
  {
    let shapes = try AttentionShapes(shape, keys.shape, values.shape)
    if shapes.keys == 0 { return try .zeros(shapes.result, Quantity.commonDType(self, values)) }
    return try Attention(shapes, isCausal: isCausal)(self, keys, values)
  }
}

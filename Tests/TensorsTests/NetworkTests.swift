import Testing

@testable import Tensors

/// Something that must be refused, with the shapes its error must name.
private struct Refusal: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let shapes: [Shape]
  let attempt: @Sendable () throws(TensorError) -> Quantity

  init(_ name: String, _ shapes: [Shape], _ attempt: @escaping @Sendable () throws(TensorError) -> Quantity) {
    testDescription = name
    self.shapes = shapes
    self.attempt = attempt
  }
}

private let refusals: [Refusal] = [
  Refusal("conv with other channels", [[1, 4, 5, 5], [8, 3, 3, 3]]) { () throws(TensorError) in
    try Quantity.ones([1, 4, 5, 5]).conv(.ones([8, 3, 3, 3]))
  },
  Refusal("conv with a kernel too large", [[1, 1, 2, 2], [1, 1, 3, 3]]) { () throws(TensorError) in
    try Quantity.ones([1, 1, 2, 2]).conv(.ones([1, 1, 3, 3]))
  },
  Refusal("conv of other ranks", [[1, 2, 5], [1, 2, 3, 3]]) { () throws(TensorError) in
    try Quantity.ones([1, 2, 5]).conv(.ones([1, 2, 3, 3]))
  },
  Refusal("conv with a bias too long", [[2, 1, 3], [3]]) { () throws(TensorError) in
    try Quantity.ones([1, 1, 5]).conv(.ones([2, 1, 3]), .ones([3]))
  },
  Refusal("conv_transpose with other channels", [[1, 3, 5], [2, 1, 3]]) { () throws(TensorError) in
    try Quantity.ones([1, 3, 5]).convTranspose(.ones([2, 1, 3]))
  },
  Refusal("max_pool of a small image", [[1, 1, 2, 2]]) { () throws(TensorError) in
    try Quantity.ones([1, 1, 2, 2]).maxPool(size: [3])
  },
  Refusal("avg_pool of a matrix", [[2, 2]]) { () throws(TensorError) in
    try Quantity.ones([2, 2]).meanPool(size: [2])
  },
  Refusal("affine with other features", [[4, 3], [2, 5]]) { () throws(TensorError) in
    try Quantity.ones([4, 3]).affine(.ones([2, 5]), .ones([5]))
  },
  Refusal("attend with other features", [[2, 3], [5, 4]]) { () throws(TensorError) in
    try Quantity.ones([2, 3]).attend(to: .ones([5, 4]), .ones([5, 4]))
  },
  Refusal("attend with other rows", [[5, 3], [4, 3]]) { () throws(TensorError) in
    try Quantity.ones([2, 3]).attend(to: .ones([5, 3]), .ones([4, 3]))
  },
  Refusal("lstm with other features", [[2, 5, 3], [4, 8]]) { () throws(TensorError) in
    try Quantity.ones([2, 5, 3]).recurrent(.lstm, .ones([4, 8]), .ones([2, 8]), .ones([8]))
  },
  Refusal("gru with other states", [[3, 6], [3, 9]]) { () throws(TensorError) in
    try Quantity.ones([2, 5, 3]).recurrent(.gru, .ones([3, 6]), .ones([3, 9]), .ones([9]))
  },
]

@Suite struct NetworkTests {
  @Test(arguments: refusals)
  fileprivate func refusalsNameTheShapes(_ refusal: Refusal) throws {
    var named: [Shape] = []
    do throws(TensorError) {
      _ = try refusal.attempt()
    } catch {
      switch error {
      case .shape(_, let shape, _): named = [shape]
      case .shapes(_, let a, let b, _): named = [a, b]
      default: break
      }
    }
    #expect(named == refusal.shapes)
  }

  /// Every sample with nothing in its first axis, where that is a batch.
  @Test func emptyBatchesGiveEmptyResults() throws {
    let images = try Quantity.zeros([0, 2, 5, 5])
    let sequences = try Quantity.zeros([0, 4, 2])
    let results = try [
      images.conv(.ones([3, 2, 3, 3]), .ones([3])), images.maxPool(size: [2]), images.meanPool(size: [2]),
      images.normalize(axes: [-1]), sequences.attend(to: sequences, sequences),
      sequences.affine(.ones([2, 3]), .ones([3])),
      sequences.recurrent(.lstm, .ones([2, 12]), .ones([3, 12]), .ones([12])),
      Quantity.zeros([0, 3, 3, 3]).convTranspose(.ones([3, 2, 3, 3])),
    ]
    let shapes = results.map(\.shape)
    #expect(
      shapes == [
        [0, 3, 3, 3], [0, 2, 2, 2], [0, 2, 2, 2], [0, 2, 5, 5], [0, 4, 2], [0, 4, 3], [0, 4, 3],
        [0, 2, 5, 5],
      ])
    let slope = try gradient(
      of: { (w) throws(TensorError) in try images.conv(w) }, at: .ones([3, 2, 3, 3]))
    #expect(slope.elements.allSatisfy { $0 == 0 } && slope.shape == [3, 2, 3, 3])
  }

  /// The value of every fused operation is that of its definition in primitives.
  @Test func kernelsComputeTheirDefinitions() throws {
    func random(_ shape: Shape, _ key: UInt64) throws(TensorError) -> Quantity {
      try .random(shape, key: key)
    }
    let recurrent = try [random([3, 5, 2], 1), random([2, 12], 2), random([3, 12], 3), random([12], 4)]
    let q = try [random([2, 70, 4], 1), random([2, 90, 4], 2), random([2, 90, 3], 3)]
    let axes = try ReducedAxes([0, 2], of: [3, 4, 20])
    let layout = try #require(NormalizedGroups(axes))
    let uses: [(any FusedOperation, [Quantity])] = try [
      (Attention(AttentionShapes(q[0].shape, q[1].shape, q[2].shape), isCausal: true), q),
      (Normalize(axes: [0, 2], layout, eps: 1e-3), [random([3, 4, 20], 5)]),
      (RecurrentLayer(.lstm, givesCells: true), recurrent + [random([3, 3], 5), random([3, 3], 6)]),
    ]
    for (operation, operands) in uses {
      let (value, wanted) = try (operation.evaluate(Inputs(operands)), operation.definition(operands))
      let gap = zip(value.elements, wanted.elements).map { abs($0 - $1) }.max() ?? .infinity
      #expect(gap < 1e-12 && value.shape == wanted.shape, "\(operation.name): \(gap)")
    }
  }

  @Test func poolsTakeTheFirstOfEqualsAndNaN() throws {
    let x = try Quantity.from([1, 1, 2, .nan, 5, .nan, -.infinity, -.infinity], [1, 1, 8])
    let pooled = try x.maxPool(size: [2])
    #expect(pooled.elements[0] == 1 && pooled.elements[1].isNaN && pooled.elements[3] == -.infinity)
    let slope = try gradient(of: { (x) throws(TensorError) in try x.maxPool(size: [2]) }, at: x)
    #expect(slope.elements == [1, 0, 0, 1, 0, 1, 1, 0])
  }
}

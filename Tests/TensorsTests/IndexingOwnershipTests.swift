import Testing

@testable import Tensors

/// Values behave as copied, and changing one in a loop costs what it touches.
@Suite(.serialized) struct IndexingOwnershipTests {
  private func vector(_ n: Int) throws -> Quantity { .tensor(try Tensor((0..<n).map(Double.init))) }

  @Test func copiesDoNotSeeAssignments() throws {
    var x = try vector(12)
    let copy = x
    let view = try x.reshaped(to: [3, 4])
    let row = try view.indexed([.at(1)])
    let range = try x.indexed([.slice(start: 2, stop: 5, step: 1)])
    try Quantity.assign(&x, at: 5, 100)
    try Quantity.assign(&x, [.slice(start: 0, stop: 3, step: 1)], -1)
    #expect(copy.elements == (0..<12).map(Double.init))
    #expect(view.elements == copy.elements)
    #expect(row.elements == [4, 5, 6, 7])
    #expect(range.elements == [2, 3, 4])
    #expect(x.elements == [-1, -1, -1, 3, 4, 100, 6, 7, 8, 9, 10, 11])

    var matrix = view
    let before = try matrix.indexed([.at(0)])
    try Quantity.assign(&matrix, at: 0, matrix.indexed([.at(1)]))
    try Quantity.assign(
      &matrix, [.slice(start: 1, stop: nil, step: 1)], matrix.indexed([.slice(start: 0, stop: 2, step: 1)]))
    #expect(before.elements == [0, 1, 2, 3])
    #expect(matrix.elements == [4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7])

    var grown = copy
    try Quantity.append(&grown, 7)
    var branch = grown
    try Quantity.append(&grown, 8)
    try Quantity.append(&branch, 9)
    #expect(copy.shape == [12])
    #expect(grown.elements.suffix(2) == [7, 8])
    #expect(branch.elements.suffix(2) == [7, 9])
  }

  @Test func failedAssignmentsChangeNothing() throws {
    var x = try vector(4)
    let address = try x.address()
    #expect(throws: TensorError.self) { try Quantity.assign(&x, at: 4, 1) }
    #expect(throws: TensorError.self) { try Quantity.assign(&x, [.all], Quantity(try Tensor([1.0, 2, 3]))) }
    #expect(throws: TensorError.self) { try Quantity.append(&x, Quantity(try Tensor([1.0, 2, 3]))) }
    #expect(try x.address() == address)
    let trace = Trace()
    var y = trace.variable(x)
    #expect(throws: TensorError.self) { try Quantity.assign(&y, [.all], Quantity(try Tensor([1.0, 2, 3]))) }
    #expect(y.isTraced && y.elements == [0, 1, 2, 3])
  }

  @Test func assignmentHappensInPlace() throws {
    var x = try vector(1000)
    let address = try x.address()
    for i in 0..<1000 { try Quantity.assign(&x, at: i, .number(Double(i) * 2)) }
    try Quantity.assign(&x, [.slice(start: nil, stop: nil, step: 3)], 0)
    #expect(try x.address() == address)

    // Under two derivatives, and with the value traced instead of the target.
    let (outer, inner) = (Trace(), Trace())
    var y = inner.variable(outer.variable(try vector(1000) * 1))
    // The variables themselves stay alive in nobody's hands.
    let start = try y.address()
    for i in 1..<1000 { try Quantity.assign(&y, at: i, y.element(i - 1) * 1.001) }
    #expect(try y.address() == start)
    var z = try vector(100)
    let plain = try z.address()
    for i in 0..<100 { try Quantity.assign(&z, at: i, y.element(i)) }
    #expect(try z.address() == plain)
  }

  @Test func workedOnTensorsCopyRowsInsteadOfThemselves() throws {
    var x = Quantity.tensor(try Tensor.filled(1, [100, 50]))
    let untouched = try x.indexed([.at(3)])
    #expect(try untouched.address() == x.address() + 3 * 50 * 8, "a view")
    try Quantity.assign(&x, at: 0, 5)
    let address = try x.address()
    for i in 1..<100 {
      let above: Quantity = try x.element(i - 1)
      try Quantity.assign(&x, at: i, above * 1.5)
      withExtendedLifetime(above) {}
    }
    #expect(try x.address() == address)
    #expect(untouched.elements.allSatisfy { $0 == 1 })
  }

  @Test func appendingMovesRarely() throws {
    var moves = 0
    var x = try vector(0)
    var address = try x.address()
    for i in 0..<10_000 {
      try Quantity.append(&x, .number(Double(i)))
      let now = try x.address()
      if now != address { moves += 1 }
      address = now
    }
    #expect(moves < 20)
    #expect(x.elements == (0..<10_000).map(Double.init))
  }

  /// Seconds for a loop over n elements, with its backward pass.
  private func seconds(_ n: Int, _ body: (Quantity, Int) throws -> Quantity) throws -> Double {
    let clock = ContinuousClock()
    var best = Double.infinity
    for _ in 0..<3 {
      let elapsed = try clock.measure {
        let trace = Trace()
        let x = trace.variable(.tensor(try Tensor.filled(1, [n])))
        let output = try body(x, n)
        trace.close()
        _ = try trace.gradients(of: output, cotangent: 1, for: [x])
      }
      best = min(best, Double(elapsed.components.attoseconds) * 1e-18 + Double(elapsed.components.seconds))
    }
    return best
  }

  @Test func loopsTakeLinearTime() throws {
    let loops: [(Quantity, Int) throws -> Quantity] = [
      { x, n in
        var sum = Quantity.number(0)
        for i in 0..<n { sum = try sum + x.element(i) }
        return sum
      },
      { x, n in
        var y = try x * 1
        for i in 1..<n { try Quantity.assign(&y, at: i, y.element(i - 1) * 0.5) }
        return try y.sum()
      },
      { x, n in
        var y = try Quantity.zeros([1])
        for i in 1..<n { try Quantity.append(&y, y.element(i - 1) * x.element(i)) }
        return try y.sum()
      },
      { x, n in
        let rows = try x.reshaped(to: [n / 10, 10])
        var y = try rows * 1
        for i in 1..<n / 10 { try Quantity.assign(&y, at: i, y.element(i - 1) * rows.element(i)) }
        return try y.sum()
      },
    ]
    for (number, loop) in loops.enumerated() {
      // Ten times the work: about 10 if linear, 100 if quadratic.
      let ratio = try seconds(100_000, loop) / seconds(10_000, loop)
      #expect(ratio < 35, "loop \(number)")
    }
  }
}

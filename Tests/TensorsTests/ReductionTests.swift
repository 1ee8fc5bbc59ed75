import Testing

@testable import Tensors

@Suite struct ReductionTests {
  /// Every set of axes of a tensor with axes of length 1.
  private static let masks = 0..<32
  private static let shape: Shape = [2, 3, 1, 4, 2]

  @Test(arguments: masks)
  func agreesWithANaiveLoop(over mask: Int) throws {
    let axes = (0..<5).filter { mask >> $0 & 1 != 0 }
    let x = try Quantity.random(ReductionTests.shape)
    let groups = try grouped(x, axes)
    let wanted: [(Quantity, ([Double]) -> Double)] = [
      (try x.sum(axes: axes), { $0.reduce(0, +) }),
      (try x.mean(axes: axes), { $0.reduce(0, +) / Double($0.count) }),
      (try x.prod(axes: axes), { $0.reduce(1, *) }),
      (try x.max(axes: axes), { $0.max() ?? .nan }),
      (try x.min(axes: axes), { $0.min() ?? .nan }),
      (try x.variance(axes: axes), ReductionTests.variance),
      (try x.norm(axes: axes), { ($0.reduce(0) { $0 + $1 * $1 }).squareRoot() }),
      (try x.median(axes: axes), ReductionTests.median),
      (try BooleanTable.greater(x, 1).count(axes: axes), { Double($0.filter { $0 > 1 }.count) }),
      (try BooleanTable.greater(x, 1).any(axes: axes), { $0.contains { $0 > 1 } ? 1 : 0 }),
    ]
    for (index, (found, naive)) in wanted.enumerated() {
      let gaps = zip(found.elements, groups.map(naive)).map { abs($0 - $1) }
      #expect(gaps.count == groups.count && gaps.allSatisfy { $0 < 1e-12 }, "row \(index) over \(axes)")
    }
    let kept = try x.sum(axes: axes, keepdims: true).shape
    #expect(kept == Shape(unchecked: (0..<5).map { axes.contains($0) ? 1 : ReductionTests.shape[$0] }))
  }

  @Test func axesAreChecked() throws {
    let x = try Quantity.ones([2, 3])
    #expect(throws: TensorError.self) { try x.sum(axes: [2]) }
    #expect(throws: TensorError.self) { try x.sum(axes: [1, -1]) }
  }

  @Test func varianceSurvivesALargeOffset() throws {
    let x = try Quantity.from([4, 7, 13, 16], [4]) + 1e9
    #expect(try x.variance(ddof: 1).elements == [30])
  }

  @Test func normNeitherOverflowsNorVanishes() throws {
    let x = try Quantity.from([3e200, 4e200, 3e-200, 4e-200, 0, 0], [3, 2])
    let lengths = try x.norm(axes: [1]).elements
    #expect(abs(lengths[0] / 5e200 - 1) < 1e-15 && abs(lengths[1] / 5e-200 - 1) < 1e-15 && lengths[2] == 0)
  }

  @Test func scansRunBothWays() throws {
    let x = try Quantity.from([1, 2, 3, 4], [4])
    #expect(try x.cumsum().elements == [1, 3, 6, 10] && x.cumsum(reversed: true).elements == [10, 9, 7, 4])
    #expect(try x.cumprod().elements == [1, 2, 6, 24] && x.flip().cummax().elements == [4, 4, 4, 4])
  }

  @Test func histogramsCountTheLastEdge() throws {
    let x = try Quantity.from([0, 0.5, 1, 2, 2, 3, .nan], [7])
    #expect(try x.histogram(bins: 3).counts.elements == [2, 1, 3])
    #expect(try Quantity.from([1, 3, 1], [3]).bincount().elements == [0, 2, 0, 1])
  }

  /// The elements that are reduced together, in the order of the results.
  private func grouped(_ x: Quantity, _ axes: [Int]) throws -> [[Double]] {
    let shape = ReductionTests.shape
    var groups: [[Double]] = []
    var numbers: [[Int]: Int] = [:]
    for (position, element) in x.elements.enumerated() {
      let kept = (0..<5).filter { !axes.contains($0) }.map { position / shape.strides[$0] % shape[$0] }
      let number = numbers[kept] ?? groups.count
      if number == groups.count { groups.append([]) }
      numbers[kept] = number
      groups[number].append(element)
    }
    return groups
  }

  private static func variance(_ x: [Double]) -> Double {
    let mean = x.reduce(0, +) / Double(x.count)
    return x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
  }

  private static func median(_ x: [Double]) -> Double {
    let sorted = x.sorted()
    return (sorted[(x.count - 1) / 2] + sorted[x.count / 2]) / 2
  }
}

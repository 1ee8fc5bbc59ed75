import Testing

@testable import Tensors

@Suite struct RandomTests {
  @Test func drawingInPartsEqualsDrawingAtOnce() throws {
    var (whole, parts) = (RandomStream(key: 7), RandomStream(key: 7))
    let once = try [whole.uniform([5000]), whole.normal([70]), whole.integers(-3, 4, [3000])]
    let first = try [parts.uniform([17]), parts.uniform([4983])]
    let second = try [parts.normal([69]), parts.normal([1])]
    let third = try [parts.integers(-3, 4, [1500]), parts.integers(-3, 4, [1500])]
    for (one, many) in zip(once, [first, second, third]) {
      #expect(try one.elements == Quantity.concat(many).elements)
    }
    #expect(whole == parts && whole.counter == 8070)
  }

  @Test func distributionsAreWhatTheySay() throws {
    var stream = RandomStream(key: 1)
    let (uniform, normal) = (try stream.uniform([100_000]), try stream.normal([100_000]))
    let dice = try stream.integers(0, 6, [60_000]).bincount().elements
    let coin = try stream.bernoulli(0.25, [100_000]).mean().elements[0]
    let moments = try [uniform.mean(), uniform.variance(), normal.mean(), normal.variance()].map {
      $0.elements[0]
    }
    #expect(abs(moments[0] - 0.5) < 0.005 && abs(moments[1] - 1 / 12) < 0.002)
    #expect(abs(moments[2]) < 0.015 && abs(moments[3] - 1) < 0.03 && abs(coin - 0.25) < 0.01)
    #expect(dice.count == 6 && dice.allSatisfy { abs($0 - 10_000) < 500 })
    let single = try stream.uniform([100_000], .f32)
    #expect(try single.dtype == .f32 && single.max().elements[0] < 1)
  }

  @Test func permutationsHoldEveryPosition() throws {
    var stream = RandomStream(key: 3)
    let order = try stream.permutation(1000)
    #expect(
      try order.elements != order.sort().elements && order.sort().elements == (0..<1000).map(Double.init))
    #expect(try stream.choice(10, 10, repeating: false).sort().elements == (0..<10).map(Double.init))
    #expect(try stream.choice(weights: .from([0, 1, 0], [3]), 5).elements == [1, 1, 1, 1, 1])
    #expect(throws: TensorError.self) { try stream.choice(3, 4, repeating: false) }
    #expect(throws: TensorError.self) { try stream.integers(3, 3, [1]) }
  }
}

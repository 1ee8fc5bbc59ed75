import Testing

@testable import Tensors

@Suite struct ShapeTests {
  private let x = Quantity.tensor(Tensor(integersFrom: 0, count: 6))

  @Test func elementsGoWhereTheyShould() throws {
    let matrix = try x.reshape([2, -1])
    let found: [([Double], [Double])] = [
      (try matrix.transpose().elements, [0, 3, 1, 4, 2, 5]),
      (try matrix.flip(axes: [1]).elements, [2, 1, 0, 5, 4, 3]),
      (try matrix.roll(1, axis: 1).elements, [2, 0, 1, 5, 3, 4]),
      (try matrix.roll(2).elements, [4, 5, 0, 1, 2, 3]),
      (try matrix.tile([1, 2]).elements, [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5]),
      (try matrix.repeatEach(2, axis: 1).elements, [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]),
      (try matrix.tril().elements, [0, 0, 0, 3, 4, 0]),
      (try matrix.triu(offset: 1).elements, [0, 1, 2, 0, 0, 5]),
      (try matrix.diag(offset: -1).elements, [3]),
      (try matrix.pad([(0, 1), (1, 0)], value: 9).elements, [9, 0, 1, 2, 9, 3, 4, 5, 9, 9, 9, 9]),
      (try Quantity.stack([x, x], axis: 1).slice(axis: 0, 0..<2).elements, [0, 0, 1, 1]),
      (try matrix.diff().elements, [1, 1, 1, 1]),
      (try Quantity.eye(2, 3).elements, [1, 0, 0, 0, 1, 0]),
      (try x.slice(axis: 0, 1..<3).onehot(3).elements, [0, 1, 0, 0, 0, 1]),
      (try x.chunk(4)[1].elements, [2, 3]),
      (try Quantity.linspace(0, 1, 3).elements, [0, 0.5, 1]),
      (try Quantity.range(3, 0, step: -1).elements, [3, 2, 1]),
      (try Quantity.meshgrid([x.slice(axis: 0, 0..<2), x.slice(axis: 0, 3..<5)])[0].elements, [0, 0, 1, 1]),
    ]
    for (index, (elements, wanted)) in found.enumerated() { #expect(elements == wanted, "row \(index)") }
  }

  @Test func linspaceEndsExactly() throws {
    for count in 2..<60 {
      let points = try Quantity.linspace(0.1, 0.7, count).elements
      #expect(points[0] == 0.1 && points[count - 1] == 0.7)
    }
  }

  @Test func sortingLongRowsIsStable() throws {
    let x = try Quantity.random([3, 500], in: -9...9)
    let coarse = try ElementwiseTable.round(x)
    let order = try coarse.argsort().elements
    for row in 0..<3 {
      let values = Array(coarse.elements[(row * 500)..<(row * 500 + 500)])
      let wanted = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
      #expect(order[(row * 500)..<(row * 500 + 500)].map { Int($0) } == wanted)
    }
    #expect(try x.sort(axis: 0).elements[500] == x.median(axes: [0]).elements[0])
  }

  @Test(arguments: [[3, 4], [-1, -1], [0, -1], [-2, 3], [7, -1]])
  func reshapesThatDoNotFitAreErrors(_ lengths: [Int]) throws {
    let x = try Quantity.ones([6])
    #expect(throws: TensorError.self) { try x.reshape(lengths) }
  }

  @Test func sizesThatOverflowAreErrors() throws {
    #expect(throws: TensorError.self) { try x.tile([1 << 40, 1 << 40]) }
    #expect(throws: TensorError.self) { try x.pad([(Int.max, Int.max)]) }
    #expect(throws: TensorError.self) { try Quantity.range(0, 1e300) }
    #expect(throws: TensorError.self) { try Quantity.eye(1 << 40) }
    #expect(throws: TensorError.self) { try x.reshape(Array(repeating: 1, count: 9)) }
  }
}

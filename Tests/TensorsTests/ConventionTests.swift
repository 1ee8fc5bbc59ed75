import Testing

@testable import Tensors

@Suite struct ConventionTests {
  /// A function, a point, and the value and derivative agreed on there.
  struct Corner: Sendable {
    let name: String
    let x: Double
    let value: Double
    let slope: Double
    let function: @Sendable (Quantity) throws(TensorError) -> Quantity
  }

  private static let corners: [Corner] = [
    corner("relu", 0, 0, 0) { (x) throws(TensorError) in try ElementwiseTable.relu(x) },
    corner("abs", 0, 0, 0) { (x) throws(TensorError) in try ElementwiseTable.abs(x) },
    corner("sqrt", 0, 0, .infinity) { (x) throws(TensorError) in try ElementwiseTable.sqrt(x) },
    corner("clip at a bound", 1, 1, 1) { (x) throws(TensorError) in try x.clip(0, 1) },
    corner("maximum of equals", 2, 2, 0.5) { (x) throws(TensorError) in try BinaryTable.maximum(x, 2) },
    corner("x^0 at 0", 0, 1, 0) { (x) throws(TensorError) in try BinaryTable.power(x, 0) },
    corner("x^1 at 0", 0, 0, 1) { (x) throws(TensorError) in try BinaryTable.power(x, 1) },
    corner("x^3 below 0", -2, -8, 12) { (x) throws(TensorError) in try BinaryTable.power(x, 3) },
    corner("0^y", 2, 0, 0) { (y) throws(TensorError) in try BinaryTable.power(0, y) },
    corner("0^0 in y", 0, 1, 0) { (y) throws(TensorError) in try BinaryTable.power(0, y) },
    corner("hypot", 0, 0, 0) { (x) throws(TensorError) in try BinaryTable.hypot(x, 0) },
    corner("norm", 0, 0, 0) { (x) throws(TensorError) in try x.norm() },
    corner("std of a constant", 3, 0, 0) { (x) throws(TensorError) in try (x * .ones([4])).standardDeviation()
    },
    corner("max of ties", 3, 3, 1) { (x) throws(TensorError) in try (x * .ones([4])).max() },
    corner("logsumexp of nothing", -.infinity, -.infinity, 0) { (x) throws(TensorError) in
      try x.reshaped(to: [1]).logsumexp()
    },
    corner("log in the dead branch", -2, 0, 0) { (x) throws(TensorError) in
      try .where(BooleanTable.greater(x, 0), ElementwiseTable.log(x), 0)
    },
    corner("round", 2.5, 2, 0) { (x) throws(TensorError) in try ElementwiseTable.round(x) },
    corner("mod", -5, 1, 1) { (x) throws(TensorError) in try BinaryTable.modulo(x, 3) },
  ]

  @Test(arguments: corners)
  func holdAtCorners(_ corner: Corner) throws {
    let f: Function = { (x) throws(TensorError) in try corner.function(x) }
    let value = try f(.number(corner.x)).elements[0]
    let slope = try gradient(of: f, at: .number(corner.x)).elements[0]
    #expect(value == corner.value && slope == corner.slope, "\(corner.name): \(value), \(slope)")
  }

  @Test func holdForNothing() throws {
    let none = try Quantity.zeros([0, 3])
    let values = try [none.sum(), none.prod(), none.mean(), none.logsumexp(), none.any(), none.all()].map {
      $0.elements[0]
    }
    #expect(
      values[0] == 0 && values[1] == 1 && values[2].isNaN && values[3] == -.infinity
        && values[4...] == [0, 1])
    #expect(try none.sum(axes: [0]).elements == [0, 0, 0] && none.max(axes: [1]).shape == [0])
    #expect(throws: TensorError.self) { try none.max() }
    #expect(throws: TensorError.self) { try none.argmin(axis: 0) }
    #expect(throws: TensorError.self) { try none.median() }
  }

  @Test func holdForNaN() throws {
    let x = try Quantity.from([2, .nan, -1, 2], [4])
    let values = try [x.max(), x.min(), x.sum(), x.median(), x.norm(), x.variance()].map { $0.elements[0] }
    let areUndefined = values.allSatisfy(\.isNaN)
    #expect(areUndefined)
    #expect(try x.argmax().elements == [1] && x.argsort().elements == [2, 0, 3, 1])
    #expect(try x.argsort(descending: true).elements == [0, 3, 2, 1] && x.sort().elements[3].isNaN)
    #expect(try Quantity.from([.nan, 1, .nan, -0.0, 0], [5]).unique().counts.elements == [2, 1, 2])
  }

  private static func corner(
    _ name: String, _ x: Double, _ value: Double, _ slope: Double,
    _ function: @escaping @Sendable (Quantity) throws(TensorError) -> Quantity
  ) -> Corner {
    Corner(name: name, x: x, value: value, slope: slope, function: function)
  }
}

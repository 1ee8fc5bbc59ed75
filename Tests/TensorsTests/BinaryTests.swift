import CKernels
import Testing

@testable import Tensors

private let rows = BinaryTable.all

@Suite struct BinaryTests {
  @Test(arguments: rows.indices)
  func derivativesAgreeWithCentralDifferences(of row: Int) throws {
    let (x, y) = try samples(of: row)
    let left: Function = { (x) throws(TensorError) in try rows[row](x, y) }
    let right: Function = { (y) throws(TensorError) in try rows[row](x, y) }
    let errors = try [gradientError(of: left, at: x), gradientError(of: right, at: y)]
    #expect(errors.max() ?? 1 < 1e-8, "\(rows[row].name)")
  }

  @Test(arguments: rows.indices)
  func secondDerivativesAgreeWithCentralDifferences(of row: Int) throws {
    let (x, y) = try samples(of: row)
    let along: Function = { (t) throws(TensorError) in try rows[row](x * t, y * t) }
    let slope: Function = { (t) throws(TensorError) in try gradient(of: along, at: t) }
    let point = try Quantity.from([0.93, 0.96, 1, 0.97, 0.95], [5])
    let error = try gradientError(of: slope, at: point)
    #expect(error < 1e-6, "\(rows[row].name) \(error)")
  }

  @Test(arguments: rows.indices)
  func operandsBroadcastLikeANaiveLoop(in row: Int) throws {
    var stream = RandomStream(key: UInt64(row))
    for _ in 0..<40 {
      let (a, b) = try randomShapes(&stream)
      let x = try Quantity.random(a, in: rows[row].rule.domains.x, key: 2)
      let y = try Quantity.random(b, in: rows[row].rule.domains.y, key: 3)
      let result = try rows[row](x, y)
      let wanted = try naive(x, y, result.shape) { rows[row].scalar($0, $1) }
      #expect(result.elements == wanted, "\(rows[row].name) \(a) \(b)")
    }
  }

  @Test(arguments: rows.indices)
  func gradientsOfBroadcastOperandsHaveTheirShapes(in row: Int) throws {
    let x = try Quantity.random([3, 1, 2], in: rows[row].rule.domains.x)
    let y = try Quantity.random([4, 1], in: rows[row].rule.domains.y)
    let errors = try [
      gradientError(of: { (x) throws(TensorError) in try rows[row](x, y) }, at: x),
      gradientError(of: { (y) throws(TensorError) in try rows[row](x, y) }, at: y),
    ]
    #expect(errors.max() ?? 1 < 1e-8, "\(rows[row].name)")
  }

  @Test func dtypesFollowTheWiderTensor() throws {
    let double = try Quantity.ones([2])
    let single = try Quantity.ones([2], .f32)
    let truth = try Quantity.ones([2], .bool)
    let found = try [
      single + 1, single * double, truth + 1, truth + truth, single + truth, 2 / single, Quantity(2) + truth,
    ].map(\.dtype)
    #expect(found == [.f32, .f64, .f64, .f64, .f32, .f32, .f64])
  }

  @Test func shapesThatDoNotFitAreNamed() throws {
    #expect(throws: TensorError.self) { try Quantity.ones([2, 3]) + Quantity.ones([2]) }
  }

  @Test func operandsAreNeverChangedByReuse() throws {
    let x = try Quantity.from([1, 2, 3], [3])
    let alias = x
    let y = try (x + 1) * 2 - alias
    let z = try -(y * y) + x
    #expect(x.elements == [1, 2, 3] && y.elements == [3, 4, 5] && z.elements == [-8, -14, -22])
  }

  private func samples(of row: Int) throws -> (Quantity, Quantity) {
    let domains = rows[row].rule.domains
    return (try .random([5], in: domains.x, key: 5), try .random([5], in: domains.y, key: 6))
  }

  private func naive(
    _ x: Quantity, _ y: Quantity, _ shape: Shape, _ f: (Double, Double) -> Double
  ) throws -> [Double] {
    let (a, b) = (try x.broadcast(to: shape).elements, try y.broadcast(to: shape).elements)
    return (0..<shape.count).map { f(a[$0], b[$0]) }
  }

  /// Two shapes that broadcast, with lengths of 0 and 1 among them.
  private func randomShapes(_ stream: inout RandomStream) throws -> (Shape, Shape) {
    let draws = try stream.integers(0, 6, [14]).elements.map { Int($0) }
    var (a, b): ([Int], [Int]) = ([], [])
    for axis in 0..<(draws[0] % 5) {
      let length = [0, 1, 2, 3, 5, 7][draws[1 + axis]]
      a.append(draws[5 + axis] == 0 ? 1 : length)
      b.append(draws[9 + axis] < 2 ? 1 : length)
    }
    return (Shape(unchecked: a), Shape(unchecked: b.dropFirst(draws[13] % (b.count + 1))))
  }
}

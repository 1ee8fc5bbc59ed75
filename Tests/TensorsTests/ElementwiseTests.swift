import CKernels
import Testing

@testable import Tensors

private let rows = ElementwiseTable.all + ElementwiseTable.helpers

@Suite struct ElementwiseTests {
  @Test(arguments: rows.indices)
  func firstDerivativeAgreesWithCentralDifferences(of row: Int) throws {
    let error = try gradientError(of: { (x) throws(TensorError) in try rows[row](x) }, at: samples(of: row))
    #expect(error < 2e-8, "\(rows[row].name)")
  }

  @Test(arguments: rows.indices)
  func secondDerivativeAgreesWithCentralDifferences(of row: Int) throws {
    let slope: Function = { (x) throws(TensorError) in
      try gradient(of: { (x) throws(TensorError) in try rows[row](x) }, at: x)
    }
    #expect(try gradientError(of: slope, at: samples(of: row)) < 2e-7, "\(rows[row].name)")
  }

  @Test(arguments: rows.indices)
  func tensorsNumbersAndPrecisionsAgree(of row: Int) throws {
    let function = rows[row]
    let x = try samples(of: row)
    let y = try function(x).elements
    let scalars = x.elements.map(function.scalar)
    let single = try function(x.cast(to: .f32))
    let gaps = zip(y, single.elements).map { abs($0 - $1) / (1 + abs($0)) }
    let undefined = function.scalar(.nan)
    #expect(
      y == scalars && single.dtype == .f32 && gaps.allSatisfy { $0 < 1e-5 } && undefined.isNaN,
      "\(function.name)")
  }

  @Test func everyKernelHasARow() {
    let kernels = Set(rows.map(\.rule.kernel.rawValue))
    #expect(kernels == Set(0..<NNS_UNARY_COUNT.rawValue) && rows.count == kernels.count)
  }

  @Test func truthValuesCountAsNumbers() throws {
    let y = try ElementwiseTable.exp(.tensor(Tensor([true, false])))
    #expect(y.dtype == .f64 && y.elements[1] == 1)
  }

  /// Numbers of the row's domain, away from the corners at integers and halves.
  private func samples(of row: Int) throws -> Quantity {
    let domain = rows[row].rule.domain
    let shares = [0.03, 0.21, 0.39, 0.64, 0.83, 0.97]
    return try .from(shares.map { domain.lowerBound + $0 * (domain.upperBound - domain.lowerBound) }, [6])
  }
}

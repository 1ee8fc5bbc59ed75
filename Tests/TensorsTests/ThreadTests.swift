import Testing

@testable import Tensors

private let million: Shape = [1_000_000]

private let programs: [Sample] = [
  Sample("fused", million) { (x) throws(TensorError) in
    try (ElementwiseTable.exp(-x * x) * ElementwiseTable.sin(x)).sum()
  },
  Sample("sums of columns", million) { (x) throws(TensorError) in try x.reshape([500, -1]).sum(axes: [0]) },
  Sample("logsumexp of rows", million) { (x) throws(TensorError) in
    try x.reshape([500, -1]).logsumexp(axes: [1])
  },
  Sample("variance", million) { (x) throws(TensorError) in try x.variance() },
  Sample("cumsum", million) { (x) throws(TensorError) in try x.cumsum() },
  Sample("broadcasting", million) { (x) throws(TensorError) in
    let rows = try x.reshape([-1, 10])
    return try rows * rows.mean(axes: [0]) - rows.max(axes: [1], keepdims: true)
  },
]

@Suite(.serialized) struct ThreadTests {
  @Test(arguments: programs + networkPrograms)
  func bitsDoNotDependOnThreads(_ program: Sample) throws {
    let x = try Quantity.random(program.shape)
    let f: Function = { (x) throws(TensorError) in try program.function(x) }
    let before = Threads.count
    defer { Threads.count = before }
    var results: [[UInt64]] = []
    for count in [1, 2, 3] {
      Threads.count = count
      results.append(try f(x).bits + gradient(of: f, at: x).bits)
    }
    #expect(results[0] == results[1] && results[0] == results[2])
  }
}

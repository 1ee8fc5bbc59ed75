import Testing

@testable import Tensors

/// A function whose derivatives are checked at random points of a shape.
struct Sample: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let shape: Shape
  let points: [Double]?
  let function: @Sendable (Quantity) throws(TensorError) -> Quantity

  init(
    _ name: String, _ shape: Shape, _ points: [Double]? = nil,
    _ function: @escaping @Sendable (Quantity) throws(TensorError) -> Quantity
  ) {
    testDescription = name
    self.shape = shape
    self.points = points
    self.function = function
  }
}

private let samples: [Sample] = [
  Sample("sum", [2, 3, 2]) { (x) throws(TensorError) in try x.sum(axes: [0, -1]) },
  Sample("mean", [2, 3]) { (x) throws(TensorError) in try x.mean(axes: [1], keepdims: true) },
  Sample("prod", [2, 3]) { (x) throws(TensorError) in try x.prod(axes: [0]) },
  Sample("prod with zeros", [2, 3], [1, 0, 2, 0, 0, 3]) { (x) throws(TensorError) in try x.prod(axes: [1]) },
  Sample("prod of middle axes", [2, 2, 3], [1, 0, 0.5, 0, 0, 1, 1, 0.5, 0.3, 1, 1, 0.7]) {
    (x) throws(TensorError) in try x.prod(axes: [0, 2])
  },
  Sample("max", [3, 4]) { (x) throws(TensorError) in try x.max(axes: [0]) },
  Sample("min", [3, 4]) { (x) throws(TensorError) in try x.min(axes: [0, 1]) },
  Sample("var", [3, 4]) { (x) throws(TensorError) in try x.variance(axes: [1], ddof: 1) },
  Sample("std", [2, 3, 4]) { (x) throws(TensorError) in try x.standardDeviation(axes: [0, 2]) },
  Sample("norm", [2, 3, 2]) { (x) throws(TensorError) in try x.norm(axes: [0, 2]) },
  Sample("norm 3", [6]) { (x) throws(TensorError) in try x.norm(p: 3) },
  Sample("norm 1", [6]) { (x) throws(TensorError) in try x.norm(p: 1) },
  Sample("logsumexp", [2, 3, 2]) { (x) throws(TensorError) in try x.logsumexp(axes: [0, 2]) },
  Sample("softmax", [3, 4]) { (x) throws(TensorError) in try x.softmax(axis: 0) },
  Sample("log_softmax", [3, 4]) { (x) throws(TensorError) in try x.logSoftmax() },
  Sample("cumsum", [2, 4]) { (x) throws(TensorError) in try x.cumsum(axis: 1) },
  Sample("cumprod", [4, 2]) { (x) throws(TensorError) in try x.cumprod(axis: 0) },
  Sample("cumprod with zeros", [5], [1, 0, 2, 0, 3]) { (x) throws(TensorError) in try x.cumprod(axis: 0) },
  Sample("cummax", [2, 5]) { (x) throws(TensorError) in try x.cummax(axis: 1) },
  Sample("quantile", [3, 5]) { (x) throws(TensorError) in try x.quantile(0.3, axes: [0]) },
  Sample("median", [2, 2, 3]) { (x) throws(TensorError) in try x.median(axes: [0, 2]) },
  Sample("covariance", [3, 5]) { (x) throws(TensorError) in try x.covariance() },
  Sample("correlation", [3, 5]) { (x) throws(TensorError) in try x.correlation() },
  Sample("reshape", [2, 3]) { (x) throws(TensorError) in try x.reshape([-1, 2]) * [1, 2].vector() },
  Sample("permute", [2, 3, 4]) { (x) throws(TensorError) in try x.permute([2, 0, 1]) },
  Sample("transpose", [2, 3]) { (x) throws(TensorError) in try x.transpose() },
  Sample("squeeze", [2, 1, 3]) { (x) throws(TensorError) in try x.squeeze(axes: [1]) },
  Sample("broadcast_to", [2, 1]) { (x) throws(TensorError) in try x.broadcast(to: [3, 2, 4]) },
  Sample("concat", [2, 3]) { (x) throws(TensorError) in try .concat([x, x * x, x], axis: 1) },
  Sample("concat of four", [2]) { (x) throws(TensorError) in try .concat([x, 2 * x, .ones([1]), x * x]) },
  Sample("stack", [2, 3]) { (x) throws(TensorError) in try .stack([x, x * x], axis: -1) },
  Sample("chunk", [5, 2]) { (x) throws(TensorError) in
    let parts = try x.chunk(2)
    return try parts[0].sum() * parts[1]
  },
  Sample("pad", [2, 3]) { (x) throws(TensorError) in try x.pad([(1, 0), (0, 2)], value: 7) },
  Sample("flip", [2, 3, 2]) { (x) throws(TensorError) in try x.flip(axes: [0, 2]) },
  Sample("roll", [2, 5]) { (x) throws(TensorError) in try x.roll(-2, axis: 1) },
  Sample("tile", [2, 3]) { (x) throws(TensorError) in try x.tile([2, 1, 3]) },
  Sample("repeat_each", [2, 3]) { (x) throws(TensorError) in try x.repeatEach(2, axis: 0) },
  Sample("diag of a vector", [3]) { (x) throws(TensorError) in try x.diag(offset: -1) },
  Sample("diag of a matrix", [3, 4]) { (x) throws(TensorError) in try x.diag(offset: 1) },
  Sample("trace", [3, 3]) { (x) throws(TensorError) in try x.trace() },
  Sample("tril", [3, 4]) { (x) throws(TensorError) in try x.tril(offset: 1) },
  Sample("sort", [3, 4]) { (x) throws(TensorError) in try x.sort(axis: 0, descending: true) },
  Sample("topk", [3, 4]) { (x) throws(TensorError) in try x.topk(2).values },
  Sample("unique", [5]) { (x) throws(TensorError) in try x.unique().values },
  Sample("diff", [2, 5]) { (x) throws(TensorError) in try x.diff(2) },
  Sample("clip", [6], [-2, -0.9, 0.3, 0.8, 1.4, 3]) { (x) throws(TensorError) in try x.clip(-1, 1) },
  Sample("where", [2, 3]) { (x) throws(TensorError) in
    try .where(BooleanTable.greater(x, 0), x * x, ElementwiseTable.exp(x))
  },
  Sample("interp at", [4], [0.2, 1.7, 2.9, 0.9]) { (x) throws(TensorError) in
    try x.interp([0, 1, 3].vector(), [1, 5, 2].vector())
  },
  Sample("interp values", [3]) { (x) throws(TensorError) in
    try [0.2, 1.7, 4].vector().interp([0, 1, 3].vector(), x)
  },
  Sample("interp positions", [3], [0, 1, 3]) { (x) throws(TensorError) in
    try [0.2, 1.7, 2.2].vector().interp(x, [1, 5, 2].vector())
  },
]

extension [Double] {
  fileprivate func vector() throws(TensorError) -> Quantity { .tensor(try Tensor(self)) }
}

@Suite struct DerivativeTests {
  @Test(arguments: samples + networkSamples)
  func agreeWithCentralDifferencesToSecondOrder(_ sample: Sample) throws {
    let x = try sample.points.map { try Quantity.from($0, sample.shape) } ?? .random(sample.shape)
    let curved: Function = { (x) throws(TensorError) in
      let y = try sample.function(x)
      return try y * y * y
    }
    let slope: Function = { (x) throws(TensorError) in try gradient(of: curved, at: x) }
    let errors = try [
      gradientError(of: { (x) throws(TensorError) in try sample.function(x) }, at: x),
      gradientError(of: slope, at: x),
    ]
    #expect(errors[0] < 1e-8 && errors[1] < 1e-6, "\(errors)")
  }

  @Test(arguments: samples + networkSamples)
  func areThoseOfSinglePrecisionToo(_ sample: Sample) throws {
    let x = try sample.points.map { try Quantity.from($0, sample.shape) } ?? .random(sample.shape)
    let double = try gradient(of: { (x) throws(TensorError) in try sample.function(x) }, at: x)
    let single = try gradient(of: { (x) throws(TensorError) in try sample.function(x) }, at: x.cast(to: .f32))
    let gaps = zip(double.elements, single.elements).map { abs($0 - $1) / (1 + abs($0)) }
    #expect(single.dtype == .f32 && gaps.max() ?? 0 < 1e-4, "\(single.dtype) \(gaps)")
  }

  @Test func nestedOnesAreNotConfused() throws {
    let inner: Function = { (x) throws(TensorError) in
      try x * gradient(of: { (y) throws(TensorError) in try x + y }, at: 1)
    }
    #expect(try gradient(of: inner, at: 3).elements == [1])
  }

  @Test func longLoopsNeitherRecurseNorForget() throws {
    let loop: Function = { (x) throws(TensorError) in
      var y = x
      for _ in 0..<100_000 { y = try y * 0.9999 + x }
      return y
    }
    // Σ 0.9999ᵏ for k up to 100000
    let slope = try gradient(of: loop, at: 1).elements[0]
    #expect(abs(slope - 9999.546) < 1e-3)
  }

  @Test func constantsHaveNone() throws {
    let f: Function = { (x) throws(TensorError) in try x * x.stopGradient + BooleanTable.greater(x, 0) }
    #expect(try gradient(of: f, at: 3).elements == [3])
  }
}

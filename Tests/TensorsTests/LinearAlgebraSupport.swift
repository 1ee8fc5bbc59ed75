import Testing

@testable import Tensors

/// Repeatable numbers for tests.
struct TestNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int) { state = UInt64(bitPattern: Int64(seed)) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func tensor(_ shape: Shape, in range: ClosedRange<Double> = -1...1) throws -> Tensor {
    try Tensor((0..<shape.count).map { _ in Double.random(in: range, using: &self) }, shape: shape)
  }
}

/// A function of tensors whose derivative is tested.
typealias Differentiable = ([Quantity]) throws(TensorError) -> Quantity

/// A function with a name, for tables of tests.
struct DifferentiableCase: Sendable {
  let name: String
  let shapes: [Shape]
  let f: @Sendable ([Quantity]) throws(TensorError) -> Quantity

  init(
    _ name: String, _ shapes: Shape..., f: @escaping @Sendable ([Quantity]) throws(TensorError) -> Quantity
  ) {
    self.name = name
    self.shapes = shapes
    self.f = f
  }

  /// Repeatable operands.
  func inputs(seed: Int = 1) throws -> [Quantity] {
    var numbers = TestNumbers(seed: seed)
    return try shapes.map { Quantity(try numbers.tensor($0)) }
  }
}

/// Gradients of the sum of `f`, its elements weighted so that no symmetry hides an error.
func gradients(_ f: Differentiable, at inputs: [Quantity]) throws(TensorError) -> [Quantity] {
  let trace = Trace()
  let variables = inputs.map(trace.variable)
  let output = try weightedSum(f(variables))
  trace.close()
  return try trace.gradients(of: output, cotangent: .number(1), for: variables)
}

func weightedSum(_ output: Quantity) throws(TensorError) -> Quantity {
  let weights = try Tensor(
    (0..<output.shape.count).map { 0.6 + Double(($0 * 7) % 5) * 0.3 }, shape: output.shape)
  return try (output * Quantity(weights)).sum()
}

/// The largest gap between the gradients of `f` and central differences, relative to their size.
func gradientGap(_ f: Differentiable, at inputs: [Quantity], step: Double = 1e-5) throws -> Double {
  let exact = try gradients(f, at: inputs)
  var worst = 0.0
  for position in inputs.indices {
    let elements = try inputs[position].tensor().doubles()
    let gradient = try exact[position].tensor().doubles()
    let scale = gradient.reduce(1) { max($0, abs($1)) }
    for place in elements.indices {
      func value(_ shift: Double) throws -> Double {
        var moved = elements
        moved[place] += shift
        var arguments = inputs
        arguments[position] = Quantity(try Tensor(moved, shape: inputs[position].shape))
        guard case .number(let result) = try weightedSum(f(arguments)).concrete else { return .nan }
        return result
      }
      let measured = try (value(step) - value(-step)) / (2 * step)
      let gap = abs(measured - gradient[place]) / scale
      if gap.isNaN || gap > worst { worst = gap.isNaN ? .infinity : gap }
    }
  }
  return worst
}

/// The same for the derivative of the gradient.
func secondGradientGap(_ f: @escaping Differentiable, at inputs: [Quantity]) throws -> Double {
  try gradientGap(
    { (arguments) throws(TensorError) in
      let first = try gradients(f, at: arguments)
      var sum = Quantity.number(0)
      for part in first { sum = try sum + weightedSum(part) }
      return sum
    }, at: inputs)
}

/// The largest difference of elements, ∞ for different shapes.
func largestDifference(_ a: Quantity, _ b: Quantity) throws -> Double {
  guard a.shape == b.shape else { return .infinity }
  return try zip(a.tensor().doubles(), b.tensor().doubles()).reduce(0) { worst, pair in
    if pair.0.isNaN || pair.1.isNaN { return pair.0.isNaN && pair.1.isNaN ? worst : .infinity }
    return pair.0 == pair.1 ? worst : max(worst, abs(pair.0 - pair.1))
  }
}

extension Quantity {
  /// Where its elements are in memory, to see whether something happened in place.
  func address() throws -> Int {
    try concrete.tensor().withPointer { (pointer) throws(TensorError) in Int(bitPattern: pointer) }
  }

  var elements: [Double] { (try? concrete.tensor().doubles()) ?? [] }
}

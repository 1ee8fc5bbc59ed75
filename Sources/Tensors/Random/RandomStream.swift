import CKernels

/// A stream of random numbers that can be repeated: what is drawn depends on the key and the counter alone.
///
/// The counter advances by one for every number drawn (uniform, normal, integer, truth value) and by n for
/// a permutation of n, so drawing in two parts gives what drawing at once does.
public struct RandomStream: Hashable, Sendable {
  /// Which stream it is.
  public let key: UInt64
  /// How much has been drawn.
  public private(set) var counter: UInt64

  /// The stream of a key, from a position on.
  public init(key: UInt64, counter: UInt64 = 0) {
    self.key = key
    self.counter = counter
  }
}

extension RandomStream {
  /// Numbers from the uniform distribution on 0..<1.
  public mutating func uniform(_ shape: Shape, _ dtype: DType = .f64) throws(TensorError) -> Quantity {
    let result = try Tensor(uninitialized: shape, .f64)
    let (key, counter, count) = (key, self.counter, shape.count)
    try result.withPointer { (y) throws(TensorError) in nns_uniform_f64(key, counter, y.f64, count) }
    advance(by: count)
    return try result.rounded(to: dtype, below: 1)
  }

  /// Numbers from the standard normal distribution.
  public mutating func normal(_ shape: Shape, _ dtype: DType = .f64) throws(TensorError) -> Quantity {
    let result = try Tensor(uninitialized: shape, .f64)
    let (key, counter, count) = (key, self.counter, shape.count)
    try result.withPointer { (y) throws(TensorError) in nns_normal_f64(key, counter, y.f64, count) }
    advance(by: count)
    return Quantity(try result.converted(to: dtype))
  }

  /// Integers from `low` up to but not including `high`, all equally likely.
  public mutating func integers(
    _ low: Int, _ high: Int, _ shape: Shape, _ dtype: DType = .f64
  ) throws(TensorError) -> Quantity {
    guard low < high, low >= -(1 << 53), high <= 1 << 53 else {
      throw .argument(operation: "randint", "there must be integers from the lower bound up to the upper one")
    }
    let result = try Tensor(uninitialized: shape, .f64)
    let (count, span) = (shape.count, UInt64(high - low))
    try result.withPointer { (y) throws(TensorError) in
      try forEachDraw(count) { index, bits in
        y.f64[index] = Double(low + Int(RandomStream.below(span, bits)))
      }
    }
    advance(by: count)
    return Quantity(try result.converted(to: dtype))
  }

  /// 1 with probability `p`, else 0; a probability for all or for each element.
  public mutating func bernoulli(
    _ p: Quantity, _ shape: Shape, _ dtype: DType = .f64
  ) throws(TensorError) -> Quantity {
    let p = try p.concrete.broadcast(to: shape)
    return try BooleanTable.less(uniform(shape), p).cast(to: dtype)
  }

  /// The integers 0..<n in random order.
  public mutating func permutation(_ n: Int) throws(TensorError) -> Quantity {
    .tensor(try Tensor(shuffled(n).map(Double.init)))
  }

  /// `count` positions below `n`, with or without repeating.
  public mutating func choice(_ n: Int, _ count: Int, repeating: Bool = true) throws(TensorError) -> Quantity
  {
    if repeating { return try integers(0, n, Shape(checking: [count])) }
    guard count >= 0, count <= n else {
      throw .argument(operation: "choice", "without repeating there are only \(n) to choose")
    }
    return .tensor(try Tensor(shuffled(n).prefix(count).map(Double.init)))
  }

  /// `count` positions with the given weights, repeating.
  public mutating func choice(weights: Quantity, _ count: Int) throws(TensorError) -> Quantity {
    var sums: [Double] = []
    for weight in try weights.tensor().doubles() {
      guard weight >= 0, weight.isFinite else {
        throw .argument(operation: "choice", "the weights must be finite and not negative")
      }
      sums.append((sums.last ?? 0) + weight)
    }
    guard let total = sums.last, total > 0 else {
      throw .argument(operation: "choice", "one weight must be positive")
    }
    let draws = try uniform(Shape(checking: [count])).tensor().doubles()
    let positions = draws.map { draw in
      let place = draw * total
      var (low, high) = (0, sums.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if sums[middle] > place { high = middle } else { low = middle + 1 }
      }
      return Double(low)
    }
    return .tensor(try Tensor(positions))
  }

  /// A stream of its own that depends on this one's key and position; this one advances by one.
  public mutating func split() -> RandomStream {
    var bits: UInt64 = 0
    nns_philox_bits(key, counter, &bits, 1)
    advance(by: 1)
    return RandomStream(key: bits)
  }
}

extension RandomStream {
  private mutating func advance(by count: Int) { counter &+= UInt64(count) }

  /// The integers 0..<n shuffled: each position from the end swaps with one not behind it.
  private mutating func shuffled(_ n: Int) throws(TensorError) -> [Int] {
    guard n >= 0 else { throw .negativeLength(n) }
    _ = try Shape(checking: [n])
    var order = Array(0..<n)
    try forEachDraw(n) { index, bits in
      let place = n - 1 - index
      order.swapAt(place, Int(RandomStream.below(UInt64(place + 1), bits)))
    }
    advance(by: n)
    return order
  }

  /// Calls `body` with 64 random bits for each of the next `count` positions, in blocks.
  private func forEachDraw(_ count: Int, _ body: (Int, UInt64) -> Void) throws(TensorError) {
    let block = 1024
    var bits = [UInt64](repeating: 0, count: Swift.min(block, count))
    for start in stride(from: 0, to: count, by: block) {
      let length = Swift.min(block, count - start)
      nns_philox_bits(key, counter &+ UInt64(start), &bits, length)
      for index in 0..<length { body(start + index, bits[index]) }
    }
  }

  /// An integer below `span` from 64 bits, by the high half of their product.
  ///
  /// Where that would favour some integers the bits are scrambled and tried again: a draw uses one position
  /// of the stream whatever happens.
  private static func below(_ span: UInt64, _ bits: UInt64) -> UInt64 {
    var (high, low) = span.multipliedFullWidth(by: bits)
    if low >= span { return high }
    let unfair = (0 &- span) % span
    var again = bits
    while low < unfair {
      nns_philox_bits(again, span, &again, 1)
      (high, low) = span.multipliedFullWidth(by: again)
    }
    return high
  }
}

extension Tensor {
  /// Itself as another dtype, with what would round up to `limit` just below it.
  fileprivate func rounded(to dtype: DType, below limit: Float) throws(TensorError) -> Quantity {
    let result = try converted(to: dtype)
    guard dtype == .f32 else { return Quantity(result) }
    return try BinaryTable.minimum(Quantity(result), .number(Double(limit.nextDown)))
  }
}

/// Rows of numbers in columns of matrices: what the least-squares code is made of.
enum Vectors {
  private typealias Lanes = SIMD4<Double>

  /// Σ xᵢ yᵢ over `count` elements.
  static func dot(_ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ count: Int) -> Double {
    // Additions may not be reordered, so a single running total never becomes vectors; these do.
    var (first, second) = (Lanes.zero, Lanes.zero)
    let whole = count - count % 8
    for i in stride(from: 0, to: whole, by: 8) {
      first += lanes(x + i) * lanes(y + i)
      second += lanes(x + i + 4) * lanes(y + i + 4)
    }
    var total = (first + second).sum()
    for i in whole..<count { total += x[i] * y[i] }
    return total
  }

  /// y ← y + a x over `count` elements.
  static func add(_ a: Double, _ x: UnsafePointer<Double>, to y: UnsafeMutablePointer<Double>, _ count: Int) {
    for i in 0..<count { y[i] += a * x[i] }
  }

  /// The Euclidean length, also where squares leave the range of numbers.
  static func norm(_ x: UnsafePointer<Double>, _ count: Int) -> Double {
    let square = dot(x, x, count)
    if square > 1e-280, square < .infinity { return square.squareRoot() }
    var largest = 0.0
    for i in 0..<count { largest = max(largest, abs(x[i])) }
    guard largest > 0, largest < .infinity else { return square.isNaN ? .nan : largest }
    var sum = 0.0
    for i in 0..<count { sum += (x[i] / largest) * (x[i] / largest) }
    return largest * sum.squareRoot()
  }

  /// The Euclidean length.
  static func norm(_ x: [Double]) -> Double {
    x.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return 0 }
      return norm(start, buffer.count)
    }
  }

  private static func lanes(_ x: UnsafePointer<Double>) -> Lanes {
    UnsafeRawPointer(x).loadUnaligned(as: Lanes.self)
  }
}

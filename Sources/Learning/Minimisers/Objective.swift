/// What is minimised: a function of a row of numbers, with its derivatives as far as a method asks for them.
///
/// Everything it throws passes through the minimiser, which only looks whether the user wants to stop.
public struct Objective {
  /// The value at a point.
  public let value: ([Double]) throws -> Double
  /// Value and gradient at a point.
  public let slope: ([Double]) throws -> (value: Double, gradient: [Double])
  /// The matrix of second derivatives at a point, row by row.
  public let curvature: ([Double]) throws -> [Double]

  /// An objective by these functions.
  public init(
    value: @escaping ([Double]) throws -> Double,
    slope: @escaping ([Double]) throws -> (value: Double, gradient: [Double]),
    curvature: @escaping ([Double]) throws -> [Double]
  ) {
    self.value = value
    self.slope = slope
    self.curvature = curvature
  }
}

extension Objective {
  /// The point with everything known of it there.
  func iterate(at point: [Double]) throws -> Iterate {
    let (value, gradient) = try slope(point)
    return Iterate(point: point, value: value, gradient: gradient)
  }
}

/// A point on the way down.
struct Iterate {
  var point: [Double]
  var value: Double
  /// Empty for methods that look at values alone.
  var gradient: [Double]

  /// Whether the value and the gradient are numbers to go on with.
  var isFinite: Bool { value.isFinite && gradient.allSatisfy(\.isFinite) }
}

/// The numbers that each coordinate may take.
public struct Box: Sendable {
  /// The least of each.
  public let lower: [Double]
  /// The largest of each.
  public let upper: [Double]

  /// The box between two corners, each bound below its partner; infinite ones are no bounds.
  public init(lower: [Double], upper: [Double]) {
    precondition(lower.count == upper.count, "two bounds for each coordinate")
    self.lower = lower
    self.upper = upper
  }

  /// The nearest point inside.
  func projecting(_ point: [Double]) -> [Double] {
    zip(point, zip(lower, upper)).map { x, bounds in Swift.min(Swift.max(x, bounds.0), bounds.1) }
  }

  /// Whether a coordinate lies at a bound that downhill, against `slope`, leads out of.
  func isBlocked(_ index: Int, at x: Double, slope: Double) -> Bool {
    x <= lower[index] && slope > 0 || x >= upper[index] && slope < 0
  }
}

extension [Double] {
  /// Σ xᵢ yᵢ
  func dot(_ other: [Double]) -> Double {
    var sum = 0.0
    for index in indices { sum += self[index] * other[index] }
    return sum
  }

  /// x + a y
  func adding(_ a: Double, _ other: [Double]) -> [Double] { zip(self, other).map { $0 + a * $1 } }

  /// The largest size of an element, 0 for none.
  var largestSize: Double { reduce(0) { Swift.max($0, Swift.abs($1)) } }
}

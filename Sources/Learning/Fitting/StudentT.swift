#if canImport(Glibc)
  import Glibc
#endif

/// Student's t distribution.
public struct StudentT: Sendable {
  /// Degrees of freedom, above 0.
  public let degrees: Double

  /// The distribution with so many degrees of freedom.
  public init(degrees: Double) { self.degrees = degrees }

  /// The probability of a value at least as far from 0 as `t`, on either side.
  public func tail(_ t: Double) -> Double {
    guard t.isFinite else { return t.isNaN ? .nan : 0 }
    return StudentT.incompleteBeta(degrees / 2, 0.5, at: degrees / (degrees + t * t))
  }

  /// The t between whose negative and itself lies the share `confidence` of all values.
  public func halfWidth(_ confidence: Double) -> Double {
    guard confidence > 0, confidence < 1, degrees > 0 else { return confidence == 0 ? 0 : .nan }
    var (low, high) = (0.0, 1.0)
    while tail(high) > 1 - confidence, high < 1e300 { (low, high) = (high, 2 * high) }
    for _ in 0..<200 {
      let middle = low + (high - low) / 2
      if middle == low || middle == high { break }
      if tail(middle) > 1 - confidence { low = middle } else { high = middle }
    }
    return low + (high - low) / 2
  }

  /// The regularised incomplete beta function Iₓ(a, b) by its continued fraction (DLMF 8.17.22).
  static func incompleteBeta(_ a: Double, _ b: Double, at x: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    // The fraction converges fast below the mean; the other side is its complement.
    if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(b, a, at: 1 - x) }
    let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    var (c, d) = (1.0, 1 / nonzero(1 - (a + b) * x / (a + 1)))
    var fraction = d
    for m in 1..<10_000 {
      let k = Double(m)
      for numerator in [
        k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k)),
        -(a + k) * (a + b + k) * x / ((a + 2 * k) * (a + 2 * k + 1)),
      ] {
        d = 1 / nonzero(1 + numerator * d)
        c = nonzero(1 + numerator / c)
        fraction *= c * d
      }
      if abs(c * d - 1) < 1e-16 { break }
    }
    return front * fraction
  }

  private static func nonzero(_ x: Double) -> Double { abs(x) < 1e-300 ? 1e-300 : x }
}

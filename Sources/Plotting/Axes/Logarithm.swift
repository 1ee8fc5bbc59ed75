/// Logarithms and powers of ten, as exact as pictures need them.
enum Logarithm {
  private static let log10Of2 = 0.301_029_995_663_981_195
  private static let log10OfE = 0.434_294_481_903_251_828

  /// The logarithm to base ten within 1e-14; nan for what is not positive.
  ///
  /// log₁₀(m 2ᵉ) = e log₁₀ 2 + 2 log₁₀ e artanh((m - 1)/(m + 1)), with m brought between 1/√2 and √2.
  static func base10(_ value: Double) -> Double {
    guard value > 0, value < .infinity else { return value == .infinity ? .infinity : .nan }
    var exponent = Double(value.exponent)
    var mantissa = value.significand
    if mantissa > 1.414_213_562_373_095 {
      mantissa /= 2
      exponent += 1
    }
    let t = (mantissa - 1) / (mantissa + 1)
    let square = t * t
    var series = 1.0 / 21
    for odd in stride(from: 19, through: 1, by: -2) { series = series * square + 1 / Double(odd) }
    return exponent * log10Of2 + 2 * log10OfE * t * series
  }

  /// Ten to a whole power: the nearest double, 0 and infinity outside of its range.
  static func power(_ exponent: Int) -> Double {
    if exponent < -400 { return 0 }
    return exponent > 400 ? .infinity : Double("1e\(exponent)") ?? .infinity
  }

  /// Ten to any power: 0 and infinity outside of the range of doubles.
  static func tenTo(_ exponent: Double) -> Double {
    guard exponent.magnitude < 400 else { return exponent < 0 ? 0 : exponent.isNaN ? .nan : .infinity }
    let whole = exponent.rounded(.down)
    // By bisection of the logarithm.
    var (low, high) = (1.0, 10.0)
    for _ in 0..<50 {
      let middle = (low * high).squareRoot()
      if base10(middle) < exponent - whole { low = middle } else { high = middle }
    }
    return power(Int(whole)) * low
  }

  /// The largest whole power of ten that is at most `value`, which is positive and finite.
  static func floor(_ value: Double) -> Int {
    let estimate = Int(base10(value).rounded(.down))
    if power(estimate) > value { return estimate - 1 }
    return power(estimate + 1) <= value ? estimate + 1 : estimate
  }
}

extension Logarithm {
  /// The cube root of a positive number (Newton's method).
  static func cubeRoot(_ value: Double) -> Double {
    guard value > 0, value < .infinity else { return value }
    var root = Double(sign: .plus, exponent: Int(value.exponent) / 3, significand: 1)
    for _ in 0..<60 { root -= (root - value / (root * root)) / 3 }
    return root
  }
}

/// A whole number times a power of ten: what a tick stands at.
struct RoundDecimal: Equatable, Sendable {
  /// The digits.
  var coefficient: Int
  /// The power of ten they are multiplied with.
  var exponent: Int
}

extension RoundDecimal {
  /// The nearest number with so many significant digits; `value` is finite.
  init(_ value: Double, digits: Int) {
    guard value != 0 else {
      self.init(coefficient: 0, exponent: 0)
      return
    }
    let shift = Logarithm.floor(value.magnitude) - digits + 1
    // In two steps, because 10^-shift may lie beyond the range of doubles.
    let half = shift / 2
    let scaled = value / Logarithm.power(half) / Logarithm.power(shift - half)
    self.init(coefficient: Int(scaled.rounded()), exponent: shift)
    self = reduced
  }

  /// The double nearest to it.
  var value: Double { Double("\(coefficient)e\(exponent)") ?? 0 }

  /// The same number without zeros at the end of its digits.
  var reduced: RoundDecimal {
    guard coefficient != 0 else { return RoundDecimal(coefficient: 0, exponent: 0) }
    var result = self
    while result.coefficient % 10 == 0 {
      result.coefficient /= 10
      result.exponent += 1
    }
    return result
  }

  /// Digits behind the decimal point that it needs.
  var decimals: Int { max(0, -reduced.exponent) }

  /// How many digits stand before the decimal point.
  private var wholeDigits: Int { max(1, String(coefficient.magnitude).count + exponent) }

  /// Whether it is short enough to be written without an exponent.
  var isPlain: Bool { coefficient == 0 || wholeDigits <= 7 && decimals <= 6 }

  /// Written out, with at least so many decimals.
  func plain(decimals minimum: Int = 0) -> String {
    let (number, decimals) = (reduced, max(minimum, decimals))
    let sign = coefficient < 0 ? "-" : ""
    let digits =
      String(number.coefficient.magnitude)
      + String(repeating: "0", count: max(0, number.exponent + decimals))
    guard decimals > 0 else { return sign + digits }
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }

  /// With an exponent: `1.5e-7`.
  var scientific: String {
    let number = reduced
    let digits = String(number.coefficient.magnitude)
    let tail = digits.count > 1 ? "." + digits.dropFirst() : ""
    return (coefficient < 0 ? "-" : "") + digits.prefix(1) + tail
      + "e\(number.exponent + digits.count - 1)"
  }

  /// In the shorter of the two forms.
  var text: String { isPlain ? plain() : scientific }
}

/// A number for a reader of a picture, with up to `digits` significant digits.
public func shortNumber(_ value: Double, digits: Int = 4) -> String {
  guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
  return RoundDecimal(value, digits: digits).text
}

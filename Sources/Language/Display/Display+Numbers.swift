extension Display {
  /// Significant digits of a number shown by itself.
  static let digits = 10
  /// Significant digits of single precision that carry information.
  static let singleDigits = 7
  /// Significant digits in the columns of a larger tensor.
  static let columnDigits = 5

  /// A number with up to ten significant digits, integers up to 2^53 in full.
  public static func number(_ number: Double) -> String { Display.number(number, digits: digits) }

  /// A number with up to `digits` significant digits; digits before the decimal point are never
  /// replaced by zeros below 1e16. Both zeros show as 0: they are equal, and the sign is left over from
  /// the way there.
  public static func number(_ number: Double, digits: Int) -> String {
    guard number.isFinite else { return number.isNaN ? "nan" : number < 0 ? "-inf" : "inf" }
    let size = number.magnitude
    if size == 0 { return "0" }
    if size <= 9_007_199_254_740_992, let integer = Int(exactly: number) { return String(integer) }
    if size >= 1e16 || size < 1e-4 { return DecimalDigits(number, limit: digits).scientific }
    if size >= power(of: digits) { return CFormat.text(number, precision: 0, style: "f") }
    return DecimalDigits(number, limit: digits).positional
  }

  /// A number in a few digits, for where many stand side by side.
  public static func short(_ number: Double) -> String { Display.number(number, digits: 4) }

  private static func power(of exponent: Int) -> Double {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}

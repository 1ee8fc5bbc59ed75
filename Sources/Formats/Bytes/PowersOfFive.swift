/// Powers of five in 128 bits, the highest bit set, for scaling integers by powers of ten.
enum PowersOfFive {
  /// In this range one product decides the rounding: positive powers are exact, and the reciprocals are of numbers
  /// that fit into a word (Lemire 2021, section 6).
  private static let exponents = -27...55

  private static let table: [(high: UInt64, low: UInt64)] = exponents.map { exponent in
    if exponent >= 0 {
      var power: UInt128 = 1
      for _ in 0..<exponent { power *= 5 }
      power <<= UInt128(power.leadingZeroBitCount)
      return (UInt64(truncatingIfNeeded: power >> 64), UInt64(truncatingIfNeeded: power))
    }
    var power: UInt64 = 1
    for _ in 0..<(-exponent) { power *= 5 }
    // The quotient of 2^(z + 127) and the power, where z is the power's length in bits, plus one.
    let numerator = UInt64(1) << UInt64(63 - power.leadingZeroBitCount)
    let (high, rest) = power.dividingFullWidth((numerator, 0))
    let (low, _) = power.dividingFullWidth((rest, 0))
    return low == .max ? (high + 1, 0) : (high, low + 1)
  }

  /// `mantissa` times ten to the power of `exponent`, correctly rounded; nil outside of the table and for numbers
  /// that are not normal.
  static func scaled(_ mantissa: UInt64, _ exponent: Int) -> Double? {
    guard mantissa != 0 else { return 0 }
    guard exponents.contains(exponent) else { return nil }
    let shift = mantissa.leadingZeroBitCount
    let wide = mantissa << UInt64(shift)
    let power = table[exponent - exponents.lowerBound]
    var (high, low) = wide.multipliedFullWidth(by: power.high)
    // The lower half of the power matters only when all bits below the rounding are ones.
    if high & 0x1FF == 0x1FF {
      let more = wide.multipliedFullWidth(by: power.low).high
      let (sum, overflow) = low.addingReportingOverflow(more)
      low = sum
      if overflow { high += 1 }
    }
    let upper = Int(high >> 63)
    let dropped = upper + 64 - 52 - 3
    var bits = high >> UInt64(dropped)
    // 217706 / 2^16 is just above the binary logarithm of ten.
    let binary = ((217_706 * exponent) >> 16) + 63 + upper - shift + 1023
    guard binary > 0 else { return nil }
    // A tie goes to the even neighbour; it can only occur where the power is small.
    if low <= 1, (-4...23).contains(exponent), bits & 3 == 1, bits << UInt64(dropped) == high { bits &= ~1 }
    bits = (bits + (bits & 1)) >> 1
    var biased = UInt64(binary)
    if bits >= 1 << 53 {
      bits = 1 << 52
      biased += 1
    }
    guard biased < 0x7FF else { return .infinity }
    return Double(bitPattern: biased << 52 | bits & (1 << 52 - 1))
  }
}

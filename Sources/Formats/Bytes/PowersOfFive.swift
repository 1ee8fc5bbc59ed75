/// Powers of five in 128 bits, the highest bit set, for scaling integers by powers of ten.
enum PowersOfFive {
  /// Numbers of 19 digits scaled by powers outside of these are zero or infinite.
  private static let exponents = -342...308
  /// In this range the table decides every rounding: positive powers are exact, and the reciprocals are of numbers
  /// that fit into a word (Lemire 2021, section 6).
  private static let decisive = -27...55

  private static let table: [(high: UInt64, low: UInt64)] = {
    // Dividing by five again and again, without the remainders, gives the same as dividing by the power once.
    var reciprocal = WideInteger(powerOfTwo: 1023)
    let reciprocals = (1...(-exponents.lowerBound)).map { exponent in
      reciprocal.divideByFive()
      let (high, low) = reciprocal.leading
      guard -exponent >= decisive.lowerBound else { return (high, low) }
      return low == .max ? (high + 1, 0) : (high, low + 1)
    }
    var power = WideInteger(powerOfTwo: 0)
    let powers = (0...exponents.upperBound).map { _ in
      defer { power.multiplyByFive() }
      return power.leading
    }
    return reciprocals.reversed() + powers
  }()

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
      if low == .max, !decisive.contains(exponent) { return nil }
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

/// A positive integer of up to 1088 bits, its lowest word first.
private struct WideInteger {
  private var words: [UInt64]

  init(powerOfTwo exponent: Int) {
    words = Array(repeating: 0, count: 17)
    words[exponent / 64] = 1 << UInt64(exponent % 64)
  }

  mutating func multiplyByFive() {
    var carry: UInt64 = 0
    for index in words.indices {
      let (high, low) = words[index].multipliedFullWidth(by: 5)
      let (sum, overflow) = low.addingReportingOverflow(carry)
      words[index] = sum
      carry = high + (overflow ? 1 : 0)
    }
  }

  mutating func divideByFive() {
    var remainder: UInt64 = 0
    for index in words.indices.reversed() {
      (words[index], remainder) = UInt64(5).dividingFullWidth((remainder, words[index]))
    }
  }

  /// The first 128 bits from the highest one that is set.
  var leading: (high: UInt64, low: UInt64) {
    guard let top = words.lastIndex(where: { $0 != 0 }) else { return (0, 0) }
    let shift = UInt64(words[top].leadingZeroBitCount)
    func word(_ index: Int) -> UInt64 {
      let below = index > 0 && shift > 0 ? words[index - 1] >> (64 - shift) : 0
      return index >= 0 ? words[index] << shift | below : 0
    }
    return (word(top), word(top - 1))
  }
}

import Glibc

/// Reads decimal numbers, correctly rounded.
///
/// Up to 19 digits are gathered in an integer, eight at a time. A small one is multiplied or divided by an exact power
/// of ten (Clinger 1990), others by a 128-bit power of five (Lemire, "Number parsing at a gigabyte per second", 2021);
/// the C library does what is rare.
enum DecimalReader {
  /// The number that starts at `start` and where it ends, or nil when none does.
  ///
  /// The form is that of RFC 8259, but a plus sign, leading zeros and a missing part before or behind the point are
  /// accepted. Too large numbers are infinite.
  @inline(__always)
  static func read(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, decimal: UInt8 = UInt8(ascii: ".")
  ) -> (value: Double, end: Int)? {
    let end = bytes.count
    guard let base = bytes.baseAddress, start < end else { return nil }
    // Without branches, because the signs of data come as they like: + and - differ in one bit from +.
    let isSigned = (base[start] &- UInt8(ascii: "+")) & ~2 == 0
    let sign = base[start] == UInt8(ascii: "-") ? UInt64(1) << 63 : 0
    var position = start + (isSigned ? 1 : 0)
    var mantissa: UInt64 = 0
    let firstDigit = position
    gather(base, &position, end, &mantissa)
    var digits = position - firstDigit
    var exponent = 0
    if position < end, base[position] == decimal {
      position += 1
      let firstOfFraction = position
      gather(base, &position, end, &mantissa)
      exponent = firstOfFraction - position
      digits -= exponent
    }
    guard digits > 0 else { return nil }
    if position < end, base[position] | 0x20 == UInt8(ascii: "e"),
      let written = readExponent(base, &position, end)
    {
      exponent += written
    }
    // Twenty digits may overflow.
    guard digits <= 19, let value = scaled(mantissa, exponent) else {
      return (long(UnsafeBufferPointer(rebasing: bytes[start..<position]), exponent, decimal), position)
    }
    return (Double(bitPattern: value.bitPattern | sign), position)
  }

  /// A number of many digits or of an extreme size.
  ///
  /// Zeros in front count for nothing. Of more than 19 digits those are enough, when the next larger number of so
  /// many digits is rounded to the same one.
  @inline(never)
  private static func long(
    _ text: UnsafeBufferPointer<UInt8>, _ exponent: Int, _ decimal: UInt8
  ) -> Double {
    var leading: UInt64 = 0
    var (digits, dropped) = (0, 0)
    for byte in text {
      if byte | 0x20 == UInt8(ascii: "e") { break }
      guard byte &- 0x30 < 10, digits > 0 || byte != UInt8(ascii: "0") else { continue }
      digits += 1
      if digits <= 19 { leading = leading * 10 + UInt64(byte - 0x30) } else { dropped += 1 }
    }
    guard let least = scaled(leading, exponent + dropped),
      dropped == 0 || least == scaled(leading + 1, exponent + dropped)
    else { return slow(text, decimal) }
    return text.first == UInt8(ascii: "-") ? -least : least
  }

  /// Adds the digits at `position` to the mantissa.
  @inline(__always)
  private static func gather(
    _ base: UnsafePointer<UInt8>, _ position: inout Int, _ end: Int, _ mantissa: inout UInt64
  ) {
    while end - position >= 8 {
      let word = UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self).littleEndian
      // Bytes from 0 to 9 are digits. The sum sets the high bit of the first byte that is none; a carry from it
      // reaches only later ones.
      let values = word ^ 0x3030_3030_3030_3030
      let others = ((values &+ 0x7676_7676_7676_7676) | values) & 0x8080_8080_8080_8080
      if others == 0 {
        mantissa = mantissa &* 100_000_000 &+ eight(values)
        position += 8
        continue
      }
      let count = others.trailingZeroBitCount >> 3
      guard count > 0 else { return }
      // Shifted, the digits have zeros before them.
      mantissa = mantissa &* smallPower(count) &+ eight(values << UInt64(64 - 8 * count))
      position += count
      return
    }
    while position < end, base[position] &- 0x30 < 10 {
      mantissa = mantissa &* 10 &+ UInt64(base[position] &- 0x30)
      position += 1
    }
  }

  /// The number made of eight digits, the first in the lowest byte.
  @inline(__always)
  private static func eight(_ digits: UInt64) -> UInt64 {
    let pairs = (digits &* 10 &+ digits >> 8) & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* 100 &+ pairs >> 16) & 0x0000_FFFF_0000_FFFF
    return (fours &* 10_000 &+ fours >> 32) & 0xFFFF_FFFF
  }

  @inline(__always)
  private static func smallPower(_ exponent: Int) -> UInt64 {
    switch exponent {
    case 1: 10
    case 2: 100
    case 3: 1000
    case 4: 10_000
    case 5: 100_000
    case 6: 1_000_000
    default: 10_000_000
    }
  }

  /// The exponent that starts with an e, or nil when no digit follows.
  private static func readExponent(_ base: UnsafePointer<UInt8>, _ position: inout Int, _ end: Int) -> Int? {
    var place = position + 1
    var isNegative = false
    if place < end, base[place] == UInt8(ascii: "-") || base[place] == UInt8(ascii: "+") {
      isNegative = base[place] == UInt8(ascii: "-")
      place += 1
    }
    guard place < end, base[place] &- 0x30 < 10 else { return nil }
    var result = 0
    while place < end, base[place] &- 0x30 < 10 {
      // Anything beyond is infinite or zero.
      if result < 1_000_000 { result = result * 10 + Int(base[place] - 0x30) }
      place += 1
    }
    position = place
    return isNegative ? -result : result
  }

  /// `mantissa` times a power of ten, correctly rounded, when that can be had quickly.
  @inline(__always)
  private static func scaled(_ mantissa: UInt64, _ exponent: Int) -> Double? {
    if mantissa < 1 << 53, exponent >= -22, exponent <= 22 {
      let number = Double(mantissa)
      return exponent < 0 ? number / exactPowers[-exponent] : number * exactPowers[exponent]
    }
    return PowersOfFive.scaled(mantissa, exponent)
  }

  private static let exactPowers: InlineArray<23, Double> = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19,
    1e20, 1e21, 1e22,
  ]

  /// The number by the C library, which wants a point and a zero byte behind.
  @inline(never)
  private static func slow(_ text: UnsafeBufferPointer<UInt8>, _ decimal: UInt8) -> Double {
    var copy = text.map { $0 == decimal ? UInt8(ascii: ".") : $0 }
    copy.append(0)
    return copy.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { strtod(UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self), nil) } ?? .nan
    }
  }
}

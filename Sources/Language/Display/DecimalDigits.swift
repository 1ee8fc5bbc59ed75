/// The decimal digits of a finite number: `0.d₁d₂d₃… × 10^exponent`.
struct DecimalDigits {
  var isNegative: Bool
  /// Values from 0 to 9, the first of them not 0; empty for zero.
  var digits: [UInt8]
  /// Where the decimal point stands, counted from before the first digit.
  var exponent: Int

  /// The shortest digits that read back as `number`, rounded to at most `limit` of them.
  init(_ number: Double, limit: Int) {
    self.init(reading: number.description)
    guard digits.count > limit else { return }
    // The shortest digits lie on the same side of a tie as the number itself, unless they are the
    // tie: then its exact digits decide.
    if digits.count == limit + 1, digits[limit] == 5 {
      self.init(reading: CFormat.text(number, precision: limit - 1, style: "e"))
    } else {
      round(to: limit)
    }
    dropTrailingZeros()
  }

  /// Reads `-12.5`, `1e-05` or `1.25e+20`.
  private init(reading text: String) {
    isNegative = false
    digits = []
    digits.reserveCapacity(18)
    exponent = 0
    var hasPoint = false
    var written = 0
    var isExponentNegative = false
    var isInExponent = false
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "-"): if isInExponent { isExponentNegative = true } else { isNegative = true }
      case UInt8(ascii: "."): hasPoint = true
      case UInt8(ascii: "e"): isInExponent = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let digit = byte - UInt8(ascii: "0")
        if isInExponent {
          written = written * 10 + Int(digit)
        } else {
          if !digits.isEmpty || digit != 0 { digits.append(digit) }
          if !hasPoint, !digits.isEmpty { exponent += 1 }
          if hasPoint, digits.isEmpty { exponent -= 1 }
        }
      default: break
      }
    }
    exponent += isExponentNegative ? -written : written
    dropTrailingZeros()
  }

  private mutating func dropTrailingZeros() {
    while digits.last == 0 { digits.removeLast() }
  }

  private mutating func round(to limit: Int) {
    let roundsUp = digits[limit] >= 5
    digits.removeLast(digits.count - limit)
    guard roundsUp else { return }
    var position = limit - 1
    while position >= 0, digits[position] == 9 {
      digits[position] = 0
      position -= 1
    }
    if position >= 0 {
      digits[position] += 1
    } else {
      digits.insert(1, at: 0)
      exponent += 1
    }
  }
}

extension DecimalDigits {
  /// In positional notation: `0.00125`, `12500`.
  var positional: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(24)
    if isNegative { bytes.append(UInt8(ascii: "-")) }
    if exponent <= 0 { bytes.append(UInt8(ascii: "0")) }
    for position in 0..<max(exponent, 0) {
      bytes.append(UInt8(ascii: "0") + (position < digits.count ? digits[position] : 0))
    }
    if digits.count > exponent {
      bytes.append(UInt8(ascii: "."))
      for _ in 0..<max(-exponent, 0) { bytes.append(UInt8(ascii: "0")) }
      for digit in digits[max(exponent, 0)...] { bytes.append(UInt8(ascii: "0") + digit) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// With a power of ten: `1.25e-05`.
  var scientific: String {
    var bytes: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
    for (position, digit) in digits.enumerated() {
      if position == 1 { bytes.append(UInt8(ascii: ".")) }
      bytes.append(UInt8(ascii: "0") + digit)
    }
    let power = exponent - 1
    let size = String(power.magnitude)
    let sign = power < 0 ? "-" : "+"
    return String(decoding: bytes, as: UTF8.self) + "e" + sign + (size.utf8.count < 2 ? "0" : "") + size
  }
}

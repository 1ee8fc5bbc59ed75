/// Writes numbers so that they read back exactly.
enum DecimalWriter {
  /// Adds the shortest decimal that reads back as `number`.
  static func append(_ number: Double, to bytes: inout [UInt8]) {
    // Integers are written without a point; beyond this the shortest form may need an exponent.
    if number.magnitude < 1e15, let integer = Int(exactly: number), number != 0 || number.sign == .plus {
      append(integer, to: &bytes)
    } else {
      append(floating: number.description, to: &bytes)
    }
  }

  /// Adds the shortest decimal that reads back as a number of single precision.
  static func append(_ number: Float, to bytes: inout [UInt8]) {
    if number.magnitude < 1e7, number == number.rounded() {
      append(Double(number), to: &bytes)
    } else {
      append(floating: number.description, to: &bytes)
    }
  }

  private static func append(_ integer: Int, to bytes: inout [UInt8]) {
    if integer < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = integer.magnitude
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  private static func append(floating text: String, to bytes: inout [UInt8]) {
    let utf8 = text.utf8
    bytes.append(contentsOf: text.hasSuffix(".0") ? utf8.dropLast(2) : utf8[...])
  }
}

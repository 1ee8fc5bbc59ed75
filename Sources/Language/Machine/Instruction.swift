/// One step of the machine in 64 bits: an operation and up to three operands.
///
///     bits 0–7 operation | 8–23 a | 24–39 b | 40–63 c, signed
struct Instruction {
  var bits: UInt64

  init(_ operation: Operation, a: Int = 0, b: Int = 0, c: Int = 0) {
    bits =
      UInt64(operation.rawValue) | UInt64(UInt16(truncatingIfNeeded: a)) << 8
      | UInt64(UInt16(truncatingIfNeeded: b)) << 24
      | UInt64(bitPattern: Int64(c)) << 40
  }

  /// Every byte written by `init` is the raw value of an operation.
  @inline(__always)
  var operation: Operation { unsafeBitCast(UInt8(truncatingIfNeeded: bits), to: Operation.self) }
  @inline(__always)
  var a: Int { Int(UInt16(truncatingIfNeeded: bits >> 8)) }
  @inline(__always)
  var b: Int { Int(UInt16(truncatingIfNeeded: bits >> 24)) }
  @inline(__always)
  var c: Int { Int(Int64(bitPattern: bits) >> 40) }

  /// The largest register, constant or name an operand can address.
  static let operandLimit = 1 << 16
  /// The farthest jump.
  static let jumpLimit = 1 << 23
}

import CKernels

extension BinaryTable {
  /// Division of integers, for all numbers.
  public static let division = [modulo, floorDivide]

  /// x - y ⌊x / y⌋
  public static let modulo = BinaryPrimitive(
    BinaryRule(
      "mod", "The remainder of a division, with the sign of the divisor.", formula: "x - y ⌊x / y⌋",
      derivative: "1 and -⌊x / y⌋", example: ("[5, -5] % 3", "[2, 1]"), domains: (2.2...2.8, 0.9...1.05),
      kernel: NNS_MOD, keeps: .inputs,
      left: { g, _, _, _ throws(TensorError) in g },
      right: { g, x, y, _ throws(TensorError) in try -(g * floorDivide(x, y)) }))

  /// ⌊x / y⌋
  public static let floorDivide = BinaryPrimitive(
    BinaryRule(
      "floor_div", "The quotient rounded down.", formula: "⌊x / y⌋", derivative: "0 and 0",
      example: ("[5, -5] // 3", "[1, -2]"), domains: (2.2...2.8, 0.9...1.05), kernel: NNS_FLOORDIV, keeps: [],
      left: nil, right: nil))
}

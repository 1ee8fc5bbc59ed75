import CKernels

/// The functions that answer with truth values.
public enum BooleanTable {
  /// Comparisons of two.
  public static let comparisons = [equal, notEqual, less, lessOrEqual, greater, greaterOrEqual]
  /// Connectives of truth values.
  public static let connectives = [and, or, xor, not]
  /// Tests of one number.
  public static let tests = [isnan, isinf, isfinite]

  /// x == y
  public static let equal = BooleanPrimitive("equal", "Whether two are equal.", .compare(NNS_EQ))
  /// x != y
  public static let notEqual = BooleanPrimitive("not_equal", "Whether two differ.", .compare(NNS_NE))
  /// x < y
  public static let less = BooleanPrimitive("less", "Whether the first is less.", .compare(NNS_LT))
  /// x <= y
  public static let lessOrEqual = BooleanPrimitive(
    "less_equal", "Whether the first is not greater.", .compare(NNS_LE))
  /// x > y
  public static let greater = BooleanPrimitive("greater", "Whether the first is greater.", .compare(NNS_GT))
  /// x >= y
  public static let greaterOrEqual = BooleanPrimitive(
    "greater_equal", "Whether the first is not less.", .compare(NNS_GE))

  /// x ∧ y
  public static let and = BooleanPrimitive("logical_and", "Whether both hold.", .logic(NNS_AND))
  /// x ∨ y
  public static let or = BooleanPrimitive("logical_or", "Whether one holds, or both.", .logic(NNS_OR))
  /// x ⊕ y
  public static let xor = BooleanPrimitive("logical_xor", "Whether exactly one holds.", .logic(NNS_XOR))
  /// ¬x
  public static let not = BooleanPrimitive("logical_not", "Whether it does not hold.", .not)

  /// Whether x is not a number.
  public static let isnan = BooleanPrimitive("isnan", "Whether it is not a number.", .test(NNS_ISNAN))
  /// Whether x is an infinity.
  public static let isinf = BooleanPrimitive("isinf", "Whether it is infinite.", .test(NNS_ISINF))
  /// Whether x is a number and not an infinity.
  public static let isfinite = BooleanPrimitive(
    "isfinite", "Whether it is a number and finite.", .test(NNS_ISFINITE))
}

extension Quantity {
  /// Where the elements are equal to those of another.
  func equals(_ other: Quantity) throws(TensorError) -> Quantity { try BooleanTable.equal(self, other) }

  /// Whether all elements are true.
  func isAllTrue() throws(TensorError) -> Bool {
    guard case .number(let answer) = try all() else { return false }
    return answer != 0
  }

  /// Whether no element is equal to `value`.
  func isNowhere(_ value: Double) throws(TensorError) -> Bool {
    try BooleanTable.notEqual(self, .number(value)).isAllTrue()
  }
}

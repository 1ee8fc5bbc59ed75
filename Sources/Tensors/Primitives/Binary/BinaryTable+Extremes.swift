import CKernels

extension BinaryTable {
  /// The larger and the smaller of two.
  public static let extremes = [maximum, minimum]

  /// max(x, y)
  public static let maximum = BinaryPrimitive(
    BinaryRule(
      "maximum", "The larger of two, elementwise.", formula: "max(x, y)",
      derivative: "1 for the larger, else 0",
      convention: "half the derivative to each of two equal values; nan if either is nan",
      example: ("maximum([1, 5], 3)", "[3, 5]"), kernel: NNS_MAXIMUM, keeps: .inputs,
      left: { g, x, y, _ throws(TensorError) in try share(of: g, BooleanTable.greater, x, y) },
      right: { g, x, y, _ throws(TensorError) in try share(of: g, BooleanTable.less, x, y) }))

  /// min(x, y)
  public static let minimum = BinaryPrimitive(
    BinaryRule(
      "minimum", "The smaller of two, elementwise.", formula: "min(x, y)",
      derivative: "1 for the smaller, else 0",
      convention: "half the derivative to each of two equal values; nan if either is nan",
      example: ("minimum([1, 5], 3)", "[1, 3]"), kernel: NNS_MINIMUM, keeps: .inputs,
      left: { g, x, y, _ throws(TensorError) in try share(of: g, BooleanTable.less, x, y) },
      right: { g, x, y, _ throws(TensorError) in try share(of: g, BooleanTable.greater, x, y) }))

  /// g where x wins, half of it where both are equal, else 0.
  private static func share(
    of g: Quantity, _ wins: BooleanPrimitive, _ x: Quantity, _ y: Quantity
  ) throws(TensorError) -> Quantity {
    try Quantity.where(wins(x, y), g, Quantity.where(x.equals(y), g / 2, 0))
  }
}

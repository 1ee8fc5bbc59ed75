import Tensors

/// Functions of two or three arguments, and tests, element by element.
extension BuiltinTable {
  static let pairwiseBuiltins: [Builtin] = binaryFunctions + tests + choices

  private static let binaryFunctions: [Builtin] = (BinaryTable.geometry + BinaryTable.extremes).map {
    primitive in
    let rule = primitive.rule
    // As everywhere, the height comes first: what the table calls x is the y of a point.
    let isSwapped = primitive === BinaryTable.atan2
    func named(_ formula: String) -> String {
      isSwapped ? Formula(formula).renamed(["x": "y", "y": "x"]) : formula
    }
    return Builtin(
      rule.name + (isSwapped ? "(y, x)" : "(x, y)"), .elementwise, rule.summary,
      formula: named(rule.formula), gradient: named(rule.derivativeFormula), convention: rule.convention,
      example: rule.example.inputs + "\n#> " + rule.example.output
    ) { call in
      try call.combined(0, 1) { try primitive($0, $1) }
    }
  }

  private static let tests: [Builtin] = [
    Builtin(
      "isnan(x)", .elementwise, "Whether each element is not a number.",
      example: """
        isnan([1, 0 / 0])
        #> [false, true]
        """
    ) { call in Value(truth: try BooleanTable.isnan(call.quantity(0))) },
    Builtin(
      "isinf(x)", .elementwise, "Whether each element is infinite.",
      example: """
        isinf([1, -1 / 0])
        #> [false, true]
        """
    ) { call in Value(truth: try BooleanTable.isinf(call.quantity(0))) },
    Builtin(
      "isfinite(x)", .elementwise, "Whether each element is neither infinite nor nan.",
      example: """
        isfinite([1, inf, nan])
        #> [true, false, false]
        """
    ) { call in Value(truth: try BooleanTable.isfinite(call.quantity(0))) },
  ]

  private static let choices: [Builtin] = [
    Builtin(
      "clip(x, low, high)", .elementwise, "Elements moved between two bounds; none leaves a side open.",
      formula: "min(max(x, low), high)", gradient: "1 where low <= x <= high, else 0",
      convention: "the derivative exactly at a bound is 1",
      example: """
        clip([-2, 0.5, 2], -1, 1)
        #> [-1, 0.5, 1]
        """
    ) { call in
      let low = call.isMissing(1) ? nil : try call.quantity(1)
      let high = call.isMissing(2) ? nil : try call.quantity(2)
      return try call.mapped(0) { try $0.clip(low, high) }
    },
    Builtin(
      "where(condition, a, b)", .elementwise,
      "Elements of one where a condition is true, of the other elsewhere.",
      gradient: "goes to the chosen element alone",
      example: """
        where([true, false], [1, 2], 0)
        #> [1, 0]
        """
    ) { call in
      guard call[0].isTruth, let condition = call[0].quantity else {
        throw call.wrong(0, "true, false or a tensor of them", hint: "compare first: where(x > 0, a, b)")
      }
      return try call.combined(1, 2) { try Quantity.where(condition, $0, $1) }
    },
  ]
}

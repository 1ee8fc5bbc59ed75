import Tensors

/// The functions of one number, made from the rows of the table in `Tensors`.
extension BuiltinTable {
  static let elementwiseBuiltins: [Builtin] = ElementwiseTable.all.map { primitive in
    let rule = primitive.rule
    return Builtin(
      rule.name + "(x)", activations.contains(rule.name) ? .activations : .elementwise, rule.summary,
      formula: rule.formula, gradient: rule.derivativeFormula, convention: rule.convention,
      example: rule.example.input + "\n#> " + rule.example.output, elementwise: primitive
    ) { call in
      try call.mapped(0) { try primitive($0) }
    }
  }

  /// Those that help lists with the activations.
  private static let activations: Set = ["relu", "sigmoid", "softplus", "tanh"]
}

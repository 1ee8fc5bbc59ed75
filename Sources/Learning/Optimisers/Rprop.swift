import Tensors

extension OptimiserRule {
  /// Rprop (Riedmiller and Braun, 1993), in the variant that undoes nothing.
  static let rprop = OptimiserRule(
    "rprop", "Rprop: every parameter's step grows while its slope keeps its sign; for whole data sets.",
    formula: "step *= growth where g kept its sign, shrinkage where it turned; p -= sign(g) step",
    convention: "steps start from lr; where the sign turned, one step is left out",
    example: "0.9",
    settings: [
      .rate(0.01), .amount("growth", 1.2), .share("shrinkage", 0.5), .amount("min_step", 1e-6),
      .amount("max_step", 50),
    ],
    form: { _ in .rprop },
    constants: { s, _ throws(TensorError) in
      [1, 0, s["growth"], s["shrinkage"], s["min_step"], s["max_step"]]
    })
}

extension OptimiserForm {
  /// c: growth, shrinkage, smallest and largest step
  fileprivate static let rprop = OptimiserForm(
    .rprop, [.zeros("gradient"), .setting("lr", as: "step_size")]
  ) { leaf, c throws(TensorError) in
    let turn = try leaf.gradient * leaf.memory[0]
    let (kept, turned) = (try BooleanTable.greater(turn, 0), try BooleanTable.less(turn, 0))
    let factor = try Quantity.where(kept, c[2], Quantity.where(turned, c[3], 1))
    let step = try (leaf.memory[1] * factor).clip(c[4], c[5])
    let used = try Quantity.where(turned, 0, leaf.gradient)
    leaf.memory = [used, step]
    leaf.parameter = try leaf.parameter - ElementwiseTable.sign(used) * step
  }
}

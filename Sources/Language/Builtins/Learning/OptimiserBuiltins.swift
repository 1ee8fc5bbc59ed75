import Learning
import Tensors

/// The optimisers, taking steps with them and keeping gradients short.
enum OptimiserBuiltins {
  static let all: [Builtin] = OptimiserTable.all.map { constructor($0) } + [step, clip]

  /// What makes an optimiser of a rule: its parameters are the rule's settings.
  private static func constructor(_ rule: OptimiserRule) -> Builtin {
    let parameters = rule.settings.map { setting in
      let value = setting.range == .flag ? "false" : Display.number(setting.value)
      return "\(setting.name): \(value)"
    }
    return Builtin(
      "\(rule.name)(\(parameters.joined(separator: ", ")))", .optimisers, rule.summary,
      formula: rule.formula,
      convention: [rule.convention, "lr is a number or a schedule"].compactMap { $0 }.joined(separator: "; "),
      example: "step(\(rule.name)(0.1), 1, 2)[0]\n#> \(rule.example)"
    ) { call in try OptimiserRecord(rule, call).value }
  }

  /// `step` of every optimiser of the library, and of the user's own.
  static let step = Builtin(
    "step(optimizer, p, g)", .optimisers,
    "One step of an optimizer along the gradient g: the parameters and the optimizer after it.",
    convention:
      "an optimizer of your own is a record with step: (self, p, g) -> (p, self); fixed parts stay as they are",
    example: """
      loss(p) = (p.w - 3)^2
      (p, opt) = ((w: 0), adam(0.1))
      repeat 200 { (p, opt) = step(opt, p, grad(loss)(p)) }
      approx(p.w, 3, tol: 1e-2)
      #> true
      """
  ) { call in
    let (parameters, optimiser) = try ParameterStep.take(call[0], call[1], along: call[2], call.machine)
    return .list(try List([parameters, optimiser]))
  }

  private static let clip = Builtin(
    "clip_norm(g, limit)", .optimisers,
    "The gradient g, shortened where its length over the whole structure is above the limit.",
    formula: "g * min(1, limit / |g|)",
    gradient: "that of the formula",
    example: """
      clip_norm((w: [3, 0], b: 4), 1)
      #> (w: [0.6, 0], b: 0.8)
      """
  ) { call in
    let limit = try call.scalar(1)
    guard limit.double >= 0 else {
      throw Diagnostic("clip_norm: limit must be 0 or more, but is \(Display.number(limit.double))")
    }
    guard call[0].leaf != nil || call[0].isStructure else {
      throw call.wrong(0, "numbers, tensors, or a list or record of them")
    }
    let norm = try GradientClipping.norm(of: Structure.quantities(of: call[0]))
    let factor = try GradientClipping.factor(for: norm, limit: limit)
    if case .number(1) = factor { return call[0] }
    return try Structure.map(call[0]) { try $0 * factor }
  }
}

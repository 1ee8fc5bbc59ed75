import Tensors

extension DerivativeBuiltins {
  /// Changing derivatives, checking them and explaining them.
  static let rules: [Builtin] = [
    Builtin(
      "stop_gradient(x)", .calculus, "The same value, but a constant for every derivative.", gradient: "0",
      example: """
        grad(x -> stop_gradient(x) * x)(3)
        #> 3
        """
    ) { call in
      if let leaf = call[0].leaf { return Value(leaf.concrete) }
      return try Structure.mapEverywhere(call[0]) { $0.concrete }
    },
    Builtin(
      "custom_gradient(f, rule)", .calculus,
      "The function f with its gradient computed by rule(x, y, g), where y is f(x) and g the gradient in y.",
      gradient: "rule(x, y, g)",
      convention:
        "x is the first argument of f; what else f uses has no rule, so that it must not be differentiated",
      example: """
        clipped = custom_gradient(x -> x^2, (x, y, g) -> clip(g * 2 * x, -1, 1))
        (clipped(3), clipped'(3))
        #> (9, 1)
        """,
      second: { call in
        let (machine, function) = (call.machine, call[0])
        var rest = try call.rest(2)
        var named: [(String, Value)] = []
        if case .record(let record) = call.arguments[3] {
          named = Array(zip(record.layout.names, record.values))
        }
        guard let argument = rest.first, case let leaves = try Structure.quantities(of: argument),
          leaves.contains(where: \.isTraced)
        else {
          let output = try machine.call(function, rest, named: named)
          try CustomGradient.requireConstant(output, of: function)
          return output
        }
        rest.removeFirst()
        let primitive = CustomGradient(
          machine, function, call[1], argument: argument, rest: rest, named: named)
        return Value(try primitive.apply(Inputs(leaves)))
      }
    ) { call in try derived(call, [try call.callable(0), try call.callable(1)]) },
    Builtin(
      "check_grad(f, x, tol: 1e-6)", .calculus,
      "Compares the gradient of f at x with central differences, number by number, and reports the worst.",
      formula: "(f(x + h) - f(x - h)) / 2h",
      convention:
        "error is relative to numbers above 1; ok says whether it is below tol; errors has the form of x; shown, it is a picture of the errors",
      example: """
        check_grad(p -> sum(p.w^2) * p.b, (w: [1, 2], b: 3)).ok
        #> true
        """
    ) { call in
      let tolerance = try call.number(2)
      let check = try GradientCheck(DerivativeCall(call, of: try call.callable(0), at: call[1]))
      return .record(
        try Record(
          [
            ("ok", .bool(check.error <= tolerance)), ("error", .number(check.error)),
            ("worst", .string(check.worst)), ("gradient", .number(check.gradient)),
            ("difference", .number(check.difference)), ("checked", .number(Double(check.count))),
            ("errors", check.errors), ("tol", .number(tolerance)),
          ], kind: GradientReport.kind))
    },
    Builtin(
      "explain(f, x)", .calculus,
      "Prints what f computes at x and how its gradient comes back: the chain rule on your own numbers.",
      formula: "dL/du = dL/dy * dy/du",
      convention: "f returns a single number; numbers are shown with four digits",
      example: """
        explain(x -> sin(x^2), 2)
        #> forward
        #>   1  x = 2
        #>   2  x^2 = 4
        #>   3  sin(x^2) = -0.7568
        #> backward: local derivative × incoming gradient
        #>   3  d sin(u)/du = cos(u) = cos(4) = -0.6536 × 1 = -0.6536 → 2  x^2
        #>   2  ... = 4 × -0.6536 = -2.615 → 1  x
        #> gradient
        #>   x: -2.615
        """
    ) { call in
      let run = try ExplainedRun(DerivativeCall(call, of: try call.callable(0), at: call[1]))
      call.machine.host.show(.text(try Explanation(run).text()))
      return .none
    },
  ]
}

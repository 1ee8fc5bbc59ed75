import Tensors

/// Derivatives: `f'`, gradients, Jacobians and what they are made of.
enum DerivativeBuiltins {
  /// What `f'` stands for.
  static let derivative = Builtin(
    "derivative(f)", .calculus, "Derivative of f in its first argument, elementwise; f' is short for it.",
    formula: "f'(x) = lim (f(x + h) - f(x)) / h", gradient: "f''",
    convention: "f(x) must have the shape of x, up to axes of length 1",
    example: """
      sin'(0)
      #> 1
      f(x) = x^3
      (f'(2), f''(2), f'''(2))
      #> (12, 12, 6)
      """,
    second: { call in try Derivatives.elementwise(DerivativeCall(call, count: 1)) }
  ) { call in
    guard call[0].isCallable else {
      throw Diagnostic(
        "' is the derivative of a function, not of \(call[0].kind)", kind: .type,
        hint: call[0].isQuantity ? "x.T is the transpose of a tensor" : nil)
    }
    return try derived(call, [call[0]])
  }

  /// What `∇f` stands for.
  static let gradient = Builtin(
    "grad(f, wrt: none)", .calculus,
    "Gradient of f, which returns a single number, in its first argument or those named by wrt.",
    formula: "df/dp for every number in p", gradient: "the Hessian",
    convention: "the result has the structure of the argument; several names give a record",
    example: """
      loss(p) = (p.w * 3 + p.b - 1)^2
      grad(loss)((w: 1, b: 0))
      #> (w: 12, b: 4)
      f(x, y) = x * y^2
      (grad(f, wrt: "y")(2, 3), grad(f, wrt: ("x", "y"))(2, 3))
      #> (12, (x: 9, y: 12))
      """,
    second: { call in try Derivatives.gradient(DerivativeCall(call, count: 2, wrt: 1)) }
  ) { call in try derived(call, [try call.callable(0), call[1]]) }

  /// All of them, with those that change and check derivatives.
  static let all: [Builtin] = [derivative, gradient] + others + rules

  private static let others: [Builtin] = [
    Builtin(
      "value_and_grad(f, aux: false, wrt: none)", .calculus,
      "Value and gradient of f together, as (value, gradient).",
      convention: "with aux: true, f returns (value, extra) and the result is (value, extra, gradient)",
      example: """
        value_and_grad(x -> x^2)(3)
        #> (9, 6)
        value_and_grad(x -> (x^2, "extra"), aux: true)(3)
        #> (9, "extra", 6)
        """,
      second: { call in
        try Derivatives.valueAndGradient(DerivativeCall(call, count: 3, wrt: 2), hasExtra: call.bool(1))
      }
    ) { call in try derived(call, [try call.callable(0), .bool(try call.bool(1)), call[2]]) },
    Builtin(
      "jacobian(f, wrt: none)", .calculus,
      "All partial derivatives of f, which returns a tensor or a structure.",
      formula: "J[i, j] = df_i / dx_j",
      convention: "the shape is that of f(x) followed by that of x; over a record it is a record",
      example: """
        jacobian(v -> [v[0] * v[1], sum(v)])([2, 3])
        #> [2, 2] f64
        #>   3  2
        #>   1  1
        """,
      second: { call in
        try Derivatives.jacobian(DerivativeCall(call, count: 2, wrt: 1).record(), call.machine)
      }
    ) { call in try derived(call, [try call.callable(0), call[1]]) },
    Builtin(
      "hessian(f, wrt: none)", .calculus, "Second derivatives of f, which returns a single number.",
      formula: "H[i, j] = d²f / dx_i dx_j", convention: "over a record it is a record of records",
      example: """
        hessian(v -> v[0]^2 * v[1])([2, 3])
        #> [2, 2] f64
        #>   6  4
        #>   4  0
        """,
      second: { call in try Derivatives.hessian(DerivativeCall(call, count: 2, wrt: 1)) }
    ) { call in try derived(call, [try call.callable(0), call[1]]) },
    Builtin(
      "jvp(f, x, v)", .calculus, "Derivative of f at x along v, in the structure of f(x).", formula: "J v",
      example: """
        jvp(v -> v^2, [1, 2, 3], [1, 0, 1])
        #> [2, 0, 6]
        """
    ) { call in
      let function = DerivativeCall(call, of: try call.callable(0), at: call[1])
      return try Derivatives.jvp({ try function($0) }, at: call[1], along: call[2])
    },
    Builtin(
      "vjp(f, x, c)", .calculus, "Gradient of sum(c * f(x)) in x, in the structure of x.", formula: "c J",
      convention: "a number c weighs every output alike",
      example: """
        vjp(v -> v^2, [1, 2, 3], [1, 0, 1])
        #> [2, 0, 6]
        """
    ) { call in
      let function = DerivativeCall(call, of: try call.callable(0), at: call[1])
      return try Derivatives.vjp({ try function($0) }, at: call[1], weights: call[2])
    },
  ]

  /// The function a builtin makes of its arguments.
  static func derived(_ call: borrowing Call, _ arguments: [Value]) throws(Diagnostic) -> Value {
    .function(try Function(derived: call.builtin, arguments: arguments))
  }
}

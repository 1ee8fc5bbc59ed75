/// The language's spelling of the oracles' neutral operation names.
///
/// `a`, `b`, `c`, … stand for the inputs in order; attributes are read from the case.
enum OracleMap {
  /// The expression of an operation case, or nil for one the language does not have yet.
  static func expression(_ operation: String, _ attributes: Attributes) -> String? {
    if let plain = plain[operation] { return plain }
    let a = attributes
    switch operation {
    case "leaky_relu": return "leaky_relu(a, slope: \(a["negative_slope"]))"
    case "sum", "mean", "prod", "max", "min", "logsumexp", "any":
      return "\(operation)(a\(a.named("axis", "keepdims")))"
    case "var", "std": return "\(operation)(a\(a.named("axis", "keepdims", "ddof")))"
    case "norm": return "norm(a\(a.named("p", "axis")))"
    case "argmax", "argmin", "cumsum", "cumprod", "cummax", "median", "softmax", "log_softmax", "argsort",
      "squeeze":
      return "\(operation)(a\(a.named("axis")))"
    case "sort": return "sort(a\(a.named("axis", "descending")))"
    case "quantile": return "quantile(a, \(a["q"])\(a.named("axis")))"
    case "topk": return "topk(a, \(a["k"])\(a.named("axis")))[0]"
    case "triu": return "triu(a\(a.named("k")))"
    case "einsum": return "einsum(\"\(a.text("equation"))\", a\(a.inputCount > 1 ? ", b" : ""))"
    case "permute": return "permute(a, \(a["axes"]))"
    case "concat": return "concat((\(a.inputNames))\(a.named("axis")))"
    case "stack": return "stack((\(a.inputNames))\(a.named("axis")))"
    case "slice": return "a[\(a.slices("slices"))]"
    case "index": return "a[\(a.numbers("index").joined(separator: ", "))]"
    case "pad": return "pad(a, \(a["pad"])\(a.named("value")))"
    case "roll": return "roll(a, \(a["shift"])\(a.named("axis")))"
    case "repeat": return "repeat_each(a, \(a["repeats"])\(a.named("axis")))"
    case "broadcast_to": return "broadcast_to(a, \(a["shape"]))"
    case "take_along_axis": return "take_along(a, b\(a.named("axis")))"
    case "scatter_add": return "scatter_add(a, b, c\(a.named("axis")))"
    case "linspace": return "linspace(\(a["start"]), \(a["stop"]), \(a["n"]))"
    case "arange": return "range(\(a["start"]), \(a["stop"]), \(a["step"]))"
    case "diff": return "diff(a\(a.named("n", "axis")))"
    case "one_hot": return "onehot(a, \(a["classes"]))"
    case "conv1d", "conv2d":
      let bias = a.inputCount > 2 ? ", c" : ""
      return "conv(a, b\(bias)\(a.named("stride", "padding", "dilation", "groups")))"
    case "conv_transpose2d": return "conv_transpose(a, b\(a.named("stride", "padding")))"
    case "max_pool2d": return "max_pool(a, \(a["kernel"])\(a.named("stride", "padding")))"
    case "avg_pool2d": return "avg_pool(a, \(a["kernel"])\(a.named("stride", "padding")))"
    case "layer_norm": return "normalize(a\(a.named("axis", "eps"))) * b + c"
    case "rms_norm": return "a / sqrt(mean(a^2, axis: -1, keepdims: true) + \(a["eps"])) * b"
    case "attention": return "attend(a, b, c\(a.named("causal")))"
    default: return nil
    }
  }

  private static let plain = [
    "neg": "-a", "reciprocal": "reciprocal(a)", "expm1": "expm1(a)", "exp2": "exp2(a)", "log1p": "log1p(a)",
    "log10": "log10(a)", "sqrt": "sqrt(a)", "cbrt": "cbrt(a)", "cos": "cos(a)", "tan": "tan(a)",
    "acos": "acos(a)",
    "sinh": "sinh(a)", "cosh": "cosh(a)", "asinh": "asinh(a)", "atanh": "atanh(a)", "sigmoid": "sigmoid(a)",
    "softplus": "softplus(a)", "selu": "selu(a)", "gelu": "gelu(a)", "silu": "silu(a)",
    "softsign": "softsign(a)",
    "erf": "erf(a)", "lgamma": "lgamma(a)", "abs": "abs(a)", "tanh": "tanh(a)", "relu": "relu(a)",
    "exp": "exp(a)",
    "round": "round(a)", "ceil": "ceil(a)", "trunc": "trunc(a)", "add": "a + b", "sub": "a - b",
    "mul": "a * b",
    "div": "a / b", "pow": "a ^ b", "mod": "a % b", "maximum": "maximum(a, b)", "atan2": "atan2(a, b)",
    "logaddexp": "logaddexp(a, b)", "eq": "a == b", "lt": "a < b", "le": "a <= b", "ge": "a >= b",
    "matmul": "a @ b",
    "trace": "trace(a)", "diag": "diag(a)", "kron": "kron(a, b)", "det": "det(a)", "inv": "inv(a)",
    "solve": "solve(a, b)", "cholesky": "cholesky(a)", "eigvalsh": "eigvalsh(a)", "transpose": "transpose(a)",
    "interp": "interp(a, b, c)", "where_safe_log": "where(a > 0, log(where(a > 0, a, 1)), 0)",
    // The oracles' matrices lie the other way round, and a step is a sequence of one.
    "rnn_cell": "rnn_states(a[:, none], c.T, d.T, e_ + f, h: b)[:, 0]",
    "gru_cell": "gru_states(a[:, none], c.T, d.T, e_, f, h: b)[:, 0]",
  ]

  /// The names inputs go by; `e_` because `e` is a number.
  static let inputNames = ["a", "b", "c", "d", "e_", "f"]

  /// Expressions of the cases that give words and symbols instead of an operation.
  static let composites = [
    "mlp_mse": "mean((tanh(X @ W1 + b1) @ W2 + b2 - Y)^2)",
    "logistic_l2": "mean(softplus(X @ w + b) - y * (X @ w + b)) + 0.01 * sum(w^2)",
    "shared_parameter": "sum(sin(w * x) * exp(-w)) + w^3",
    "fixed_loop": "(() -> { y = x; repeat 10 { y = y - 0.1 * (y^3 - x) }; sum(y) })()",
    "matrix_chain": "sum((A @ B @ A.T) * inv(B))",
    "hessian_rosenbrock": "(1 - x[0])^2 + 100 * (x[1] - x[0]^2)^2",
    "hessian_norm": "norm(x)",
    "hessian_logdet": "log(det(x))",
    "hessian_tanh_quadratic": "sum(tanh(A @ x)^2)",
    "hessian_fractional_power": "sum(x^2.5)",
  ]
}

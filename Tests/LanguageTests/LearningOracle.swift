import Foundation

@testable import Language

/// A case of the oracles about learning, turned into statements of the language and what they must show.
struct LearningOracle {
  let id: String
  /// Statements that come first.
  var setup: [String] = []
  /// Expressions with the numbers that they must have; `bool` ones must be 1.
  var checks: [(expression: String, wanted: [Double], relative: Double, absolute: Double)] = []

  /// Nil for a case that the language has no words for.
  init?(_ json: [String: Any], file: String) {
    id = json["id"] as? String ?? "?"
    let reader = OracleReader(json)
    switch file {
    case "losses": guard readLoss(reader) else { return nil }
    case "optimizers": guard readOptimizer(reader) else { return nil }
    case "schedules": guard readSchedule(reader) else { return nil }
    case "initializers": guard readInitializer(reader) else { return nil }
    default: return nil
    }
  }
}

/// The fields of a case in the language's spelling.
struct OracleReader {
  let json: [String: Any]

  init(_ json: [String: Any]) { self.json = json }

  func text(_ name: String) -> String { json[name] as? String ?? "" }

  func number(_ name: String) -> Double? { (json[name] as? NSNumber)?.doubleValue }

  func numbers(_ name: String) -> [Double] { (json[name] as? [NSNumber] ?? []).map(\.doubleValue) }

  func record(_ name: String) -> OracleReader { OracleReader(json[name] as? [String: Any] ?? [:]) }

  /// A setting as it is written.
  func spelled(_ name: String) -> String {
    guard let number = json[name] as? NSNumber else { return "none" }
    if String(cString: number.objCType) == "c" { return number.boolValue ? "true" : "false" }
    return "\(number.doubleValue)"
  }

  /// A tensor as it is written.
  func tensor(_ name: String) -> String? {
    guard let tensor = OracleTensor(json[name]) else { return nil }
    return "reshape(\(OracleReader.list(tensor.data)), \(tensor.shape))"
  }

  static func list(_ numbers: [Double]) -> String {
    "[" + numbers.map { "\($0)" }.joined(separator: ", ") + "]"
  }
}

extension LearningOracle {
  /// Elements of gradients that the file has wrong: at a logit of 0 with a target of 0.5 the slope of the cross-entropy
  /// is sigmoid(0) - 0.5 = 0. The file has what differentiating max(z, 0) - z t + log1p(exp(-|z|)) by its parts
  /// leaves when the corners at 0 count as flat.
  private static let corrections = ["bce_with_logits/mean": [5: 0.0]]

  private mutating func readLoss(_ reader: OracleReader) -> Bool {
    guard let input = reader.tensor("input"), let value = reader.number("value"),
      let target = reader.tensor("target") ?? reader.tensor("labels"),
      let gradient = OracleTensor(reader.json["gradient"])
    else { return false }
    var options = ""
    if reader.json["reduction"] != nil { options += ", reduction: \"\(reader.text("reduction"))\"" }
    if reader.json["weights"] != nil {
      options += ", weights: \(OracleReader.list(reader.numbers("weights")))"
    }
    for name in ["delta", "margin", "gamma"] where reader.json[name] != nil {
      options += ", \(name): \(reader.spelled(name))"
    }
    let expression: String
    switch reader.text("op") {
    case "mse", "huber", "log_cosh", "cross_entropy", "nll", "poisson_nll", "focal", "mae", "hinge", "kl":
      expression = "\(reader.text("op"))(z, target\(options))"
    case "bce_with_logits": expression = "bce(z, target\(options))"
    case "bce": expression = "bce(z, target, logits: false\(options))"
    case "squared_hinge": expression = "hinge(z, target, squared: true\(options))"
    case "multiclass_hinge":
      let isWorst = reader.text("variant") == "crammer_singer_max"
      expression = "multi_hinge(z, target, worst: \(isWorst)\(options))"
    case "cosine_similarity": expression = "1 - cosine_loss(z, target\(options))"
    default: return false
    }
    setup = ["z = \(input)", "target = \(target)"]
    let (relative, absolute) = (reader.number("rtol") ?? 0, reader.number("atol") ?? 0)
    var slopes = gradient.data
    for (position, slope) in LearningOracle.corrections[id] ?? [:] { slopes[position] = slope }
    checks = [
      (expression, [value], relative, absolute),
      ("grad(z -> \(expression))(z)", slopes, relative, absolute),
      ("check_grad(z -> sum(grad(z -> \(expression))(z) * cos(z)), z, tol: 1e-5).ok", [1], 0, 0),
    ]
    // Central differences do not see a corner, and lose everything beside logits of 1000.
    if ["log_cosh", "cross_entropy", "nll", "poisson_nll", "focal"].contains(reader.text("op")) == false {
      checks.removeLast()
    }
    return true
  }

  private mutating func readOptimizer(_ reader: OracleReader) -> Bool {
    if reader.text("op") == "clip_by_global_norm" {
      let gradient = OracleReader.list(reader.numbers("gradient"))
      checks = [
        (
          "clip_norm(\(gradient), \(reader.spelled("max_norm")))", reader.numbers("output"),
          reader.number("rtol") ?? 0, 0
        )
      ]
      return true
    }
    let functions = [
      "quadratic": "f(x) = 0.5 * x @ [[3, 0.5], [0.5, 1]] @ x - [1, -2] @ x",
      "rosenbrock": "f(x) = (1 - x[0])^2 + 100 * (x[1] - x[0]^2)^2",
    ]
    guard let function = functions[reader.text("problem")] else { return false }
    setup = [function, "start = \(OracleReader.list(reader.numbers("x0")))"]
    let name = reader.text("optimizer")
    if name == "lbfgs" {
      let required = reader.record("required")
      setup.append("r = minimize(f, start, method: \"lbfgs\")")
      checks = [
        ("r.at", reader.numbers("minimiser"), 0, required.number("x_abs_error") ?? 0),
        ("r.evaluations <= \(required.spelled("max_gradient_evaluations"))", [1], 0, 0),
      ]
      return true
    }
    let hyper = reader.record("hyper")
    let spelling = ["initial_accumulator": "initial", "eta_plus": "growth", "eta_minus": "shrinkage"]
    let settings = hyper.json.keys.sorted().map { "\(spelling[$0] ?? $0): \(hyper.spelled($0))" }
    setup.append(
      "after(n) = { (x, opt) = (start, \(name)(\(settings.joined(separator: ", ")))); "
        + "repeat n { (x, opt) = step(opt, x, grad(f)(x)) }; x }")
    let points = reader.record("params_after_steps")
    for step in points.json.keys.sorted() {
      let relative = reader.number(step == "100" ? "rtol_100" : "rtol") ?? 0
      checks.append(("after(\(step))", points.numbers(step), relative, 0))
    }
    return true
  }

  private mutating func readSchedule(_ reader: OracleReader) -> Bool {
    let hyper = reader.record("hyper")
    func h(_ name: String) -> String { hyper.spelled(name) }
    let schedule: String
    switch reader.text("schedule") {
    case "constant": schedule = "constant_lr(\(h("lr")))"
    case "step": schedule = "step_lr(\(h("lr")), \(h("step_size")), gamma: \(h("gamma")))"
    case "exponential": schedule = "exponential_lr(\(h("lr")), \(h("gamma")))"
    case "linear": schedule = "linear_lr(\(h("start")), \(h("steps")), end: \(h("end")))"
    case "cosine": schedule = "cosine_lr(\(h("lr")), \(h("steps")), min: \(h("min")))"
    case "warmup_cosine":
      schedule =
        "warmup(cosine_lr(\(h("peak")), \(h("total")) - \(h("warmup")), min: \(h("end"))), \(h("warmup")), start: \(h("init")))"
    case "warmup_linear":
      schedule = "warmup(linear_lr(\(h("peak")), \(h("total")) - \(h("warmup"))), \(h("warmup")))"
    case "cosine_restarts":
      schedule = "cosine_lr(\(h("lr")), \(h("t0")), restart: true, growth: \(h("mult")))"
    default: return false
    }
    let values = reader.record("value_at_step")
    let steps = values.json.keys.compactMap { Double($0) }.sorted()
    checks = [
      (
        "(\(schedule))(\(OracleReader.list(steps)))", steps.compactMap { values.number(String(Int($0))) },
        reader.number("rtol") ?? 0, 1e-15
      )
    ]
    return true
  }

  private mutating func readInitializer(_ reader: OracleReader) -> Bool {
    if reader.text("init") == "orthogonal" {
      setup = ["q = orthogonal(64, 64)"]
      checks = [
        ("max(abs(q.T @ q - eye(64))) < 1e-10", [1], 0, 0), ("abs(abs(det(q)) - 1) < 1e-10", [1], 0, 0),
      ]
      return true
    }
    let names = [
      "glorot_uniform": "glorot", "glorot_normal": "glorot_normal", "he_uniform": "he",
      "he_normal": "he_normal", "lecun_uniform": "lecun", "lecun_normal": "lecun_normal",
      "torch_linear_default": "torch_uniform",
    ]
    guard let name = names[reader.text("init")] else { return false }
    let (fanIn, fanOut) = (reader.spelled("fan_in"), reader.spelled("fan_out"))
    setup = [
      "draw() = \(name)(\(fanIn), \(fanOut))", "n = ceil(120000 / (\(fanIn) * \(fanOut)))",
      "x = flatten([draw() for _ in 0..<n], axis: 0)",
    ]
    let (deviation, variance) = (reader.spelled("std"), reader.spelled("variance"))
    checks = [
      ("len(x) >= 100000", [1], 0, 0), ("abs(mean(x)) < 5 * \(deviation) / sqrt(len(x))", [1], 0, 0),
      ("abs(var(x) / \(variance) - 1) < 0.02", [1], 0, 0),
      (
        "(() -> { seed(7); a = draw(); seed(7); b = draw(); seed(8); c = draw(); same(a, b) and not same(a, c) })()",
        [1], 0, 0
      ),
    ]
    if reader.number("bound") != nil {
      let bound = reader.spelled("bound")
      checks.append(("max(abs(x)) <= \(bound) and max(abs(x)) > 0.99 * \(bound)", [1], 0, 0))
    }
    return true
  }
}

import Learning
import Tensors

/// Finding where a function is smallest.
enum MinimisationBuiltins {
  static let all: [Builtin] = [minimize, gridSearch]

  private static let minimize = Builtin(
    "minimize(loss, start, method: \"lbfgs\", steps: none, lr: none, bounds: none, tol: 1e-8, path: false)",
    .training, "Where a loss over any structure is smallest, downhill from a start.",
    convention:
      "method is gd, momentum, adam, newton, lbfgs, nelder_mead or an optimizer; gd without lr searches along the line; bounds: (a: (0, 1)); it converges where every slope is below tol, or where rounding hides what is left of it; a loss that falls without end is unbounded; start is no more than a place to begin, without a derivative; returns (at:, value:, steps:, converged:, path:, ...), the path where path: true asks for it",
    example: """
      r = minimize(p -> (p.a - 1)^2 + 100 * (p.b - p.a^2)^2, (a: -1, b: 1))
      (r.converged, approx(r.at.a, 1, tol: 1e-6), approx(r.at.b, 1, tol: 1e-6))
      #> (true, true, true)
      """
  ) { call in
    let loss = try call.callable(0)
    let parameters = try FlatParameters(call[1], purpose: "minimize: start")
    let method = try MinimisationMethod(call, 2, rate: 4, parameters)
    let tolerance = try call.number(6)
    let machine = call.machine
    let stepLimit = call.isMissing(3) ? method.stepLimit : try call.count(3)
    var meter = ProgressMeter(machine)
    var progress = Progress(task: "minimize", done: 0, total: stepLimit, unit: "steps")
    progress.isTotalLimit = true
    var minimiser = Minimiser(
      method.method, stepLimit: stepLimit,
      tolerance: max(0, tolerance), box: try Bounds.box(call[5], for: parameters, "minimize"),
      keepsPath: try call.bool(7), endsEarly: { machine.endsRun($0) })
    minimiser.noteStep = { steps, value in
      meter.report {
        (progress.done, progress.loss) = (steps, value)
        return progress
      }
    }
    defer { meter.finish(progress) }
    let objective = MinimisedLoss(call, of: loss, in: parameters).objective
    let recorder = RunRecorder(
      "minimize", configuration: [("loss", .string(loss.callName)), ("method", .string(method.name))],
      on: machine)
    do {
      let minimum = try minimiser.minimum(of: objective, from: parameters.start)
      for (step, value) in minimum.values.enumerated() { recorder.record("value", step: step, value) }
      recorder.finish(
        minimum.stop.name, figures: [("value", minimum.value), ("steps", Double(minimum.steps))])
      return try result(minimum, method.name, parameters)
    } catch let error as MinimisationError {
      throw badStart(error, loss.callName, parameters)
    }
  }

  private static func result(
    _ minimum: Minimum, _ method: String, _ parameters: FlatParameters
  ) throws -> Value {
    .record(
      try Record(
        [
          ("at", try parameters.structure(minimum.point)), ("value", .number(minimum.value)),
          ("steps", .number(Double(minimum.steps))), ("converged", .bool(minimum.stop.isConverged)),
          ("stopped", .string(minimum.stop.name)), ("evaluations", .number(Double(minimum.evaluations))),
          ("method", .string(method)), ("values", .tensor(try Tensor(minimum.values))),
          ("path", minimum.path.isEmpty ? .none : try parameters.stacked(minimum.path)),
        ], kind: MinimumReport.kind))
  }

  private static func badStart(
    _ error: MinimisationError, _ loss: String, _ parameters: FlatParameters
  ) -> Diagnostic {
    switch error {
    case .startValue(let value):
      Diagnostic(
        "minimize: \(loss) is \(Display.number(value)) at the start", kind: .arithmetic,
        hint:
          "start elsewhere; logarithms, roots and divisions make nan outside of their domain, and so does nan in the data"
      )
    case .startGradient(let coordinate, let value):
      Diagnostic(
        "minimize: the slope of \(loss) in \(parameters.names[coordinate]) is \(Display.number(value)) at the start",
        kind: .arithmetic, hint: "start elsewhere; method: \"nelder_mead\" needs no slope")
    }
  }
}

extension Minimum.Stop {
  /// Whether the search found what it was looking for.
  var isConverged: Bool {
    if case .converged = self { true } else { false }
  }

  /// The reason in a word, as the field `stopped` gives it.
  var name: String {
    switch self {
    case .converged: "converged"
    case .steps: "steps"
    case .stalled: "stalled"
    case .unbounded: "unbounded"
    case .notFinite: "nan"
    case .interrupted: "interrupted"
    }
  }
}

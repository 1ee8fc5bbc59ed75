import Learning
import Tensors

/// Fitting formulas to data.
enum FittingBuiltins {
  static let all: [Builtin] = [curveFit, linearFit, linearModel, predict]

  private static let curveFit = Builtin(
    "curve_fit(model, x, y, start: none, sigma: none, bounds: none, steps: 1000, tol: 1e-15, absolute_sigma: false, confidence: 0.95)",
    .training, "Parameters of a formula by nonlinear least squares, with their standard errors.",
    formula: "minimum of sum(((y - model(p, x)) / sigma)^2) by the method of Levenberg and Marquardt",
    convention:
      "the model is called with all of x at once; errors come from the scatter of the residuals, with absolute_sigma: true from sigma alone; intervals are Student's t; returns (at:, stderr:, interval:, covariance:, r2:, residuals:, ...), which can be called for the curve",
    example: """
      x = [0, 1, 2, 3, 4, 5]
      y = [5.1, 3.0, 1.9, 1.1, 0.7, 0.4]
      fit = curve_fit((p, x) -> p.a * exp(-p.k * x), x, y, start: (a: 1, k: 1))
      fit.at
      #> (a: 5.079384458, k: 0.5053032571)
      fit.stderr
      #> (a: 0.04251064821, k: 0.007881893173)
      """
  ) { call in
    let data = try FitData(call, y: 2, sigma: 4)
    guard !call.isMissing(3) else {
      throw Diagnostic(
        "curve_fit needs a start: a first guess for each parameter", kind: .argument,
        hint: "start: (a: 1, b: 0) for a model (p, x) -> p.a * x + p.b")
    }
    let parameters = try FlatParameters(call[3], purpose: "curve_fit: start")
    let confidence = try FitRecord.confidence(call, 9)
    guard data.y.count >= parameters.count else {
      throw Diagnostic(
        "curve_fit: \(data.y.count == 1 ? "1 datum" : "\(data.y.count) data") cannot determine \(parameters.count) parameters",
        hint: "it takes at least as many data as parameters, and more for standard errors")
    }
    try requireMemory(data.y.count, parameters.count)
    let machine = call.machine
    let model = FitModel(
      machine, "curve_fit", try call.callable(0), x: call[1], in: parameters, shape: data.shape)
    let box = try Bounds.box(call[5], for: parameters, "curve_fit")
    let stepLimit = try call.count(6)
    var meter = ProgressMeter(machine)
    var progress = Progress(task: "curve_fit", done: 0, total: stepLimit, unit: "steps")
    progress.isTotalLimit = true
    defer { meter.finish(progress) }
    let search = LevenbergMarquardt(
      stepLimit: stepLimit, tolerance: max(0, try call.number(7)), box: box,
      endsEarly: { machine.endsRun($0) })
    let recorder = RunRecorder(
      "curve_fit",
      configuration: [("model", .string(call[0].callName)), ("data", .number(Double(data.y.count)))],
      on: machine)
    let found: LevenbergMarquardt.Result
    do {
      found = try search.fit(from: parameters.start) { point in
        let prediction = try model.prediction(at: point)
        let residuals = data.weighted(zip(prediction.values, data.y).map { $0 - $1 })
        progress.done += 1
        meter.report {
          progress.loss = residuals.reduce(0) { $0 + $1 * $1 }
          return progress
        }
        return LevenbergMarquardt.Evaluation(
          residuals: residuals,
          jacobian: { data.weighted(columns: try prediction.jacobian()) })
      }
    } catch let error as MinimisationError {
      throw try badStart(error, call, parameters)
    }
    let resting = box.map { box in
      found.point.indices.filter { found.point[$0] <= box.lower[$0] || found.point[$0] >= box.upper[$0] }
    }
    let statistics = FitStatistics(
      residuals: found.residuals, jacobian: found.jacobian, resting: resting ?? [],
      total: LinearFit.total(data.y, data.weights, aroundMean: true), isAbsolute: try call.bool(8))
    recorder.finish(
      found.stop.name,
      figures: [
        ("rss", statistics.residualSumOfSquares), ("r2", statistics.determination),
        ("steps", Double(found.steps)),
      ])
    let residuals = found.residuals.indices.map { -found.residuals[$0] / (data.weights?[$0] ?? 1) }
    let record = FitRecord(parameters: parameters, statistics: statistics, confidence: confidence)
    return .record(
      try Record(
        record.fields(at: found.point, residuals: residuals, data: data) + [
          ("steps", .number(Double(found.steps))), ("evaluations", .number(Double(found.evaluations))),
          ("converged", .bool(found.stop.isConverged)), ("stopped", .string(found.stop.name)),
          ("weighted", .bool(data.weights != nil)), ("x", call[1]), ("model", call[0]),
          ("call", .function(Function(predict))),
        ], kind: FitRecord.curveKind))
  }

  /// Throws when the derivatives of every datum in every parameter would not fit into memory.
  private static func requireMemory(_ data: Int, _ parameters: Int) throws(TensorError) {
    // Derivatives, their factors, and both again while they are worked on.
    let bytes = Double(data + parameters) * Double(parameters) * 8 * 4
    guard bytes <= Double(Storage.limit) else {
      throw .allocation(bytes: Int(min(bytes, 1e18)), limit: Storage.limit)
    }
  }

  private static func badStart(
    _ error: MinimisationError, _ call: borrowing Call, _ parameters: FlatParameters
  ) throws -> Diagnostic {
    if let x = call[1].quantity?.concrete, case let numbers = try x.elements(),
      let index = numbers.firstIndex(where: { !$0.isFinite })
    {
      return FitData.hole("curve_fit", "x", numbers[index], index)
    }
    switch error {
    case .startValue(let value):
      return Diagnostic(
        "curve_fit: the model is \(Display.number(value)) at the start", kind: .arithmetic,
        hint: "start from other parameters; logarithms, roots and divisions make nan outside of their domain")
    case .startGradient(let coordinate, let value):
      return Diagnostic(
        "curve_fit: the derivative of the model in \(parameters.names[coordinate]) is \(Display.number(value)) at the start",
        kind: .arithmetic, hint: "start from other parameters")
    }
  }
}

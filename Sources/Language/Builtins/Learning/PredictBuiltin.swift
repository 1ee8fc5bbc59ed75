import Learning
import Tensors

extension FittingBuiltins {
  static let predict = Builtin(
    "predict(fit, x, confidence: none, mean: false, sigma: none)", .training,
    "What a fitted curve says at x; with a confidence the band in which a new datum will lie.",
    formula: "f(x) ± t sqrt(s^2 + J C J^T), with Student's t and the derivatives J of f in the parameters",
    convention:
      "fit(x) is short for predict(fit, x); mean: true is the band of the curve itself; sigma, the error of a new datum, is that of the residuals unless given; the band is nan where rounding leaves nothing of it",
    example: """
      fit = linear_fit([0, 1, 2, 3, 4], [1.1, 2.9, 5.2, 6.8, 9.1])
      predict(fit, 2, confidence: 0.95)
      #> (y: 5.02, lower: 4.361610389, upper: 5.678389611)
      """
  ) { call in
    guard case .record(let fit) = call[0],
      fit.layout.kind == FitRecord.curveKind || fit.layout.kind == FitRecord.linearKind,
      let model = fit["model"], let point = fit["at"]
    else { throw call.wrong(0, "the result of curve_fit or linear_fit") }
    if call.isMissing(2) { return try call.machine.call(model, [point, call[1]]) }
    let confidence = try FitRecord.confidence(call, 2)
    guard let covariance = try fit["covariance"]?.quantity?.elements(),
      let degrees = fit["dof"]?.quantity?.double, let variance = fit["reduced_chi2"]?.quantity?.double
    else { throw call.wrong(0, "the result of curve_fit or linear_fit") }
    let isWeighted: Bool
    if case .bool(true)? = fit["weighted"] { isWeighted = true } else { isWeighted = false }
    guard try call.bool(3) || !call.isMissing(4) || !isWeighted else {
      throw Diagnostic(
        "predict: the fit weighted its data, so a new datum needs its own sigma", kind: .argument,
        hint: "sigma: 0.1, or mean: true for the band of the curve itself")
    }
    let parameters = try FlatParameters(point, purpose: "predict: fit.at")
    let prediction = try FitModel(call.machine, "predict", model, x: call[1], in: parameters, shape: nil)
      .prediction(at: parameters.start)
    guard covariance.count == parameters.count * parameters.count else {
      throw call.wrong(0, "the result of curve_fit or linear_fit")
    }
    let noise = try call.bool(3) ? 0 : call.isMissing(4) ? variance : square(call.number(4))
    let factor = StudentT(degrees: degrees).halfWidth(confidence)
    let spread = variances(try prediction.jacobian(), covariance, count: prediction.values.count)
    let halves = spread.map { factor * ($0 + noise).squareRoot() }
    func side(_ sign: Double) throws -> Value {
      Value(
        try Quantity(zip(prediction.values, halves).map { $0 + sign * $1 }, shape: prediction.shape))
    }
    let values = Value(try Quantity(prediction.values, shape: prediction.shape))
    return .record(try Record([("y", values), ("lower", try side(-1)), ("upper", try side(1))]))
  }

  private static func square(_ x: Double) -> Double { x * x }

  /// The diagonal of J C Jᵀ; nan where large covariances cancel to less than their rounding errors.
  private static func variances(_ jacobian: [Double], _ covariance: [Double], count m: Int) -> [Double] {
    let n = m > 0 ? jacobian.count / m : 0
    return (0..<m).map { row in
      var (sum, size) = (0.0, 0.0)
      for i in 0..<n {
        for j in 0..<n {
          let term = jacobian[i * m + row] * covariance[i * n + j] * jacobian[j * m + row]
          sum += term
          size += abs(term)
        }
      }
      return abs(sum) < 1e-15 * size ? .nan : sum
    }
  }
}

/// How far a Levenberg-Marquardt step may go: grows while the linear model tells the truth, shrinks when it does not.
///
/// Lengths are measured in units of the largest size each column of the Jacobian has had (Moré, The
/// Levenberg-Marquardt algorithm: implementation and theory, 1978), whose constants are used throughout.
struct TrustRegion {
  /// The residuals as linear functions of the step, around a point.
  struct Model {
    let qr: PivotedQR
    /// Qᵀ r
    let transformed: [Double]
    /// √Σ r²
    let norm: Double
    /// The coordinates that may move, in the order of the columns.
    let free: [Int]
  }

  /// What became of a step.
  struct Verdict {
    let isAccepted: Bool
    let isDone: Bool
  }

  private static let firstRadius = 100.0

  private let tolerance: Double
  private var scale: [Double]
  private var radius = 0.0
  /// The share of steepest descent in the step.
  private var damping = 0.0
  /// ‖D x‖ of the point.
  private var pointNorm = 0.0
  private var isFirst = true

  init(at point: [Double], tolerance: Double) {
    self.tolerance = tolerance
    scale = Array(repeating: 0, count: point.count)
  }
}

extension TrustRegion {
  /// The linear model at a point, or nil when the residuals stand square on all columns that may move: a minimum.
  mutating func model(_ result: LevenbergMarquardt.Result, free: [Int]) -> Model? {
    let m = result.residuals.count
    let norm = Vectors.norm(result.residuals)
    var columns: [Double] = []
    if free.count * m == result.jacobian.count {
      columns = result.jacobian
    } else {
      for index in free { columns += result.jacobian[(index * m)..<((index + 1) * m)] }
    }
    var slope = 0.0
    for (place, index) in free.enumerated() {
      let column = Array(columns[(place * m)..<((place + 1) * m)])
      let size = Vectors.norm(column)
      if size > 0, norm > 0 { slope = max(slope, abs(column.dot(result.residuals)) / (size * norm)) }
      scale[index] = max(scale[index], size)
    }
    // A column of zeros has no size: its parameter does not move, and any unit does.
    for index in free where scale[index] == 0 { scale[index] = 1 }
    pointNorm = measured(result.point, Array(result.point.indices))
    if isFirst { radius = pointNorm > 0 ? TrustRegion.firstRadius * pointNorm : TrustRegion.firstRadius }
    if free.isEmpty || norm == 0 || slope <= tolerance { return nil }
    let qr = PivotedQR(columnMajor: columns, rows: m, columns: free.count)
    return Model(qr: qr, transformed: qr.transposedTimes(result.residuals), norm: norm, free: free)
  }

  /// The step to try, 0 for coordinates that rest.
  mutating func step(of model: Model) -> [Double] {
    let units = model.free.map { scale[$0] }
    let damped = DampedStep(model.qr, units, model.transformed, radius: radius, damping: damping)
    damping = damped.damping
    var step = Array(repeating: 0.0, count: scale.count)
    for (place, index) in model.free.enumerated() { step[index] = -damped.solution[place] }
    return step
  }

  /// Compares what a step brought with what the model promised, and changes the radius accordingly.
  mutating func judge(
    _ model: Model, step: [Double], isClipped: Bool, from result: LevenbergMarquardt.Result,
    to residuals: [Double]
  ) -> Verdict {
    let length = measured(step, model.free)
    if length == 0 {
      // Bounds left nothing of the step; a shorter one turns towards the slope, which leads inside.
      radius *= 0.1
      damping *= 10
      return Verdict(isAccepted: false, isDone: radius <= tolerance * max(1, pointNorm))
    }
    if isFirst { radius = min(radius, length) }
    isFirst = false
    let norm = Vectors.norm(residuals)
    // nan compares false and counts as much too large.
    let share = norm / model.norm
    let actual = 0.1 * norm < model.norm ? 1 - share * share : -1
    let promised = promise(of: model, step: step, length: length, isClipped: isClipped)
    let ratio = promised.reduction > 0 ? actual / promised.reduction : 0
    if !(ratio > 0.25) {
      var factor = 0.5
      if actual < 0 { factor = 0.5 * promised.slope / (promised.slope + 0.5 * actual) }
      if !(0.1 * norm < model.norm) || !(factor >= 0.1) { factor = 0.1 }
      radius = factor * min(radius, 10 * length)
      damping /= factor
    } else if damping == 0 || ratio >= 0.75 {
      radius = 2 * length
      damping *= 0.5
    }
    let isAccepted = ratio >= 1e-4
    if isAccepted { pointNorm = measured(result.point.adding(1, step), Array(step.indices)) }
    let isSmall = abs(actual) <= tolerance && promised.reduction <= tolerance && ratio <= 2
    let isShort = radius <= tolerance * pointNorm
    let isRounding =
      abs(actual) <= 2.3e-16 && promised.reduction <= 2.3e-16 && ratio <= 2 || radius <= 2.3e-16 * pointNorm
    return Verdict(isAccepted: isAccepted, isDone: isSmall || isShort || isRounding)
  }

  /// The relative reduction of the sum of squares by the model, and half its slope along the step.
  private func promise(
    of model: Model, step: [Double], length: Double, isClipped: Bool
  ) -> (reduction: Double, slope: Double) {
    let n = model.qr.columns
    var moved = Array(repeating: 0.0, count: n)
    for (place, column) in model.qr.order.enumerated() {
      let share = step[model.free[column]]
      for i in 0...place { moved[i] += model.qr.r(i, place) * share }
    }
    let linear = Vectors.norm(moved) / model.norm
    if isClipped {
      // Bounds cut the step: the model is asked for what is left of it.
      let along = zip(moved, model.transformed).reduce(0) { $0 + $1.0 * $1.1 } / (model.norm * model.norm)
      return (-(2 * along + linear * linear), along)
    }
    let part = damping.squareRoot() * length / model.norm
    return (linear * linear + 2 * part * part, -(linear * linear + part * part))
  }

  /// ‖D x‖ over some coordinates.
  private func measured(_ x: [Double], _ coordinates: [Int]) -> Double {
    Vectors.norm(coordinates.map { scale[$0] * x[$0] })
  }
}

/// The solution of min ‖J x - r‖² + λ ‖D x‖² whose length ‖D x‖ is that of a trust region, by Newton's method in λ
/// on the secular equation (Moré, 1978).
struct DampedStep {
  /// x, in the order of J's columns.
  private(set) var solution: [Double]
  /// λ, 0 when the undamped solution lies inside.
  private(set) var damping: Double

  private let qr: PivotedQR
  /// D in the order of R's columns.
  private let units: [Double]
  /// The head of Qᵀ r.
  private let target: [Double]

  /// Solves for J = `qr`, D = `units` (in the order of J's columns) and Qᵀ r = `transformed`, starting from `damping`.
  init(_ qr: PivotedQR, _ units: [Double], _ transformed: [Double], radius: Double, damping: Double) {
    self.qr = qr
    self.units = qr.order.map { units[$0] }
    target = Array(transformed.prefix(qr.columns))
    solution = []
    self.damping = 0
    var x = undamped()
    var excess = length(x) - radius
    if excess > 0.1 * radius {
      var (least, most) = bounds(x, excess: excess, radius: radius)
      var lambda = min(max(damping, least), most)
      if lambda == 0 { lambda = slopeNorm() / length(x) }
      for round in 1...10 {
        if lambda == 0 { lambda = max(2.3e-308, 1e-3 * most) }
        let factor: [[Double]]
        (x, factor) = damped(lambda)
        let before = excess
        excess = length(x) - radius
        if abs(excess) <= 0.1 * radius || least == 0 && excess <= before && before < 0 || round == 10 {
          break
        }
        let correction = correction(x, factor, excess: excess, radius: radius)
        if excess > 0 { least = max(least, lambda) } else { most = min(most, lambda) }
        lambda = max(least, lambda + correction)
      }
      self.damping = lambda
    }
    solution = qr.unordered(x)
  }
}

extension DampedStep {
  private func length(_ x: [Double]) -> Double { Vectors.norm(zip(units, x).map { $0 * $1 }) }

  /// How many columns are independent.
  private var rank: Int { qr.diagonal.firstIndex(of: 0) ?? qr.columns }

  /// The Gauss-Newton solution; 0 in what the data do not determine.
  private func undamped() -> [Double] {
    let rank = rank
    var x = target
    for j in rank..<max(rank, x.count) { x[j] = 0 }
    for j in stride(from: rank - 1, through: 0, by: -1) {
      x[j] /= qr.diagonal[j]
      for i in 0..<j { x[i] -= qr.r(i, j) * x[j] }
    }
    return x
  }

  /// Between what λ must lie.
  private func bounds(_ x: [Double], excess: Double, radius: Double) -> (Double, Double) {
    var least = 0.0
    if rank == qr.columns {
      let size = length(x)
      let direction = Vectors.norm(qr.solveUpperTransposed(zip(units, x).map { $0 * ($0 * $1 / size) }))
      least = excess / radius / direction / direction
    }
    let most = slopeNorm() / radius
    return (least, most > 0 ? most : 2.3e-308 / min(radius, 0.1))
  }

  /// ‖D⁻¹ Jᵀ r‖
  private func slopeNorm() -> Double {
    Vectors.norm(
      target.indices.map { j in (0...j).reduce(0) { $0 + qr.r($1, j) * target[$1] } / units[j] })
  }

  /// The solution for some λ, and S with Sᵀ S = Rᵀ R + λ D², row by row, from rotations that work √λ D into R.
  private func damped(_ lambda: Double) -> (solution: [Double], factor: [[Double]]) {
    let n = qr.columns
    var s = (0..<n).map { i in (0..<n).map { $0 < i ? 0 : qr.r(i, $0) } }
    var side = target
    for j in 0..<n {
      var row = Array(repeating: 0.0, count: n)
      row[j] = lambda.squareRoot() * units[j]
      var rest = 0.0
      for k in j..<n where row[k] != 0 {
        let radius = (s[k][k] * s[k][k] + row[k] * row[k]).squareRoot()
        let (cosine, sine) = (s[k][k] / radius, row[k] / radius)
        for i in k..<n {
          (s[k][i], row[i]) = (cosine * s[k][i] + sine * row[i], cosine * row[i] - sine * s[k][i])
        }
        (side[k], rest) = (cosine * side[k] + sine * rest, cosine * rest - sine * side[k])
      }
    }
    let rank = s.indices.first { s[$0][$0] == 0 } ?? n
    for j in rank..<max(rank, n) { side[j] = 0 }
    for j in stride(from: rank - 1, through: 0, by: -1) {
      for k in (j + 1)..<max(j + 1, rank) { side[j] -= s[j][k] * side[k] }
      side[j] /= s[j][j]
    }
    return (side, s)
  }

  /// The Newton step of the secular equation.
  private func correction(
    _ x: [Double], _ s: [[Double]], excess: Double, radius: Double
  ) -> Double {
    let size = length(x)
    var y = zip(units, x).map { $0 * ($0 * $1 / size) }
    for j in y.indices {
      for i in 0..<j { y[j] -= s[i][j] * y[i] }
      y[j] /= s[j][j]
    }
    let norm = Vectors.norm(y)
    return excess / radius / norm / norm
  }
}

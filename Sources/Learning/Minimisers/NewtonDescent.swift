/// Newton's method, made safe by a line search and by turning the Hessian positive definite.
struct NewtonDescent: Descent {
  let box: Box?

  init(_ box: Box?) { self.box = box }

  mutating func next(after current: Iterate, of objective: Objective) throws -> Iterate? {
    let n = current.point.count
    let hessian = try objective.curvature(current.point)
    guard hessian.allSatisfy(\.isFinite) else {
      return Iterate(point: current.point, value: .nan, gradient: current.gradient)
    }
    let free = (0..<n).filter { index in
      !(box?.isBlocked(index, at: current.point[index], slope: current.gradient[index]) ?? false)
    }
    let matrix = free.map { row in free.map { hessian[row * n + $0] } }
    let solution = NewtonDescent.solve(matrix, free.map { -current.gradient[$0] })
    var direction = Array(repeating: 0.0, count: n)
    for (place, index) in free.enumerated() { direction[index] = solution[place] }
    return try LineSearch.backtracking(
      from: current, along: direction, first: 1, in: box, of: objective)?.iterate
  }

  /// Solves (H + τ I) x = b by Cholesky's method with the first τ of a growing row that makes H + τ I positive
  /// definite (Nocedal and Wright, Numerical Optimization, algorithm 3.3).
  private static func solve(_ h: [[Double]], _ b: [Double]) -> [Double] {
    let smallest = h.indices.map { h[$0][$0] }.min() ?? 1
    let size = h.map(\.largestSize).max() ?? 1
    let unit = size > 0 ? 1e-3 * size : 1e-3
    var shift = smallest > 0 ? 0 : unit - smallest
    while true {
      if let factor = cholesky(h, shift) { return solve(factor: factor, b) }
      shift = Swift.max(2 * shift, unit)
    }
  }

  /// L with L Lᵀ = H + τ I; nil unless that is safely positive definite.
  private static func cholesky(_ h: [[Double]], _ shift: Double) -> [[Double]]? {
    var l = h
    let least = 1e-14 * ((h.map(\.largestSize).max() ?? 0) + shift)
    for j in l.indices {
      var pivot = h[j][j] + shift
      for k in 0..<j { pivot -= l[j][k] * l[j][k] }
      guard pivot > least else { return nil }
      l[j][j] = pivot.squareRoot()
      for i in (j + 1)..<max(j + 1, l.count) {
        var sum = h[i][j]
        for k in 0..<j { sum -= l[i][k] * l[j][k] }
        l[i][j] = sum / l[j][j]
      }
    }
    return l
  }

  private static func solve(factor l: [[Double]], _ b: [Double]) -> [Double] {
    var x = b
    for i in x.indices {
      for k in 0..<i { x[i] -= l[i][k] * x[k] }
      x[i] /= l[i][i]
    }
    for i in x.indices.reversed() {
      for k in (i + 1)..<max(i + 1, x.count) { x[i] -= l[k][i] * x[k] }
      x[i] /= l[i][i]
    }
    return x
  }
}

import Tensors

/// Zeros of functions of one number, or of as many numbers as they return.
struct RootFinding {
  let function: (Quantity) throws -> Quantity
  let tolerance: Double
  let checkInterruption: () throws -> Void

  private static let stepLimit = 200

  /// Newton's method with steps halved until they lead downhill, from a number or a vector.
  func root(from start: Quantity) throws -> Quantity {
    var x = start.concrete
    try requireRoom(for: x.shape)
    var (value, slope) = try valueAndSlope(x)
    for _ in 0..<RootFinding.stepLimit {
      try checkInterruption()
      let size = try magnitude(value)
      if size == 0 { return try polished(x) }
      guard size.isFinite else { break }
      guard let step = try? newtonStep(value, slope) else { break }
      var fraction = 1.0
      var next = try x - step
      var (nextValue, nextSlope) = try valueAndSlope(next)
      // nan compares false, so that a step out of the domain is halved too.
      while !(try magnitude(nextValue) < size), fraction > 1e-10 {
        fraction /= 2
        next = try x - step * .number(fraction)
        (nextValue, nextSlope) = try valueAndSlope(next)
      }
      let moved = try magnitude(next - x)
      guard try magnitude(nextValue) < size else {
        // Nothing smaller nearby: either the root to rounding, or a minimum that is not one.
        let scale = try magnitude(x)
        if size <= 1e-9 || moved <= tolerance * scale && size <= 1e-6 { return try polished(x) }
        break
      }
      (x, value, slope) = (next, nextValue, nextSlope)
      if moved <= tolerance * max(1e-3, try magnitude(x)), try magnitude(value) <= 1e-6 {
        return try polished(x)
      }
    }
    throw Diagnostic(
      "root found no zero: the search ended at \(Display.text(Value(x))) with the value \(Display.text(Value(value)))",
      kind: .arithmetic,
      hint: "start nearer, or give two numbers between which the sign changes: root(f, (0, 2))")
  }

  /// Bisection with the secant where it helps, between two numbers of different sign.
  func root(between low: Double, and high: Double) throws -> Quantity {
    var (a, b) = (low, high)
    var (atA, atB) = (try number(a), try number(b))
    if atA == 0 { return try polished(.number(a)) }
    if atB == 0 { return try polished(.number(b)) }
    guard atA * atB < 0 else {
      throw Diagnostic(
        "root needs a change of sign: f(\(Display.number(a))) is \(Display.number(atA)), f(\(Display.number(b))) is \(Display.number(atB))",
        hint: "plot f to see where it crosses zero")
    }
    for step in 0..<RootFinding.stepLimit {
      try checkInterruption()
      let middle = a + (b - a) / 2
      if middle == a || middle == b || abs(b - a) <= tolerance * max(abs(a), abs(b)) { break }
      let secant = b - atB * (b - a) / (atB - atA)
      // Every other step halves, so that the interval shrinks whatever the function does.
      let isSecantInside = secant > min(a, b) && secant < max(a, b)
      let next = step % 2 == 0 && isSecantInside ? secant : middle
      let value = try number(next)
      if value == 0 { return try polished(.number(next)) }
      if (value < 0) == (atA < 0) { (a, atA) = (next, value) } else { (b, atB) = (next, value) }
    }
    return try polished(.number(abs(atA) < abs(atB) ? a : b))
  }

  private func number(_ x: Double) throws -> Double { try function(.number(x)).double }

  /// Two Newton steps in quantities: they do not move a root, but give it the derivatives (to
  /// second order) with respect to whatever else the function uses.
  private func polished(_ root: Quantity) throws -> Quantity {
    guard try function(root).isTraced else { return root }
    var x = root
    for _ in 0..<2 {
      let (value, slope) = try valueAndSlope(x)
      x = try x - newtonStep(value, slope)
    }
    return x
  }

  /// Throws when the Jacobian matrix of a vector and its factors would not fit: before the first row is worked for.
  private func requireRoom(for shape: Shape) throws(Diagnostic) {
    let n = min(shape.count, 1 << 31)
    guard shape.rank == 1, (try? Storage.checkRoom(for: n * n, (Double, Double).self)) == nil else { return }
    throw Diagnostic(
      "root: the Jacobian matrix of \(shape.count) numbers does not fit into memory", kind: .limit)
  }

  private func newtonStep(_ value: Quantity, _ slope: Quantity) throws -> Quantity {
    slope.shape.rank == 0 ? try value / slope : try slope.solve(value)
  }

  private func magnitude(_ x: Quantity) throws -> Double {
    switch x.concrete {
    case .number(let number): abs(number)
    case .tensor(let tensor): try tensor.doubles().reduce(0) { ($0 * $0 + $1 * $1).squareRoot() }
    case .traced: .nan
    }
  }

  /// The function and its derivative, or its Jacobian matrix.
  private func valueAndSlope(_ x: Quantity) throws -> (value: Quantity, slope: Quantity) {
    let trace = Trace()
    defer { trace.close() }
    let variable = trace.variable(x)
    let output = try function(variable)
    let value = trace.detach(output)
    guard value.shape == x.shape, x.shape.rank < 2 else {
      throw Diagnostic(
        "root: the function turns \(name(x.shape)) into \(name(value.shape)); it must return what it takes",
        kind: .shape)
    }
    guard x.shape.rank == 1 else {
      return (value, try trace.gradients(of: output, cotangent: 1, for: [variable])[0])
    }
    var rows: [Quantity] = []
    for row in 0..<x.shape[0] {
      try checkInterruption()
      let unit = try Tensor((0..<x.shape[0]).map { $0 == row ? 1.0 : 0.0 })
      rows.append(try trace.gradients(of: output, cotangent: .tensor(unit), for: [variable])[0])
    }
    return (value, try Quantity.stack(rows))
  }

  private func name(_ shape: Shape) -> String { shape.rank == 0 ? "a number" : "a \(shape) tensor" }
}

import Tensors

#if canImport(Glibc)
  import Glibc
#endif

/// Solves dy/dt = f(y, t) by the embedded Runge–Kutta pair of Dormand and Prince, of orders 5 and 4.
///
/// The state is anything arithmetic works on; steps are chosen by plain numbers, so the solution has
/// derivatives in the start, in the times and in everything f uses.
struct DifferentialEquation {
  let slope: (_ state: Value, _ time: Quantity) throws -> Value
  let tolerance: Double
  let checkInterruption: () throws -> Void

  private static let stepLimit = 100_000
  private static let times: [Double] = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1]
  private static let stages: [[Double]] = [
    [],
    [1 / 5],
    [3 / 40, 9 / 40],
    [44 / 45, -56 / 15, 32 / 9],
    [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
    [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
    [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
  ]
  /// Fifth order minus fourth.
  private static let difference: [Double] = [
    71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40,
  ]

  /// The states at the given times, the first of which belongs to `start`.
  func states(from start: Value, at times: [Quantity]) throws -> [Value] {
    guard var time = times.first else { return [] }
    var result = [start]
    var state = start
    var first = try slope(state, time)
    var size = try initialStep(state, first, span: (times.last ?? time).double - time.double)
    for target in times.dropFirst() {
      var steps = 0
      while time.double != target.double {
        try checkInterruption()
        steps += 1
        let rest = try target - time
        let isLast = abs(size) >= abs(rest.double) * (1 - 1e-12)
        // The last step to a time ends there exactly, and so its length has derivatives in both of its ends.
        let step = isLast ? rest : .number(abs(size) * (rest.double < 0 ? -1 : 1))
        let (next, last, error) = try advance(state, first, time, step)
        if error <= 1 {
          (state, first, time) = (next, last, isLast ? target : try time + step)
        }
        // Growth is limited, since the error estimate holds for the step just taken.
        let factor = error == 0 ? 5 : error.isNaN ? 0.2 : 0.9 * pow(error, -0.2)
        if !isLast || !(error <= 1) { size = step.double * min(5, max(0.2, factor)) }
        let isWithin = abs(step.double) > abs(time.double) * 1e-15 || time.double == target.double
        guard steps < DifferentialEquation.stepLimit, isWithin else {
          throw Diagnostic(
            "ode got stuck at t = \(Display.number(time.double)): steps of \(Display.number(abs(step.double))) are still too long",
            kind: .arithmetic,
            hint: "the solution may grow without bound there; a larger tol allows longer steps")
        }
      }
      result.append(state)
    }
    return result
  }

  private func advance(
    _ state: Value, _ first: Value, _ time: Quantity, _ step: Quantity
  ) throws -> (state: Value, slope: Value, error: Double) {
    var slopes = [first]
    var next = state
    for stage in 1..<7 {
      next = try Arithmetic.binary(
        .add, state, sum(slopes, DifferentialEquation.stages[stage], step))
      slopes.append(try slope(next, time + .number(DifferentialEquation.times[stage]) * step))
    }
    let error = try sum(slopes, DifferentialEquation.difference, step)
    return (next, slopes[6], try ratio(error, state, next))
  }

  /// The sum of values, each times its weight and the step.
  private func sum(_ values: [Value], _ weights: [Double], _ step: Quantity) throws -> Value {
    var total: Value?
    for (value, weight) in zip(values, weights) where weight != 0 {
      let term = try Arithmetic.binary(.multiply, value, Value(.number(weight) * step))
      total = try total.map { try Arithmetic.binary(.add, $0, term) } ?? term
    }
    return total ?? .number(0)
  }

  /// Root mean square of the error in units of what is tolerated.
  private func ratio(_ error: Value, _ before: Value, _ after: Value) throws -> Double {
    let (errors, old, new) = (try numbers(error), try numbers(before), try numbers(after))
    var total = 0.0
    for (index, error) in errors.enumerated() where index < old.count && index < new.count {
      let allowed = tolerance * (1e-2 + max(abs(old[index]), abs(new[index])))
      total += (error / allowed) * (error / allowed)
    }
    return errors.isEmpty ? 0 : (total / Double(errors.count)).squareRoot()
  }

  private func numbers(_ value: Value) throws -> [Double] {
    try Structure.quantities(of: value).flatMap { quantity -> [Double] in
      switch quantity.concrete {
      case .number(let number): [number]
      case .tensor(let tensor): try tensor.doubles()
      case .traced: []
      }
    }
  }

  private func initialStep(_ state: Value, _ slope: Value, span: Double) throws -> Double {
    let size = try numbers(state).map(abs).max() ?? 0
    let speed = try numbers(slope).map(abs).max() ?? 0
    let guess = speed > 0 ? 0.01 * max(size, 1e-3) / speed : abs(span) / 100
    return min(guess, abs(span))
  }

}

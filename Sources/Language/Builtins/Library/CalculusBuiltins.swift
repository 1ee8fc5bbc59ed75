import Tensors

/// Roots, integrals and differential equations.
extension BuiltinTable {
  static let calculusBuiltins: [Builtin] = [
    Builtin(
      "root(f, start, tol: 1e-14)", .calculus,
      "Where a function is zero, found from a start or between two numbers.",
      formula: "x <- x - f(x) / f'(x), with the Jacobian matrix for vectors",
      gradient: "-f_p / f_x in whatever p the function uses",
      convention: "two numbers (a, b) must give different signs and keep the search between them",
      example: """
        root(x -> x^2 - 2, 1)
        #> 1.414213562
        root(cos, (0, 2))
        #> 1.570796327
        """
    ) { call in
      let function = try call.callable(0)
      let machine = call.machine
      let name = call.builtin.name
      let search = RootFinding(
        function: { x in
          guard let value = try machine.call(function, [Value(x)]).quantity else {
            throw Diagnostic("\(name): the function must return numbers", kind: .type)
          }
          return value
        }, tolerance: try call.plainNumber(2), checkInterruption: { try machine.checkInterruption() })
      if case .list(let list) = call[1] {
        let ends = list.items.compactMap { $0.quantity?.double }
        guard ends.count == 2, list.items.count == 2 else {
          throw call.wrong(1, "a start or two numbers (a, b)")
        }
        return Value(try search.root(between: ends[0], and: ends[1]))
      }
      return Value(try search.root(from: try call.quantity(1)))
    },
    Builtin(
      "integrate(f, a, b, tol: 1e-10)", .calculus, "Integral of a function of one number between two bounds.",
      formula: "adaptive Gauss-Kronrod rule of 7 and 15 points",
      gradient: "f(b) in b, -f(a) in a",
      convention: "bounds may be inf and -inf",
      example: """
        integrate(x -> x^2, 0, 3)
        #> 9
        integrate(x -> exp(-x^2), -inf, inf)^2
        #> 3.141592654
        """
    ) { call in
      let function = try call.callable(0)
      let machine = call.machine
      let value: (Quantity) throws -> Quantity = { x in
        guard let value = try machine.call(function, [Value(x)]).quantity, value.shape.rank == 0 else {
          throw Diagnostic(
            "integrate: the function must return a number", kind: .type,
            hint: "integrate component by component")
        }
        return value
      }
      return Value(
        try integral(of: value, from: try call.quantity(1), to: try call.quantity(2), try call.plainNumber(3))
      )
    },
    Builtin(
      "ode(f, y0, t, tol: 1e-8)", .calculus, "Solution of dy/dt = f(y, t) at the times t, starting from y0.",
      formula: "Dormand-Prince pair of orders 5 and 4 with adaptive steps",
      gradient: "the derivative of the steps taken, in y0, the times and whatever f uses",
      convention: "f may take y alone; y may be a number, a tensor or a record; the first time belongs to y0",
      example: """
        ode(y -> -y, 1, [0, 1, 2])
        #> [1, 0.3678794412, 0.1353352832]
        path = ode((s, t) -> (x: s.v, v: -s.x), (x: 0, v: 1), [0, pi / 2])
        approx(path.x[1], 1, tol: 1e-6)
        #> true
        """
    ) { call in
      let function = try call.callable(0)
      guard let times = call[2].quantity, times.shape.rank == 1 else {
        throw call.wrong(2, "a vector of times", hint: "linspace(0, 10, 101)")
      }
      let machine = call.machine
      let takesTime = takesSecond(function)
      let equation = DifferentialEquation(
        slope: { state, time in try machine.call(function, takesTime ? [state, Value(time)] : [state]) },
        tolerance: try call.plainNumber(3), checkInterruption: { try machine.checkInterruption() })
      let start = call[1]
      guard start.quantity != nil || start.isStructure else { throw call.wrong(1, "numbers") }
      let states = try equation.states(from: start, at: instants(times))
      guard start.isStructure else { return try BracketRule.collect(states, precision: .f64) }
      let columns = try states.map { try Structure.quantities(of: $0) }
      let leaves = try (columns.first ?? []).indices.map { leaf in
        try Quantity.stack(columns.map { $0[leaf] })
      }
      return try Structure.rebuild(start, with: leaves)
    },
  ]

  /// The times one by one.
  private static func instants(_ times: Quantity) throws -> [Quantity] {
    guard times.isTraced else { return try times.elements().map { .number($0) } }
    return try (0..<times.shape[0]).map { try times.indexed([.at($0)]) }
  }

  private static func integral(
    of function: @escaping (Quantity) throws -> Quantity, from start: Quantity, to end: Quantity,
    _ tolerance: Double
  ) throws -> Quantity {
    let (a, b) = (start.double, end.double)
    guard a.isInfinite || b.isInfinite else {
      return try Integration(function: function, tolerance: tolerance).value(from: start, to: end)
    }
    if a.isInfinite, b.isInfinite, (a < 0) != (b < 0) {
      // x = t / (1 - t^2) takes the whole line to (-1, 1).
      let whole = Integration(
        function: { t in
          let square = try t * t
          let rest = try 1 - square
          return try function(t / rest) * (1 + square) / (rest * rest)
        }, tolerance: tolerance)
      return try whole.value(from: a < b ? -1 : 1, to: a < b ? 1 : -1)
    }
    guard a.isFinite || b.isFinite else { return 0 }
    let isUpper = b.isInfinite
    let (bound, direction) = isUpper ? (start, b < 0 ? -1.0 : 1.0) : (end, a < 0 ? -1.0 : 1.0)
    // x = bound ± t / (1 - t) takes a half line to (0, 1).
    let half = Integration(
      function: { t in
        let rest = try 1 - t
        return try function(bound + .number(direction) * t / rest) / (rest * rest)
      }, tolerance: tolerance)
    return try half.value(from: 0, to: 1) * .number(isUpper ? direction : -direction)
  }

  /// Whether a function has room for a second argument.
  private static func takesSecond(_ value: Value) -> Bool {
    guard case .function(let function) = value, case .code(let code, _) = function.body else { return true }
    return code.parameters.count > 1
  }
}

import Tensors

/// Settings of the session, checks and errors.
extension BuiltinTable {
  static let sessionBuiltins: [Builtin] = [
    Builtin(
      "approx(a, b, tol: none)", .session,
      "Whether numbers agree closely: elementwise, one answer for structures.",
      formula: "|a - b| <= max(absolute, relative * max(|a|, |b|))",
      convention: "relative 1e-9, absolute 1e-12; tol sets both",
      example: """
        approx(0.1 + 0.2, 0.3)
        #> true
        approx([1, 2], [1, 2.1], tol: 0.01)
        #> [true, false]
        """
    ) { call in
      guard !call.isMissing(2) else { return try Arithmetic.compare(.approximately, call[0], call[1]) }
      let tolerance = try call.plainNumber(2)
      guard tolerance >= 0 else { throw Diagnostic("approx: tol must not be negative") }
      return try Arithmetic.approximately(call[0], call[1], relative: tolerance, absolute: tolerance)
    },
    Builtin(
      "same(a, b)", .session, "Whether two values are equal as wholes, with nan equal to nan and 0 to -0.",
      example: """
        same([1, nan], [1, nan])
        #> true
        same((w: 1), (w: 2))
        #> false
        """
    ) { call in .bool(Arithmetic.same(call[0], call[1])) },
    Builtin(
      "out(cell)", .session, "The value that a cell showed last: out[3], or out[-1] for the latest one.",
      convention: "old ones are fetched from the store; ans is the latest, too",
      example: """
        6 * 7
        #> 42
        out[1] + out[-1]
        #> 84
        """, isIndexed: true
    ) { call in try call.machine.shownValue(call.integer(0)) },
    Builtin(
      "progress(done, total, task: \"loop\")", .session,
      "Shows on standard error how far a loop has come, once it takes long.",
      convention: "what runs between two calls, such as fit, shows its own progress as a part of it",
      example: """
        total = 0
        for i in 0..<3 { progress(i, 3); total += i }
        total
        #> 3
        """
    ) { call in
      let (done, total, machine) = (try call.count(0), try call.count(1), call.machine)
      var report = Progress(task: try call.string(2), done: done, total: total, unit: "rounds")
      report.isFinished = done >= total
      machine.outerProgress =
        report.isFinished ? nil : Progress.Outer(task: report.task, done: done, total: total)
      machine.host.report(report)
      return .none
    },
    Builtin(
      "error(message, within: none)", .session, "Raises an error, which try can catch.",
      convention:
        "a caught error is raised again, with its kind and its place; within tells in its message where it came from",
      example: """
        try { error("no data") } catch err { err.message }
        #> "no data"
        try { try { [1, 2][5] } catch err { error(err, within: "row 3") } } catch err { err.message }
        #> "row 3: index 5 is outside axis 0, which has length 2"
        """
    ) { call in
      var diagnostic = Diagnostic(Display.full(call[0]), kind: .user)
      if case .record(let caught) = call[0] { diagnostic = try call.machine.diagnostic(of: caught) }
      if !call.isMissing(1) { diagnostic.message = try call.string(1) + ": " + diagnostic.message }
      throw diagnostic
    },
    Builtin(
      "assert(condition, message: none)", .session, "Raises an error unless a condition is true.",
      example: """
        try { assert(1 + 1 == 3, "arithmetic holds") } catch err { err.message }
        #> "assertion failed: arithmetic holds"
        """
    ) { call in
      switch call[0] {
      case .bool(true): return .none
      case .bool(false):
        let message = call.isMissing(1) ? "assertion failed" : "assertion failed: " + Display.full(call[1])
        throw Diagnostic(message, kind: .assertion)
      case .tensor(let tensor) where tensor.dtype == .bool:
        let count = (0..<tensor.count).count { tensor[flat: $0] != 0 }
        throw Diagnostic(
          "assert needs one truth value, not a \(tensor.shape) tensor of them (\(count) of \(tensor.count) are true)",
          kind: .type, hint: "assert(all(…)) or assert(any(…))")
      default: throw call.wrong(0, "true or false")
      }
    },
    Builtin(
      "timeit(f, times: none)", .session,
      "Seconds that a call of a function without arguments takes, the best of several.",
      convention: "without times, calls for about a fifth of a second",
      example: """
        timeit(() -> sum(0..<1000)) > 0
        #> true
        """
    ) { call in
      let function = try call.callable(0)
      let limit = call.isMissing(1) ? Int.max : max(1, try call.count(1))
      let host = call.machine.host
      let start = host.seconds()
      var best = Double.infinity
      var calls = 0
      while calls < limit {
        let before = host.seconds()
        if call.isMissing(1), calls >= 3, before - start > 0.2 { break }
        _ = try call.machine.call(function, [])
        best = min(best, host.seconds() - before)
        calls += 1
        try call.machine.checkInterruption()
      }
      return .number(best)
    },
  ]
}

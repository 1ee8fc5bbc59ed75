/// How the result of `minimize` shows itself.
enum MinimumReport {
  static let kind = "minimum"

  static let row = ResultPresentation(kind: kind, figure: (false, MinimumFigure.figure)) { record, width in
    guard let at = record["at"], let value = record.number("value"), let steps = record.number("steps"),
      let evaluations = record.number("evaluations"), let method = record.string("method"),
      let stopped = record.string("stopped")
    else { return nil }
    let ending = ending(stopped, method: method, steps: steps)
    return """
      minimum by \(method): \(ending.text)
        at     \(Display.brief(at, width: width - 10))
        value  \(Display.number(value))
        after  \(counted(steps, "step")), \(counted(evaluations, "evaluation"))
      """ + (ending.advice.map { "\n\($0)" } ?? "")
  }

  /// What to say about the end, and what to try when it is not a good one.
  private static func ending(_ stopped: String, method: String, steps: Double) -> (
    text: String, advice: String?
  ) {
    switch stopped {
    case "converged": ("converged", nil)
    case "interrupted": ("interrupted, this is the best point so far", nil)
    case "stalled":
      (
        "stopped where no step leads down",
        "the loss may have an edge here; method: \"nelder_mead\" needs no slope"
      )
    case "unbounded":
      (
        "not converged, the loss falls without end: it is unbounded below",
        "a sign may be wrong in the loss, or bounds: (low, high) keep the search where it has a meaning"
      )
    case "nan":
      (
        "the loss or its slope became nan or infinite in step \(Display.number(steps)); this is the best point before",
        "a smaller lr, bounds that keep to the domain of the loss, or method: \"lbfgs\", which backs off, may help"
      )
    default:
      (
        "not converged, all steps are used up",
        "more steps (steps: \(Display.number(10 * steps)))\(method == "gd" ? ", another lr" : "") or another method may help"
      )
    }
  }

  static func counted(_ count: Double, _ noun: String) -> String {
    "\(Display.number(count)) \(noun)\(count == 1 ? "" : "s")"
  }
}

/// How the result of `grid_search` shows itself.
enum GridSearchReport {
  static let kind = "grid search"

  static let row = ResultPresentation(kind: kind, figure: (true, GridSearchFigure.figure)) { record, width in
    guard let at = record["at"], let value = record.number("value"),
      let evaluations = record.number("evaluations"), let stopped = record.string("stopped")
    else { return nil }
    return """
      best of \(MinimumReport.counted(evaluations, "point"))\(stopped == "interrupted" ? ", interrupted" : "")
        at     \(Display.brief(at, width: width - 10))
        value  \(Display.number(value))
      """
  }
}

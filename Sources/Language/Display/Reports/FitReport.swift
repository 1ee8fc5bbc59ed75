import Learning

/// How the results of `curve_fit` and `linear_fit` show themselves: a table of parameters and what to know of it.
struct FitReport {
  static let curve = ResultPresentation(kind: FitRecord.curveKind, figure: (true, FitFigure.figure)) {
    record, _ in FitReport(record)?.text
  }
  static let linear = ResultPresentation(kind: FitRecord.linearKind, figure: (true, FitFigure.figure)) {
    record, _ in FitReport(record)?.text
  }

  /// Parameters that are shown one by one.
  private static let rowLimit = 40

  private let record: Record
  private let names: [String]
  private let estimates: [Double]
  private let errors: [Double]
  private let intervals: [Double]
  private let correlation: [Double]
  private let degrees: Double
  private let confidence: Double

  /// Nil when the record does not have the fields of a fit.
  private init?(_ record: Record) {
    func numbers(_ name: String) -> [Double]? {
      guard let value = record[name], let leaves = try? Structure.quantities(of: value) else { return nil }
      return try? leaves.flatMap { try $0.elements() }
    }
    guard let at = record["at"], let parameters = try? FlatParameters(at, purpose: ""),
      let estimates = numbers("at"), let errors = numbers("stderr"), let intervals = numbers("interval"),
      let correlation = numbers("correlation"), let degrees = record.number("dof"),
      let confidence = record.number("confidence"), errors.count == estimates.count,
      intervals.count == 2 * estimates.count, correlation.count == estimates.count * estimates.count
    else { return nil }
    self.record = record
    names = parameters.names
    (self.estimates, self.errors, self.intervals) = (estimates, errors, intervals)
    (self.correlation, self.degrees, self.confidence) = (correlation, degrees, confidence)
  }
}

extension FitReport {
  fileprivate var text: String {
    ([title] + AlignedColumns.lines(rows) + [quality] + remarks).joined(separator: "\n")
  }

  private var title: String {
    let data = degrees + Double(estimates.count - resting.count)
    let sizes =
      "\(Display.number(data)) \(data == 1 ? "datum" : "data"), "
      + MinimumReport.counted(Double(estimates.count), "parameter")
    guard let stopped = record.string("stopped"), let steps = record.number("steps") else {
      return "linear fit of \(sizes)"
    }
    let ending =
      switch stopped {
      case "converged": "converged after \(MinimumReport.counted(steps, "step"))"
      case "interrupted": "interrupted after \(MinimumReport.counted(steps, "step"))"
      case "nan": "the derivatives became nan or infinite in step \(Display.number(steps))"
      default: "NOT converged in \(MinimumReport.counted(steps, "step"))"
      }
    return "curve fit of \(sizes): \(ending)"
  }

  private var rows: [[String]] {
    var rows = [
      ["", "estimate", "std. error", "t value", "p", "\(Display.number(100 * confidence)) % interval", ""]
    ]
    let student = StudentT(degrees: degrees)
    for index in estimates.indices.prefix(FitReport.rowLimit) {
      let (estimate, error) = (estimates[index], errors[index])
      var row = [names[index], Display.reported(estimate)]
      if resting.contains(names[index]) {
        row += ["at its bound"]
      } else if undetermined.contains(names[index]) {
        row += ["undetermined"]
      } else if degrees > 0 {
        let t = estimate / error
        row += [
          Display.reported(error), Display.number(t, digits: 4),
          degrees > 0 ? probability(student.tail(t)) : "",
          Display.reported(intervals[2 * index]), Display.reported(intervals[2 * index + 1]),
        ]
      }
      rows.append(row)
    }
    if estimates.count > FitReport.rowLimit {
      rows.append(["... \(estimates.count - FitReport.rowLimit) more"])
    }
    return rows
  }

  private func probability(_ p: Double) -> String {
    p < 2e-16 ? "< 2e-16" : Display.number(p, digits: 2)
  }

  private var quality: String {
    let variance = record.number("reduced_chi2") ?? .nan
    let scatter =
      record.bool("weighted") == true
      ? "reduced chi2 \(Display.reported(variance))"
      : "residual standard error \(Display.reported(variance.squareRoot()))"
    let fit = record.number("r2").map { ", r2 \(Display.reported($0))" } ?? ""
    return "\(scatter) on \(MinimumReport.counted(degrees, "degree")) of freedom\(fit)"
  }

  private var remarks: [String] {
    var remarks: [String] = []
    if !undetermined.isEmpty {
      remarks.append(
        "the data do not determine \(undetermined.joined(separator: ", ")): a change of "
          + (undetermined.count == 1 ? "it is not felt" : "some is made up for by the others"))
    }
    if degrees == 0 { remarks.append("as many parameters as data: nothing is left to estimate errors from") }
    if let (i, j) = strongest {
      let value = Display.number(correlation[i * estimates.count + j], digits: 3)
      remarks.append("\(names[i]) and \(names[j]) are hard to tell apart: correlation \(value)")
    }
    if record.string("stopped") == "steps" {
      remarks.append("more steps:, or a start nearer to the solution, may help")
    }
    return remarks
  }

  /// The pair of parameters with the largest correlation, when it is one to worry about.
  private var strongest: (Int, Int)? {
    let n = estimates.count
    var best: (pair: (Int, Int), size: Double)?
    for i in 0..<n {
      for j in 0..<i where abs(correlation[i * n + j]) > max(0.95, best?.size ?? 0) {
        best = ((j, i), abs(correlation[i * n + j]))
      }
    }
    return best?.pair
  }

  private var resting: [String] { texts("at_bound") }
  private var undetermined: [String] { texts("undetermined") }

  private func texts(_ name: String) -> [String] {
    if case .text(let vector)? = record[name] { vector.items.compactMap { $0 } } else { [] }
  }
}

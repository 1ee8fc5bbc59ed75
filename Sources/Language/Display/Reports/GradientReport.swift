/// How the result of `check_grad` shows itself.
enum GradientReport {
  static let kind = "gradient check"

  static let row = ResultPresentation(kind: kind, figure: (true, GradientFigure.figure)) { record, _ in
    guard let isRight = record.bool("ok"), let error = record.number("error"),
      let worst = record.string("worst"), let gradient = record.number("gradient"),
      let difference = record.number("difference"), let checked = record.number("checked"),
      let tolerance = record.number("tol"), let errors = record["errors"],
      let leaves = try? Structure.quantities(of: errors),
      let numbers = try? leaves.flatMap({ try $0.elements() })
    else { return nil }
    let count = MinimumReport.counted(checked, "number")
    // Nan is no agreement.
    let wrong = numbers.count { !($0 <= tolerance) }
    let title =
      isRight
      ? "gradient agrees with differences at \(checked > 1 ? "all " : "")\(count)"
      : "gradient differs from differences at \(wrong) of \(count)"
    let place = worst.isEmpty ? [] : [["worst", worst]]
    let rows =
      place + [
        ["error", "\(Display.number(error, digits: 2)), tol is \(Display.number(tolerance))"],
        ["gradient", Display.number(gradient)], ["difference", Display.number(difference)],
      ]
    let width = rows.map { Display.columns($0[0]) }.max() ?? 0
    return ([title] + rows.map { "  " + Display.padded($0[0], to: width, atLeft: false) + "  " + $0[1] })
      .joined(separator: "\n")
  }
}

import Plotting

/// The picture of a gradient check: how far gradient and differences are from each other in each part.
enum GradientFigure {
  /// One bar: a part of the argument and the largest error in it.
  private struct Row {
    var name: String
    var error: Double
  }

  /// Bars that a short picture has room for.
  private static let limit = 12

  /// Bars for the parts, or the elements of a single one; points for the elements of a long one. Nil for a
  /// single number, where a picture says no more than the number.
  @Sendable static func figure(_ record: Record) -> Figure? {
    guard let tolerance = record.number("tol"), tolerance > 0, tolerance.isFinite,
      let errors = record["errors"], let leaves = try? Structure.leaves(of: errors)
    else { return nil }
    var rows: [Row] = []
    for leaf in leaves {
      guard let elements = try? leaf.quantity.elements() else { return nil }
      guard leaves.count == 1 else {
        // Nan is the worst of all.
        let worst = elements.contains { $0.isNaN } ? .nan : elements.max() ?? 0
        rows.append(Row(name: leaf.path, error: worst))
        continue
      }
      if elements.count > limit { return points(elements, tolerance) }
      rows = elements.enumerated().map { index, error in
        Row(name: leaf.path + GradientCheck.index(index, leaf.quantity.shape), error: error)
      }
    }
    return rows.count > 1 ? bars(rows, tolerance) : nil
  }

  /// The axis of errors: all that are not 0, the tolerance, and a little more.
  private static func axis(_ errors: [Double], _ tolerance: Double) -> Axis {
    let seen = errors.filter { $0 > 0 && $0.isFinite } + [tolerance]
    var axis = Axis()
    axis.isLog = true
    axis.label = "relative error"
    let (low, high) = ((seen.min() ?? tolerance) / 10, (seen.max() ?? tolerance) * 10)
    if low > 0, high.isFinite { axis.limits = low...high }
    return axis
  }

  private static func bars(_ all: [Row], _ tolerance: Double) -> Figure {
    // The worst ones, in the order in which they stand in the argument.
    let order = all.indices.sorted { (all[$0].error, $1) > (all[$1].error, $0) || all[$0].error.isNaN }
    let rows = order.prefix(limit).sorted().map { all[$0] }
    var panel = Panel()
    panel.x = axis(rows.map(\.error), tolerance)
    for (name, color, isRight) in [("agrees", "blue", true), ("differs", "red", false)] {
      let bars = rows.enumerated().filter { ($0.element.error <= tolerance) == isRight }.map { index, row in
        let end = row.error.isFinite ? row.error : panel.x.limits?.upperBound ?? .nan
        return BarMark.Bar(
          from: Double(index) - 0.4, to: Double(index) + 0.4,
          value: max(end, panel.x.limits?.lowerBound ?? 0))
      }
      guard !bars.isEmpty else { continue }
      panel.series.append(
        Series(name, color: Color(named: color), marks: [BarMark(bars, isHorizontal: true)]))
    }
    panel.series.append(Series("tol", isNeutral: true, marks: [RuleMark(x: tolerance)]))
    panel.y.categories = rows.map(\.name)
    panel.y.isReversed = true
    if rows.count < all.count { panel.footnote = "the worst \(rows.count) of \(all.count) parts" }
    var figure = Figure(panel)
    // A line for each bar, for the legend, the axis, its numbers and its label.
    figure.height = max(6, rows.count + 4)
    return figure
  }

  private static func points(_ errors: [Double], _ tolerance: Double) -> Figure {
    var panel = Panel([
      Series(marks: [PointMark(x: Positions(count: errors.count), y: errors)]),
      Series("tol", isNeutral: true, marks: [RuleMark(y: tolerance)]),
    ])
    panel.y = axis(errors, tolerance)
    (panel.x.label, panel.x.isWhole) = ("element", true)
    return LossScale.compact(panel)
  }
}

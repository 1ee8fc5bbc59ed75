/// A panel with everything decided that does not depend on how it is shown.
struct PreparedPanel {
  let panel: Panel
  /// What all marks cover.
  let reach: Reach
  /// What the shades of the first mark with shades mean.
  let shades: Shades?
  /// One for each series.
  let pens: [Pen]
  /// The series that have a name.
  let legend: [LegendEntry]

  init(_ panel: Panel) {
    self.panel = panel
    let kinds = AxisKinds(isXLog: panel.x.isLog, isYLog: panel.y.isLog)
    let marks = panel.series.flatMap(\.marks)
    var reach = marks.reduce(Reach()) { $0.union($1.reach(kinds)) }
    if let names = panel.x.categories?.count { reach.x = reach.x.union(Extent(-0.5, Double(names) - 0.5)) }
    if let names = panel.y.categories?.count { reach.y = reach.y.union(Extent(-0.5, Double(names) - 0.5)) }
    self.reach = reach
    shades = marks.lazy.compactMap(\.shades).first
    let colors = panel.colors.isEmpty ? Palette.series : panel.colors
    let isAlone = panel.series.count { !$0.isNeutral } <= 1
    var count = 0
    // Dashes are counted among lines and markers among points: a fit through data is one solid line.
    var ordinals: [LegendSign: Int] = [:]
    var pens: [Pen] = []
    for series in panel.series {
      if series.isNeutral {
        pens.append(Pen.neutral.colored(series.color ?? Palette.neutral))
      } else {
        let sign = series.marks.map(\.sign).max() ?? .none
        let ordinal = ordinals[sign, default: 0]
        ordinals[sign] = ordinal + 1
        pens.append(
          Pen(color: series.color ?? colors[count % colors.count], ordinal: ordinal, isAlone: isAlone))
        count += 1
      }
    }
    self.pens = pens
    legend =
      !panel.showsLegend
      ? []
      : zip(panel.series, pens).compactMap { series, pen in
        guard let name = series.name, let sign = series.marks.map(\.sign).max() else { return nil }
        return LegendEntry(name: name, sign: sign, pen: pen)
      }
  }
}

/// One line of a legend.
struct LegendEntry {
  var name: String
  var sign: LegendSign
  var pen: Pen
}

extension PreparedPanel {
  /// Whether anything can be drawn.
  var isEmpty: Bool { reach.x.isEmpty || reach.y.isEmpty }

  /// The scales for axes with room for so many ticks.
  func frame(xTicks: Int, yTicks: Int) -> Frame {
    // Grids fill their axes; other marks gain round ends, upwards also at some cost of room.
    let fillsAxes = shades != nil || panel.series.contains { $0.marks.contains { $0 is ContourMark } }
    return Frame(
      x: Scale(reach.x, panel.x, tickLimit: xTicks, slack: fillsAxes ? 0 : 0.12),
      y: Scale(reach.y, panel.y, tickLimit: yTicks, slack: fillsAxes ? 0 : 0.5))
  }

  /// Whether a line at y = 0 tells something.
  func hasZeroLine(_ frame: Frame) -> Bool {
    !frame.y.isLog && frame.y.isInside(0) && shades == nil && panel.y.categories == nil && !isEmpty
  }

  /// Draws all marks.
  func draw<S: Surface>(on surface: inout S, in frame: Frame, group: (inout S, String) -> Void = { _, _ in })
  {
    for (series, pen) in zip(panel.series, pens) {
      for mark in series.marks {
        group(&surface, series.name.map { "\(mark.groupName): \($0)" } ?? mark.groupName)
        mark.draw(on: &surface, in: frame, with: pen)
      }
    }
  }

  /// What is said below the picture: points that are missing from it, and the panel's own remark.
  var footnotes: [String] {
    var notes: [String] = []
    func count(_ number: Int, _ what: String) {
      guard number > 0 else { return }
      let (verb, noun) = (number == 1 ? "is" : "are", reach.points == 1 ? "point" : "points")
      notes.append("\(number) of \(reach.points) \(noun) \(verb) \(what)")
    }
    count(reach.notFinite, "not finite")
    count(reach.notPositive, "not positive, which a logarithmic axis cannot show")
    if let footnote = panel.footnote { notes.append(footnote) }
    return notes
  }
}

import Plotting
import Tensors

extension FigureRecord {
  /// The figure of a record; nil when it is not that of one.
  static func figure(_ value: Value) -> Figure? {
    guard case .record(let record) = value, let layout = record["layout"].flatMap({ layout($0) })
    else { return nil }
    var figure = Figure(layout)
    figure.width = record["width"]?.number.flatMap { Int(exactly: $0) }
    figure.height = record["height"]?.number.flatMap { Int(exactly: $0) }
    figure.style = record.text("style").flatMap(Figure.Style.init)
    return figure
  }

  /// The layout of a record that stands so deep in grids; nil as well where there are more than a grid can be
  /// made of.
  private static func layout(_ value: Value, depth: Int = 0) -> Figure.Layout? {
    guard case .record(let record) = value, depth < Figure.plotLimit else { return nil }
    if case .list(let parts)? = record["grid"] {
      guard parts.items.count <= Figure.plotLimit else { return nil }
      let layouts = parts.items.compactMap { layout($0.unfixed, depth: depth + 1) }
      return layouts.count == parts.items.count ? Figure.Layout.grid(of: layouts) : nil
    }
    guard let main = record["panel"].flatMap(panel) else { return nil }
    guard let below = record["strip"] else { return .panel(main) }
    return panel(below).map { .stacked(main, strip: $0) }
  }

  private static func panel(_ value: Value) -> Panel? {
    guard case .record(let record) = value, let x = record["x"].flatMap(axis),
      let y = record["y"].flatMap(axis),
      case .list(let items)? = record["series"]
    else { return nil }
    let series = items.items.compactMap { FigureRecord.series($0.unfixed) }
    guard series.count == items.items.count else { return nil }
    var panel = Panel(series)
    (panel.title, panel.footnote) = (record.text("title"), record.text("footnote"))
    (panel.x, panel.y) = (x, y)
    panel.showsLegend = record.flag("legend")
    if case .text(let colors)? = record["colors"] {
      panel.colors = colors.items.compactMap { $0.flatMap(Color.init(named:)) }
    }
    return panel
  }

  private static func axis(_ value: Value) -> Axis? {
    guard case .record(let record) = value else { return nil }
    var axis = Axis()
    axis.label = record.text("label")
    axis.isLog = record.flag("log")
    axis.isReversed = record.flag("reversed")
    axis.isWhole = record.flag("whole")
    if let ends = record["limits"].flatMap({ NamedSamples.vector($0)?.numbers }), ends.count == 2,
      ends.allSatisfy(\.isFinite), ends[0] < ends[1]
    {
      axis.limits = ends[0]...ends[1]
    }
    if case .text(let names)? = record["categories"] { axis.categories = names.items.map { $0 ?? "" } }
    return axis
  }

  private static func series(_ value: Value) -> Series? {
    guard case .record(let record) = value, case .list(let items)? = record["marks"] else { return nil }
    let marks = items.items.compactMap { mark($0.unfixed) }
    guard marks.count == items.items.count else { return nil }
    return Series(
      record.text("name"), color: record.text("color").flatMap(Color.init(named:)),
      isNeutral: record.flag("neutral"), marks: marks)
  }

  private static func mark(_ value: Value) -> (any Mark)? {
    guard case .record(let record) = value, let kind = record.text("kind"),
      case .list(let rows)? = record["rows"],
      let numbers = record["numbers"].flatMap({ NamedSamples.vector($0)?.numbers }),
      case .text(let texts)? = record["texts"]
    else { return nil }
    let samples = rows.items.compactMap { $0.plainTensor.map { TensorSamples($0) } }
    guard samples.count == rows.items.count else { return nil }
    return MarkParts(kind, rows: samples, numbers: numbers, texts: texts.items.map { $0 ?? "" }).mark
  }
}

extension Record {
  fileprivate func text(_ name: String) -> String? {
    guard case .string(let text)? = self[name] else { return nil }
    return text
  }

  fileprivate func flag(_ name: String) -> Bool {
    guard case .bool(let flag)? = self[name] else { return false }
    return flag
  }
}

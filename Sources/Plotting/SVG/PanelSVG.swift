/// One panel as an SVG drawing: title, axes, ticks, legend and remarks around the plot.
struct PanelSVG {
  private let prepared: PreparedPanel
  private let width: Double
  private let height: Double
  /// The scales.
  let frame: Frame
  private let yTicks: Ticks
  private let rampTicks: Ticks?
  /// Pixels left of the plot.
  var left: Double
  private let right: Double
  private let top: Double
  /// Whether the x axis has numbers and a label; a strip below may have them instead.
  var showsXLabels = true

  /// Pixels of a column of text.
  static let column = 6.7
  /// Pixels of a line of text.
  static let line = 16.0

  init(_ panel: Panel, width: Double, height: Double) {
    prepared = PreparedPanel(panel)
    self.width = width
    self.height = height
    frame = prepared.frame(xTicks: max(2, Int(width / 80)), yTicks: max(2, Int(height / 60)))
    let room = height - 60
    let scale = frame.y
    let limit = panel.y.categories == nil ? Int(height / 50) : Int(room / PanelSVG.line)
    var named = panel.y
    // Names may take a third of the width.
    named.categories = named.categories?.map { name in
      CharacterWidth.cut(name, to: Int(width / 3 / PanelSVG.column), ellipsis: "…")
    }
    yTicks = Ticks(named, scale, limit: max(3, limit))
    let labels = yTicks.labels.map { PanelSVG.size(of: $0) }.max() ?? 0
    left = min(labels, width / 3) + 16 + (panel.y.label == nil ? 0 : PanelSVG.line + 2)
    top = panel.title == nil ? 12 : 34
    let ramp = prepared.shades?.scale.map { Ticks(Axis(), $0, limit: max(2, Int(height / 50))) }
    rampTicks = panel.showsLegend ? ramp : nil
    right = 16 + (rampTicks.map { 34 + ($0.labels.map { PanelSVG.size(of: $0) }.max() ?? 0) } ?? 0)
  }

  /// How wide a text is, about.
  static func size(of text: String) -> Double { Double(CharacterWidth.of(text)) * column }
}

extension PanelSVG {
  private var panel: Panel { prepared.panel }

  /// The panel as a drawing.
  func drawing() -> SVGDrawing {
    let notes = prepared.footnotes
    let below =
      (showsXLabels ? 24.0 + (panel.x.label == nil ? 0 : PanelSVG.line + 2) : 8)
      + Double(notes.count) * PanelSVG.line
    var surface = SVGSurface(
      x: left, y: top, width: width - left - right, height: max(20, height - top - below))
    let axes = axes(surface)
    if !prepared.isEmpty {
      prepared.draw(on: &surface, in: frame) { surface, name in surface.open(name) }
      surface.close()
    }
    var body = axes + surface.body
    if prepared.isEmpty {
      body += text("no data", x: surface.across(0.5), y: surface.down(0.5), anchor: "middle")
    }
    body += ramp(surface) + legend(surface)
    if let title = panel.title {
      body += text(
        title, x: surface.across(0.5), y: 21, anchor: "middle", more: " font-size=\"14\" font-weight=\"600\"")
    }
    for (index, note) in notes.enumerated() {
      let y = height - 5 - Double(notes.count - 1 - index) * PanelSVG.line
      body += text(note, x: left, y: y, anchor: "start", more: " font-size=\"11\" fill-opacity=\"0.8\"")
    }
    return SVGDrawing(body: body, width: width, height: height)
  }

  private func text(_ text: String, x: Double, y: Double, anchor: String, more: String = "") -> String {
    "<text x=\"\(svgNumber(x))\" y=\"\(svgNumber(y))\" text-anchor=\"\(anchor)\"\(more)>\(svgEscaped(text))</text>\n"
  }

  private func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
    "M\(svgNumber(x1)) \(svgNumber(y1))L\(svgNumber(x2)) \(svgNumber(y2))"
  }

  private func path(_ data: String, opacity: String) -> String {
    data.isEmpty
      ? "" : "<path d=\"\(data)\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"\(opacity)\"/>\n"
  }

  /// Axes, ticks with numbers, light lines across, and the names of the axes.
  private func axes(_ plot: SVGSurface) -> String {
    let (bottom, end) = (plot.down(0), plot.across(1))
    var texts = ""
    var ticks = ""
    var rules = ""
    for (value, label) in zip(yTicks.values, yTicks.labels) {
      let place = frame.y.place(of: value)
      guard place > -1e-6, place < 1 + 1e-6 else { continue }
      let y = plot.down(place)
      ticks += line(left - 4, y, left, y)
      if prepared.shades == nil, panel.y.categories == nil { rules += line(left, y, end, y) }
      texts += text(label, x: left - 8, y: y + 4, anchor: "end")
    }
    for (value, label) in zip(xTicks(plot).values, xTicks(plot).labels) {
      let place = frame.x.place(of: value)
      guard place > -1e-6, place < 1 + 1e-6 else { continue }
      let x = plot.across(place)
      ticks += line(x, bottom, x, bottom + 4)
      if prepared.shades == nil, panel.x.categories == nil { rules += line(x, plot.y, x, bottom) }
      if showsXLabels { texts += text(label, x: x, y: bottom + 17, anchor: "middle") }
    }
    let zero = prepared.hasZeroLine(frame) ? plot.down(frame.y.place(of: 0)) : nil
    if showsXLabels, let label = panel.x.label {
      texts += text(label, x: plot.across(0.5), y: bottom + 36, anchor: "middle")
    }
    if let label = panel.y.label {
      let turned = " transform=\"rotate(-90 14 \(svgNumber(plot.down(0.5))))\""
      texts += text(label, x: 14, y: plot.down(0.5), anchor: "middle", more: turned)
    }
    return "<g class=\"nns-axes\">\n" + path(rules, opacity: "0.12")
      + path(zero.map { line(left, $0, end, $0) } ?? "", opacity: "0.4")
      + path(line(left, plot.y, left, bottom) + line(left, bottom, end, bottom) + ticks, opacity: "0.7")
      + texts + "</g>\n"
  }

  private func xTicks(_ plot: SVGSurface) -> Ticks {
    var named = panel.x
    if let names = named.categories, !names.isEmpty {
      let room = Int(plot.width / Double(names.count) / PanelSVG.column) - 2
      if room > 3 {
        named.categories = names.map { CharacterWidth.cut($0, to: room, ellipsis: "…") }
      }
    }
    return Ticks(named, frame.x, from: max(2, Int(plot.width / 60))) { ticks in
      let spans = zip(ticks.values, ticks.labels).map { value, label in
        (plot.across(frame.x.place(of: value)), PanelSVG.size(of: label) / 2 + 5)
      }.sorted { $0.0 < $1.0 }
      return zip(spans, spans.dropFirst()).allSatisfy { $0.0 + $0.1 <= $1.0 - $1.1 }
    }
  }
}

extension PanelSVG {
  /// The scale of shades at the right.
  private func ramp(_ plot: SVGSurface) -> String {
    guard let ticks = rampTicks, let shades = prepared.shades, let scale = shades.scale else { return "" }
    let (steps, x) = (64, plot.across(1) + 14)
    var body = "<g class=\"nns-ramp\" shape-rendering=\"crispEdges\">\n"
    for step in 0..<steps {
      let color = shades.color(of: scale.value(at: (Double(step) + 0.5) / Double(steps)))
      let y = plot.down(Double(step + 1) / Double(steps))
      body += "<rect x=\"\(svgNumber(x))\" y=\"\(svgNumber(y))\" width=\"12\""
      body += " height=\"\(svgNumber(plot.height / Double(steps) + 0.5))\" fill=\"\(color.hex)\"/>\n"
    }
    for (value, label) in zip(ticks.values, ticks.labels) {
      let place = scale.place(of: value)
      guard place >= 0, place <= 1 else { continue }
      body += text(label, x: x + 17, y: plot.down(place) + 4, anchor: "start")
    }
    return body + "</g>\n"
  }

  /// The names of series where they cover least.
  private func legend(_ plot: SVGSurface) -> String {
    let entries = prepared.legend
    guard !entries.isEmpty else { return "" }
    let wide = 40 + (entries.map { PanelSVG.size(of: $0.name) }.max() ?? 0)
    let high = Double(entries.count) * PanelSVG.line + 8
    let spot = plot.coverage.freestSpot(
      width: min(1, (wide + 10) / plot.width), height: min(1, (high + 10) / plot.height))
    let x = plot.across(0) + 8 + spot.fromLeft * (plot.width - wide - 14)
    let y = plot.down(1) + 6 + spot.fromTop * (plot.height - high - 12)
    var body = "<g class=\"nns-legend\">\n<rect x=\"\(svgNumber(x))\" y=\"\(svgNumber(y))\" "
    body += "width=\"\(svgNumber(wide))\" height=\"\(svgNumber(high))\" rx=\"3\" class=\"nns-ground\"/>\n"
    for (index, entry) in entries.enumerated() {
      let middle = y + 4 + (Double(index) + 0.5) * PanelSVG.line
      body += sign(entry, x: x + 6, y: middle)
      body += text(
        entry.name, x: x + 34, y: middle + 4, anchor: "start")
    }
    return body + "</g>\n"
  }

  private func sign(_ entry: LegendEntry, x: Double, y: Double) -> String {
    let color = entry.pen.color?.hex ?? "currentColor"
    switch entry.sign {
    case .none: return ""
    case .line:
      let dashes = entry.pen.ordinal < 0 ? " stroke-dasharray=\"5 4\"" : ""
      return "<path d=\"\(line(x, y, x + 22, y))\" stroke=\"\(color)\" stroke-width=\"1.8\"\(dashes)/>\n"
    case .point:
      let place = "M\(svgNumber(x + 11)) \(svgNumber(y))"
      return "<path d=\"\(place)\(SVGSurface.marker(entry.pen.ordinal))\" fill=\"\(color)\"/>\n"
    case .fill, .shade:
      let opacity = entry.sign == .fill ? "0.85" : "0.25"
      return "<rect x=\"\(svgNumber(x + 3))\" y=\"\(svgNumber(y - 5))\" width=\"16\" height=\"10\" "
        + "fill=\"\(color)\" fill-opacity=\"\(opacity)\"/>\n"
    }
  }
}

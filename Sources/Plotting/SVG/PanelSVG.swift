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
  /// How much wider than other texts the title is: its letters are larger.
  private static let titleScale = 14.0 / 12

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
      PanelSVG.cut(name, to: width / 3)
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

  /// A text that is about `room` pixels wide at most, with an ellipsis where something is missing.
  private static func cut(_ text: String, to room: Double) -> String {
    CharacterWidth.cut(text, to: max(1, Int(room / column)), ellipsis: "…")
  }
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
      body += centered(
        title, on: surface, y: 21, scale: PanelSVG.titleScale,
        more: " font-size=\"14\" font-weight=\"600\"")
    }
    for (index, note) in notes.enumerated() {
      let y = height - 5 - Double(notes.count - 1 - index) * PanelSVG.line
      body += text(
        PanelSVG.cut(note, to: width - left), x: left, y: y, anchor: "start",
        more: " font-size=\"11\" fill-opacity=\"0.8\"")
    }
    return SVGDrawing(body: body, width: width, height: height)
  }

  /// A line of text over or under the middle of the plot, or of the whole drawing when it is long; `scale` is how
  /// much wider than other texts it is.
  private func centered(
    _ text: String, on plot: SVGSurface, y: Double, scale: Double = 1, more: String = ""
  ) -> String {
    let margin = 4.0
    let cut = PanelSVG.cut(text, to: (width - 2 * margin) / scale)
    let half = PanelSVG.size(of: cut) * scale / 2
    // As near to the middle of the plot as both edges allow.
    let middle = min(max(plot.across(0.5), half + margin), width - half - margin)
    return self.text(cut, x: middle, y: y, anchor: "middle", more: more)
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
      texts += centered(label, on: plot, y: bottom + 36)
    }
    if let label = panel.y.label {
      // Upwards the picture is the room there is.
      let cut = PanelSVG.cut(label, to: height - 8)
      let half = PanelSVG.size(of: cut) / 2
      let middle = min(max(plot.down(0.5), half + 4), height - half - 4)
      let turned = " transform=\"rotate(-90 14 \(svgNumber(middle)))\""
      texts += text(cut, x: 14, y: middle, anchor: "middle", more: turned)
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

/// One panel laid out on character cells: title, axes, ticks, legend and remarks around the plot.
struct PanelText {
  private let prepared: PreparedPanel
  private let composer: TextComposer
  private let width: Int
  private let height: Int
  /// The scales.
  let frame: Frame
  private let yTicks: Ticks
  /// Columns left of the plot, the axis included.
  var left: Int
  /// Columns right of it.
  var right: Int
  /// Whether the x axis has numbers and a label; a strip below may have them instead.
  var showsXLabels = true

  /// A panel in so many columns and lines; lines are added where these are not enough.
  init(_ panel: Panel, width: Int, height: Int, _ composer: TextComposer) {
    prepared = PreparedPanel(panel)
    self.width = width
    self.height = height
    self.composer = composer
    let rows = PanelText.plotRows(panel, height: height)
    frame = prepared.frame(xTicks: max(2, width / 10), yTicks: PanelText.tickLimit(rows))
    let dotRows = Double(rows - 1)
    let scale = frame.y
    yTicks = Ticks(panel.y, scale, from: panel.y.categories == nil ? PanelText.tickLimit(rows) : rows) {
      ticks in
      let lines = ticks.values.map { (scale.place(of: $0) * dotRows).rounded() }
      return zip(lines, lines.dropFirst()).allSatisfy { $0 != $1 }
    }
    // Names may take a third of the width; where the rest is too narrow there are none.
    let labels = min(yTicks.labels.map(CharacterWidth.of).max() ?? 0, width / 3)
    left = width - labels - 2 < 8 ? 1 : labels + 2
    right = 0
    if let scale = PanelText.rampTicks(prepared, rows: rows) {
      let ramp = 4 + (scale.labels.map(CharacterWidth.of).max() ?? 0)
      right = width - left - ramp < 8 ? 0 : ramp
    }
  }

  /// Lines of the plot itself.
  private static func plotRows(_ panel: Panel, height: Int, legend: Int = 0, showsXLabels: Bool = true) -> Int
  {
    let around =
      (panel.title == nil ? 0 : 1) + (panel.y.label == nil ? 0 : 1) + legend + 1
      + (showsXLabels ? 1 + (panel.x.label == nil ? 0 : 1) : 0)
    let rows = max(3, height - around)
    // Equally many lines for each name.
    guard let names = panel.y.categories?.count, names > 0, names <= rows else { return rows }
    return rows - rows % names
  }

  /// Ticks that an upright axis has room for: one in three lines, more in a tall picture, but three as soon
  /// as they do not touch.
  private static func tickLimit(_ rows: Int) -> Int {
    rows < 16 ? max(rows < 5 ? 2 : 3, rows / 3) : rows * 2 / 5
  }

  private static func rampTicks(_ prepared: PreparedPanel, rows: Int) -> Ticks? {
    guard let scale = prepared.shades?.scale, prepared.panel.showsLegend else { return nil }
    return Ticks(Axis(), scale, limit: tickLimit(rows))
  }
}

extension PanelText {
  private var panel: Panel { prepared.panel }
  private var glyphs: GlyphSet { composer.glyphs }
  private var plotColumns: Int {
    let columns = max(1, width - left - right)
    guard let names = panel.x.categories?.count, names > 0, names <= columns else { return columns }
    return columns - columns % names
  }

  /// The panel as characters.
  func picture() -> Picture {
    let rows = PanelText.plotRows(panel, height: height, showsXLabels: showsXLabels)
    let plot = drawn(rows: rows)
    let legend = LegendText(prepared.legend, glyphs: glyphs, hasColor: composer.hasColor)
    if let spot = legend.freeSpot(on: plot) { return assembled(plot, legend, at: spot, above: []) }
    let lines = legend.lines(width: width - left)
    let lower = PanelText.plotRows(
      panel, height: height, legend: lines.count, showsXLabels: showsXLabels)
    return assembled(lower == rows ? plot : drawn(rows: lower), legend, at: nil, above: lines)
  }

  private func drawn(rows: Int) -> TextSurface {
    var surface = TextSurface(
      width: plotColumns, height: rows, glyphs: glyphs, hasColor: composer.hasColor)
    prepared.draw(on: &surface, in: frame)
    return surface
  }

  private func assembled(
    _ plot: TextSurface, _ legend: LegendText, at spot: (row: Int, column: Int)?, above: [Picture]
  ) -> Picture {
    var picture = Picture(width: width, height: 0)
    if let title = panel.title { picture.append(centered(title)) }
    for line in above { picture.append(line.shifted(by: left, width: width)) }
    if let label = panel.y.label { picture.append(line(label, column: 0)) }
    var body = Picture(width: width, height: plot.height)
    for index in 0..<plot.width * plot.height {
      body.rows[index / plot.width][left + index % plot.width] = plot.cell(index)
    }
    drawZeroLine(on: &body, plot)
    if prepared.isEmpty {
      let message = cut("no data", plotColumns)
      body.write(
        message, row: plot.height / 2, column: left + (plotColumns - CharacterWidth.of(message)) / 2)
    }
    if let spot { body.insert(legend.block, row: spot.row, column: left + spot.column) }
    drawYAxis(on: &body, plot)
    drawRamp(on: &body, plot)
    picture.append(body)
    picture.append(xAxis(plot))
    if showsXLabels, let label = panel.x.label { picture.append(centered(label)) }
    for note in prepared.footnotes { picture.append(remark: note) }
    return picture
  }

  private func cut(_ text: String, _ columns: Int) -> String {
    CharacterWidth.cut(text, to: columns, ellipsis: glyphs.ellipsis)
  }

  private func line(_ text: String, column: Int) -> Picture {
    var line = Picture(width: width, height: 1)
    line.write(cut(text, width - column), row: 0, column: column)
    return line
  }

  /// A line of text over or under the middle of the plot, or of the whole picture when it is long.
  private func centered(_ text: String) -> Picture {
    let size = CharacterWidth.of(text)
    let middle = size <= plotColumns ? left + (plotColumns - size) / 2 : (width - size) / 2
    return line(text, column: max(0, middle))
  }
}

extension PanelText {
  private func drawZeroLine(on body: inout Picture, _ plot: TextSurface) {
    guard prepared.hasZeroLine(frame) else { return }
    let row = plot.dotRow(frame.y.place(of: 0)) / glyphs.dotsDown
    for column in 0..<plot.width where plot.isFree(row * plot.width + column) {
      body.rows[row][left + column] = Picture.Cell(glyph: glyphs.zero, ink: Palette.neutral)
    }
  }

  private func drawYAxis(on body: inout Picture, _ plot: TextSurface) {
    for row in 0..<plot.height {
      body.rows[row][left - 1] = Picture.Cell(glyph: glyphs.upright, ink: Palette.neutral)
    }
    for (value, label) in zip(yTicks.values, yTicks.labels) {
      let place = frame.y.place(of: value)
      guard place > -1e-6, place < 1 + 1e-6 else { continue }
      // A name stands in the middle of its cells, a number where its dots are.
      let row =
        panel.y.categories == nil
        ? plot.dotRow(place) / glyphs.dotsDown
        : min(plot.height - 1, max(0, Int((1 - place) * Double(plot.height) + 1e-9)))
      body.rows[row][left - 1].glyph = glyphs.tickLeft
      guard left > 1 else { continue }
      let text = cut(label, left - 2)
      body.write(text, row: row, column: left - 2 - CharacterWidth.of(text))
    }
  }

  /// The scale of shades at the right.
  private func drawRamp(on body: inout Picture, _ plot: TextSurface) {
    guard right > 0, let shades = prepared.shades, let scale = shades.scale,
      let ticks = PanelText.rampTicks(prepared, rows: plot.height)
    else { return }
    let start = width - right + 1
    for row in 0..<plot.height {
      let below = (Double(plot.height - 1 - row) + 0.25) / Double(plot.height)
      let lower = scale.value(at: composer.hasColor ? below : below + 0.25 / Double(plot.height))
      let upper = scale.value(at: below + 0.5 / Double(plot.height))
      guard let cell = plot.shadedCell(lower: lower, upper: upper, shades) else { continue }
      body.rows[row][start] = cell
      body.rows[row][start + 1] = cell
    }
    for (value, label) in zip(ticks.values, ticks.labels) {
      let place = scale.place(of: value)
      guard place >= 0, place <= 1 else { continue }
      let row = min(plot.height - 1, Int((1 - place) * Double(plot.height)))
      body.write(label, row: row, column: start + 3)
    }
  }

  /// The level axis with its ticks, and the numbers under it.
  private func xAxis(_ plot: TextSurface) -> Picture {
    var axis = Picture(width: width, height: showsXLabels ? 2 : 1)
    axis.rows[0][left - 1] = Picture.Cell(glyph: glyphs.corner, ink: Palette.neutral)
    for column in 0..<plotColumns {
      axis.rows[0][left + column] = Picture.Cell(glyph: glyphs.level, ink: Palette.neutral)
    }
    func column(_ value: Double) -> Int { plot.dotColumn(frame.x.place(of: value)) / glyphs.dotsAcross }
    /// The first column of a label, which stays inside of the picture.
    func start(_ value: Double, _ label: String) -> Int {
      let size = CharacterWidth.of(label)
      return max(0, min(left + column(value) - size / 2, width - size))
    }
    var named = panel.x
    if let names = named.categories, names.count * 8 <= plotColumns {
      named.categories = names.map { cut($0, plotColumns / names.count - 2) }
    }
    let ticks = Ticks(named, frame.x, from: max(2, plotColumns / 8)) { ticks in
      var free = 0
      let order = frame.x.isReversed ? Array(ticks.values.indices.reversed()) : Array(ticks.values.indices)
      for index in order {
        let first = start(ticks.values[index], ticks.labels[index])
        if first < free { return false }
        free = first + CharacterWidth.of(ticks.labels[index]) + 2
      }
      return free - 2 <= width
    }
    for (value, label) in zip(ticks.values, ticks.labels) {
      let place = frame.x.place(of: value)
      guard place > -1e-6, place < 1 + 1e-6 else { continue }
      axis.rows[0][left + column(value)].glyph = glyphs.tickDown
      if showsXLabels { axis.write(label, row: 1, column: start(value, label)) }
    }
    return axis
  }
}

/// The plot area of an SVG drawing.
struct SVGSurface {
  /// Pixels from the left edge of the drawing.
  let x: Double
  /// Pixels from its upper edge.
  let y: Double
  let width: Double
  let height: Double
  /// The elements drawn so far.
  private(set) var body = ""
  /// Which parts of the area are drawn on, for the legend.
  private(set) var coverage = Coverage()
  /// The line or the dots that are being put together, and where the line ends.
  private var path = ""
  private var pathPen: Pen?
  private var pathEnd: Place?
  /// Pixels that have a dot of the current mark.
  private var seen: Set<Int> = []
  private var isInGroup = false
  private var painted: Raster?

  init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = max(1, width)
    self.height = max(1, height)
  }
}

extension SVGSurface {
  /// Where a place across lies in the drawing.
  func across(_ u: Double) -> Double { x + u * width }

  /// Where a place upwards lies in the drawing.
  func down(_ v: Double) -> Double { y + (1 - v) * height }

  private func point(_ place: Place) -> String { "\(svgNumber(across(place.u))) \(svgNumber(down(place.v)))" }

  /// Begins the group of a mark.
  mutating func open(_ name: String) {
    close()
    body += "<g class=\"nns-mark\" aria-label=\"\(svgEscaped(name))\">\n"
    isInGroup = true
  }

  /// Ends the group that is open.
  mutating func close() {
    flush()
    if isInGroup { body += "</g>\n" }
    isInGroup = false
    seen = []
  }

  /// A colour as an attribute; neutral things follow the ground.
  private func color(_ pen: Pen) -> String {
    pen.ordinal < 0 && pen.color == Palette.neutral ? "currentColor" : pen.color?.hex ?? "currentColor"
  }

  private mutating func flush() {
    if let pen = pathPen {
      let width = pen.ordinal < 0 ? "1" : pathEnd == nil ? "1.6" : "1.8"
      if painted != nil, pathEnd != nil {
        // A dark seam keeps lines apart from any shade.
        body +=
          "<path d=\"\(path)\" fill=\"none\" stroke=\"#000\" stroke-opacity=\"0.5\" stroke-width=\"4\"/>\n"
      }
      body += "<path d=\"\(path)\" fill=\"none\" stroke=\"\(color(pen))\" stroke-width=\"\(width)\""
      body += " stroke-linejoin=\"round\" stroke-linecap=\"round\"/>\n"
    }
    path = ""
    pathPen = nil
    pathEnd = nil
  }
}

extension SVGSurface: Surface {
  var columns: Int { Int(width * 2) }
  var rows: Int { Int(height * 2) }

  mutating func stroke(_ start: Place, _ end: Place, with pen: Pen) {
    guard let (a, b) = SVGSurface.clipped(start, end) else { return }
    coverage.mark(from: a, to: b)
    if pathPen != pen || pathEnd == nil { flush() }
    let (from, to) = (point(a), point(b))
    path += pathEnd == a ? "L\(to)" : "M\(from)L\(to)"
    pathPen = pen
    pathEnd = b
  }

  mutating func point(_ place: Place, isMarker: Bool, with pen: Pen) {
    coverage.mark(from: place, to: place)
    if isMarker {
      flush()
      let edge = painted == nil || (pen.color?.brightness ?? 0) < 0.8 ? "#fff" : "#000"
      let ring = "stroke=\"\(edge)\" stroke-opacity=\"0.6\" stroke-width=\"0.8\""
      body +=
        "<path d=\"M\(point(place))\(SVGSurface.marker(pen.ordinal))\" fill=\"\(color(pen))\" \(ring)/>\n"
      return
    }
    let (column, row) = (Int(place.u * width), Int(place.v * height))
    guard seen.insert(row * (Int(width) + 1) + column).inserted else { return }
    if pathPen != pen || pathEnd != nil { flush() }
    let dot = "M\(point(place))h0"
    path += dot
    pathPen = pen
  }

  /// The outline of a sign around the point where the path stands: circle, square, triangle, diamond.
  static func marker(_ ordinal: Int) -> String {
    switch max(0, ordinal) % 4 {
    case 0: "m-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0 -6.4 0z"
    case 1: "m-2.9 -2.9h5.8v5.8h-5.8z"
    case 2: "m0 -3.8l3.6 6.4h-7.2z"
    default: "m0 -4l4 4l-4 4l-4 -4z"
    }
  }

  mutating func fill(_ box: Box, growing direction: Direction, joins: Bool, with pen: Pen) {
    flush()
    coverage.mark(box)
    // A hair of ground between bars that touch.
    let inset = joins && (box.right - box.left) * width > 3 ? 0.5 : 0
    rectangle(box, inset: inset, attributes: "fill=\"\(color(pen))\" fill-opacity=\"0.85\"")
  }

  private mutating func rectangle(_ box: Box, inset: Double = 0, attributes: String) {
    // Edges are rounded, not lengths: otherwise cells that end together would not.
    func rounded(_ coordinate: Double) -> Double { (coordinate * 10).rounded() / 10 }
    let (left, right) = (rounded(across(box.left) + inset), rounded(across(box.right) - inset))
    let (top, bottom) = (rounded(down(box.top) + min(0, inset)), rounded(down(box.bottom) - min(0, inset)))
    let (wide, tall) = (max(0.1, right - left), bottom - top)
    body += "<rect x=\"\(svgNumber(left))\" y=\"\(svgNumber(top))\" width=\"\(svgNumber(wide))\""
    body += " height=\"\(svgNumber(tall))\" \(attributes)/>\n"
  }

  mutating func shade(_ region: [Slice], with pen: Pen) {
    guard !region.isEmpty else { return }
    flush()
    for slice in region {
      coverage.mark(from: Place(u: slice.u, v: slice.bottom), to: Place(u: slice.u, v: slice.top))
    }
    let upper = region.map { point(Place(u: $0.u, v: $0.top)) }
    let lower = region.reversed().map { point(Place(u: $0.u, v: $0.bottom)) }
    body += "<path d=\"M\((upper + lower).joined(separator: "L"))Z\" fill=\"\(color(pen))\""
    body += " fill-opacity=\"0.18\"/>\n"
  }

  func size(of text: String) -> (width: Double, height: Double) {
    ((PanelSVG.size(of: text) + 6) / width, PanelSVG.line / height)
  }

  mutating func write(_ text: String, at place: Place, with pen: Pen) {
    flush()
    var fill = color(pen)
    var style = "class=\"nns-halo\""
    if let ground = paintedColor(at: place) {
      fill = ground.contrast.hex
      style = ""
    }
    body += "<text x=\"\(svgNumber(across(place.u)))\" y=\"\(svgNumber(down(place.v) + 4))\""
    body += " text-anchor=\"middle\" fill=\"\(fill)\" \(style)>\(svgEscaped(text))</text>\n"
  }
}

extension SVGSurface {
  /// Cells that a raster is drawn in at most, along each axis.
  private static let rasterLimit = 160

  mutating func paint(_ raster: Raster) {
    flush()
    coverage.mark(.whole)
    painted = raster
    let box = raster.box
    let limit = SVGSurface.rasterLimit
    let (wide, tall) =
      raster.hasEqualCells ? (min(raster.grid.columns, limit), min(raster.grid.rows, limit)) : (limit, limit)
    let values = raster.sampled(columns: wide, rows: tall)
    body += "<g shape-rendering=\"crispEdges\">\n"
    for row in 0..<tall {
      let colors = (0..<wide).map { column -> Color? in
        let value = values[row * wide + column]
        return value.isFinite ? raster.shades.color(of: value) : nil
      }
      var start = 0
      while start < wide {
        var end = start + 1
        while end < wide, colors[end] == colors[start] { end += 1 }
        if let color = colors[start], let part = cell(start..<end, row, wide, tall, box) {
          // A little into the next ones, so that no ground shines through between them.
          rectangle(part, inset: -0.3, attributes: "fill=\"\(color.hex)\"")
        }
        start = end
      }
    }
    body += "</g>\n"
  }

  /// The part of a raster's box that some of its cells take, cut to the plot.
  private func cell(_ columns: Range<Int>, _ row: Int, _ wide: Int, _ tall: Int, _ box: Box) -> Box? {
    func along(_ low: Double, _ high: Double, _ share: Double) -> Double { low + share * (high - low) }
    return Box(
      Place(
        u: along(box.left, box.right, Double(columns.lowerBound) / Double(wide)),
        v: along(box.bottom, box.top, Double(row) / Double(tall))),
      Place(
        u: along(box.left, box.right, Double(columns.upperBound) / Double(wide)),
        v: along(box.bottom, box.top, Double(row + 1) / Double(tall))))
  }

  /// The colour under a place, where a raster has been painted.
  private func paintedColor(at place: Place) -> Color? {
    guard let raster = painted else { return nil }
    let value = raster.value(at: place)
    return value.isFinite ? raster.shades.color(of: value) : nil
  }
}

extension Figure {
  /// The figure as an SVG document: text stays text, every mark is a group of its own, and colours suit a
  /// light and a dark ground.
  ///
  /// Its size is 640 by 400 pixels, or 8 pixels for each column of ``width`` and 20 for each line of
  /// ``height``.
  public func svg() -> String {
    let size = (
      width: Double(width.map { $0 * 8 } ?? 640), height: height.map { Double($0 * 20) }
    )
    let drawing = SVGComposer.drawing(layout, width: max(80, size.width), height: size.height)
    return """
      <svg xmlns="http://www.w3.org/2000/svg" class="nns-figure" role="img" \
      width="\(svgNumber(drawing.width))" height="\(svgNumber(drawing.height))" \
      viewBox="0 0 \(svgNumber(drawing.width)) \(svgNumber(drawing.height))" \
      font-family="system-ui, Helvetica, Arial, sans-serif" font-size="12">
      <title>\(svgEscaped(title ?? "plot"))</title>
      <style>
      .nns-figure { color: #333; fill: currentColor }
      .nns-halo { paint-order: stroke; stroke: #fff; stroke-opacity: 0.75; stroke-width: 3 }
      .nns-ground { fill: #fff; fill-opacity: 0.7 }
      @media (prefers-color-scheme: dark) {
      .nns-figure { color: #ccc }
      .nns-halo { stroke: #111 }
      .nns-ground { fill: #111 }
      }
      </style>
      \(drawing.body)</svg>

      """
  }
}

/// A part of an SVG document and the room it takes.
struct SVGDrawing {
  var body: String
  var width: Double
  var height: Double
}

/// Puts panels together.
enum SVGComposer {
  static func drawing(_ layout: Figure.Layout, width: Double, height: Double?) -> SVGDrawing {
    switch layout {
    case .panel(let panel): return PanelSVG(panel, width: width, height: height ?? width * 0.625).drawing()
    case .stacked(let panel, let strip):
      let total = height ?? width * 0.75
      var upper = PanelSVG(panel, width: width, height: total * 0.7)
      upper.showsXLabels = false
      var below = strip
      below.x = panel.x.joined(with: strip.x)
      below.x.limits = upper.frame.x.low...upper.frame.x.high
      var lower = PanelSVG(below, width: width, height: total * 0.3)
      let left = max(upper.left, lower.left)
      (upper.left, lower.left) = (left, left)
      return stacked([[upper.drawing()], [lower.drawing()]])
    case .grid(let parts):
      // As square as possible, at most three across.
      let across = min(3, max(1, Int(Double(parts.count).squareRoot().rounded(.up))))
      let lines = max(1, (parts.count + across - 1) / across)
      let share = across == 1 ? width : max(320, width / Double(across))
      let rows = stride(from: 0, to: parts.count, by: across).map { start in
        parts[start..<min(parts.count, start + across)].map {
          drawing($0, width: share, height: height.map { $0 / Double(lines) })
        }
      }
      return stacked(rows)
    }
  }

  /// Drawings in rows.
  private static func stacked(_ rows: [[SVGDrawing]]) -> SVGDrawing {
    var result = SVGDrawing(body: "", width: 0, height: 0)
    for row in rows {
      var x = 0.0
      for part in row {
        result.body += "<g transform=\"translate(\(svgNumber(x)) \(svgNumber(result.height)))\">\n"
        result.body += part.body + "</g>\n"
        x += part.width
      }
      result.width = max(result.width, x)
      result.height += row.map(\.height).max() ?? 0
    }
    return result
  }
}

/// A coordinate with one decimal, which is a tenth of a pixel.
func svgNumber(_ value: Double) -> String {
  let tenths = Int((min(1e7, max(-1e7, value.isNaN ? 0 : value)) * 10).rounded())
  let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
  return (tenths < 0 ? "-" : "") + String(whole) + (rest == 0 ? "" : ".\(rest)")
}

/// Text as it stands in a document; characters that XML forbids are left out.
func svgEscaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "\u{9}", "\u{a}", "\u{d}": result += " "
    case "\u{0}"..."\u{1f}", "\u{fffe}", "\u{ffff}": break
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

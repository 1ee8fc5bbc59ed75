import Plotting

/// Pictures with the escape codes that colour them.
struct PicturePainter {
  let colors: TerminalLooks.Colors

  /// The lines of a picture; they end in the terminal's own colours.
  func text(_ picture: Picture) -> String {
    guard colors > .none else { return picture.text }
    return picture.rows.map(line).joined(separator: "\n")
  }

  private func line(_ row: [Picture.Cell]) -> String {
    let end = row.lastIndex { $0.glyph != " " || $0.paper != nil } ?? -1
    var result = ""
    var current = (ink: "", paper: "")
    for cell in row.prefix(end + 1) {
      guard let glyph = cell.glyph else { continue }
      // A space has no ink.
      let ink = glyph == " " ? current.ink : cell.ink.map { code($0, base: 38) } ?? ""
      let paper = cell.paper.map { code($0, base: 48) } ?? ""
      if ink != current.ink || paper != current.paper {
        let codes = ["0", ink, paper].filter { !$0.isEmpty }
        result += "\u{1b}[\(codes.joined(separator: ";"))m"
        current = (ink, paper)
      }
      result.append(glyph)
    }
    return current.ink.isEmpty && current.paper.isEmpty ? result : result + "\u{1b}[0m"
  }

  /// The parameters that choose a colour; `base` is 38 for characters and 48 for what lies behind them.
  private func code(_ color: Color, base: Int) -> String {
    switch colors {
    case .none: ""
    case .full: "\(base);2;\(color.red);\(color.green);\(color.blue)"
    case .indexed: "\(base);5;\(PicturePainter.index(color))"
    case .sixteen: "\(PicturePainter.sixteen(color) + base - 8)"
    }
  }

  /// The nearest of the 256 colours: a cube of 6 × 6 × 6, and greys.
  static func index(_ color: Color) -> Int {
    let steps = [0, 95, 135, 175, 215, 255]
    func nearest(_ part: UInt8) -> Int {
      steps.indices.min { abs(steps[$0] - Int(part)) < abs(steps[$1] - Int(part)) } ?? 0
    }
    let (r, g, b) = (nearest(color.red), nearest(color.green), nearest(color.blue))
    let mean = (Int(color.red) + Int(color.green) + Int(color.blue)) / 3
    let gray = min(23, max(0, (mean - 3) / 10))
    let cube = distance(color, (steps[r], steps[g], steps[b]))
    return distance(color, (8 + 10 * gray, 8 + 10 * gray, 8 + 10 * gray)) < cube
      ? 232 + gray : 16 + 36 * r + 6 * g + b
  }

  /// The nearest of the sixteen colours, as the number to be added to 30 (or 40): from 60 on they are bright.
  static func sixteen(_ color: Color) -> Int {
    let table: [(code: Int, rgb: (Int, Int, Int))] = [
      (0, (0, 0, 0)), (1, (190, 40, 40)), (2, (20, 150, 80)), (3, (200, 140, 30)), (4, (40, 80, 190)),
      (5, (150, 80, 180)), (6, (20, 160, 180)), (7, (200, 200, 200)), (60, (120, 120, 120)),
      (61, (230, 90, 90)),
      (62, (90, 220, 90)), (63, (245, 230, 60)), (64, (70, 140, 220)), (65, (220, 120, 190)),
      (66, (90, 220, 220)),
      (67, (255, 255, 255)),
    ]
    return table.min { distance(color, $0.rgb) < distance(color, $1.rgb) }?.code ?? 7
  }

  private static func distance(_ color: Color, _ rgb: (Int, Int, Int)) -> Int {
    let (r, g, b) = (Int(color.red) - rgb.0, Int(color.green) - rgb.1, Int(color.blue) - rgb.2)
    return 3 * r * r + 6 * g * g + b * b
  }
}

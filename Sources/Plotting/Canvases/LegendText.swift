/// A legend made of characters.
struct LegendText {
  private let entries: [LegendEntry]
  private let glyphs: GlyphSet
  private let hasColor: Bool
  /// Columns of the sign before a name.
  private static let signWidth = 4

  init(_ entries: [LegendEntry], glyphs: GlyphSet, hasColor: Bool) {
    self.entries = entries
    self.glyphs = glyphs
    self.hasColor = hasColor
  }
}

extension LegendText {
  /// The entries one below the other.
  var block: Picture {
    let lines = entries.map(picture)
    var block = Picture(width: lines.map(\.width).max() ?? 1, height: 0)
    for line in lines { block.append(line) }
    return block
  }

  /// The entries one after the other, in lines of at most so many columns.
  func lines(width: Int) -> [Picture] {
    var lines: [Picture] = []
    var used = 0
    for entry in entries.map(picture) {
      if lines.isEmpty || used + entry.width > width {
        lines.append(Picture(width: max(1, width), height: 1))
        used = 0
      }
      lines[lines.count - 1].insert(entry, row: 0, column: used)
      used += entry.width + 3
    }
    return lines
  }

  private func picture(_ entry: LegendEntry) -> Picture {
    let size = LegendText.signWidth + 1 + CharacterWidth.of(entry.name)
    var line = Picture(width: size, height: 1)
    line.write(sign(entry), row: 0, column: 0, ink: entry.pen.color)
    line.write(entry.name, row: 0, column: LegendText.signWidth + 1)
    return line
  }

  private func sign(_ entry: LegendEntry) -> String {
    let width = LegendText.signWidth
    switch entry.sign {
    case .none: return ""
    case .point: return "  " + String(glyphs.marker(entry.pen.ordinal))
    case .shade: return String(repeating: String(glyphs.shades[1]), count: width)
    case .fill:
      let isPlain = hasColor || entry.pen.isAlone
      return String(repeating: isPlain ? glyphs.full : glyphs.filling(entry.pen.ordinal), count: width)
    case .line:
      // A piece of the line itself.
      var sample = TextSurface(width: width, height: 1, glyphs: glyphs, hasColor: hasColor)
      sample.stroke(Place(u: 0, v: 0.4), Place(u: 1, v: 0.4), with: entry.pen)
      return String((0..<width).map { sample.cell($0).glyph ?? " " })
    }
  }
}

extension LegendText {
  /// A place for the block where nothing is drawn, as near to a corner as there is one; nil when there is
  /// none. Upper corners and the right side are preferred.
  func freeSpot(on plot: TextSurface) -> (row: Int, column: Int)? {
    guard !entries.isEmpty else { return (0, 0) }
    let (high, wide) = (entries.count, block.width)
    // A column on each side keeps names apart from lines.
    guard wide + 2 <= plot.width, high <= plot.height, wide * 3 <= plot.width * 2 else { return nil }
    let taken = Taken(plot)
    var best: (cost: Int, row: Int, column: Int)?
    for row in 0...(plot.height - high) {
      for column in 1...(plot.width - wide - 1) {
        let fromRight = plot.width - wide - 1 - column
        let fromTop = 3 * row
        let fromBottom = 3 * (plot.height - high - row) + 8
        let cost = min(fromRight, column - 1 + 4) + min(fromTop, fromBottom)
        guard cost < best?.cost ?? .max else { continue }
        if taken.count(rows: row..<row + high, columns: column - 1..<column + wide + 1) == 0 {
          best = (cost, row, column)
        }
      }
    }
    return best.map { ($0.row, $0.column) }
  }

  /// How many cells of a rectangle are drawn on, answered from sums over rectangles at the corner.
  private struct Taken {
    private let stride: Int
    private var sums: [Int]

    init(_ plot: TextSurface) {
      stride = plot.width + 1
      sums = Array(repeating: 0, count: stride * (plot.height + 1))
      for row in 0..<plot.height {
        var line = 0
        for column in 0..<plot.width {
          line += plot.isFree(row * plot.width + column) ? 0 : 1
          sums[(row + 1) * stride + column + 1] = sums[row * stride + column + 1] + line
        }
      }
    }

    func count(rows: Range<Int>, columns: Range<Int>) -> Int {
      sums[rows.upperBound * stride + columns.upperBound]
        - sums[rows.lowerBound * stride + columns.upperBound]
        - sums[rows.upperBound * stride + columns.lowerBound]
        + sums[rows.lowerBound * stride + columns.lowerBound]
    }
  }
}

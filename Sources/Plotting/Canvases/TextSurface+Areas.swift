/// Bars, bands and shades on character cells.
extension TextSurface {
  mutating func fill(_ box: Box, growing direction: Direction, joins: Bool, with pen: Pen) {
    let isUpright = direction == .up || direction == .down
    // Along the base, in whole cells; along the bar, in eighths of cells from the left or the bottom.
    let across = isUpright ? (box.left, box.right) : (box.bottom, box.top)
    let along = isUpright ? (box.bottom, box.top) : (box.left, box.right)
    let breadth = Double(isUpright ? width : height)
    let length = isUpright ? height : width

    let (first, last) = TextSurface.cells(from: across.0 * breadth, to: across.1 * breadth, joins: joins)
    let isForward = direction == .up || direction == .right
    let base = Int(((isForward ? along.0 : along.1) * Double(length)).rounded())
    let tip = (isForward ? along.1 : along.0) * Double(length)
    let eighths = Int(((isForward ? tip - Double(base) : Double(base) - tip) * 8).rounded())
    // The least bar is seen, too.
    let size = max(along.1 > along.0 ? 1 : 0, eighths)
    guard size > 0 else { return }
    for step in 0..<min((size + 7) / 8, length) {
      guard let glyph = barGlyph(min(8, size - 8 * step), isFirst: step == 0, direction, pen) else {
        continue
      }
      let position = isForward ? base + step : base - 1 - step
      for side in first..<min(last, Int(breadth)) {
        let (column, row) = isUpright ? (side, height - 1 - position) : (position, height - 1 - side)
        setGround(Picture.Cell(glyph: glyph, ink: pen.color), column: column, row: row)
      }
    }
  }

  /// The cells that a bar stands on, one at least. Separate bars are all of one breadth, wherever they stand.
  private static func cells(from start: Double, to end: Double, joins: Bool) -> (first: Int, last: Int) {
    let size = end - start
    let rounded = Int(start.rounded())
    if joins { return (rounded, max(rounded + 1, Int(end.rounded()))) }
    let count = Int(size + 0.01)
    guard count > 0 else { return (rounded, rounded + 1) }
    let first = Int(start + (size - Double(count)) / 2 + 1e-9)
    return (first, first + count)
  }

  /// The character for a cell that a bar fills by so many eighths; nil for an empty one.
  private func barGlyph(_ eighths: Int, isFirst: Bool, _ direction: Direction, _ pen: Pen) -> Character? {
    let isPlain = hasColor || pen.isAlone || pen.ordinal == 0
    if eighths == 8 { return isPlain ? glyphs.full : glyphs.filling(pen.ordinal) }
    let parts = direction == .up ? glyphs.eighthsUp : direction == .right ? glyphs.eighthsRight : []
    if isPlain, !parts.isEmpty { return parts[eighths] }
    let half = direction == .down ? glyphs.upperHalf : direction == .left ? glyphs.rightHalf : nil
    if isPlain, let half { return eighths >= 6 ? glyphs.full : eighths >= 3 || isFirst ? half : nil }
    guard eighths >= 4 || isFirst else { return nil }
    return isPlain ? glyphs.full : glyphs.filling(pen.ordinal)
  }

  mutating func shade(_ region: [Slice], with pen: Pen) {
    guard let first = region.first, let last = region.last else { return }
    let glyph = glyphs.shades[1] == "." ? ":" : glyphs.shades[1]
    var index = 0
    for column in 0..<width {
      let u = (Double(column) + 0.5) / Double(width)
      guard u >= first.u - 0.5 / Double(width), u <= last.u + 0.5 / Double(width) else { continue }
      while index + 2 < region.count, region[index + 1].u < u { index += 1 }
      let (a, b) = (region[index], region[min(index + 1, region.count - 1)])
      let share = b.u > a.u ? min(1, max(0, (u - a.u) / (b.u - a.u))) : 0
      let (bottom, top) = (a.bottom + share * (b.bottom - a.bottom), a.top + share * (b.top - a.top))
      // Cells whose middle lies inside.
      let (low, high) = (
        Int((bottom * Double(height) - 0.5).rounded(.up)), Int((top * Double(height) - 0.5).rounded(.down))
      )
      guard low <= high else { continue }
      for row in low...high {
        setGround(Picture.Cell(glyph: glyph, ink: pen.color), column: column, row: height - 1 - row)
      }
    }
  }

  mutating func paint(_ raster: Raster) {
    let box = raster.box
    let size = (width: box.right - box.left, height: box.top - box.bottom)
    guard size.width > 0, size.height > 0, size.width.isFinite, size.height.isFinite else { return }
    let halves = hasColor && glyphs.upperHalf != nil ? 2 : 1
    func resolution(_ share: Double, _ cells: Int) -> Int {
      max(1, min(Int((min(4, share) * Double(cells)).rounded()), 4 * cells))
    }
    let (wide, tall) = (resolution(size.width, width), resolution(size.height, height * halves))
    let values = raster.sampled(columns: wide, rows: tall)
    func value(_ column: Int, _ half: Int) -> Double {
      let u = ((Double(column) + 0.5) / Double(width) - box.left) / size.width
      let v = ((Double(half) + 0.5) / Double(height * halves) - box.bottom) / size.height
      guard u >= 0, u < 1, v >= 0, v < 1 else { return .nan }
      return values[min(tall - 1, Int(v * Double(tall))) * wide + min(wide - 1, Int(u * Double(wide)))]
    }
    for row in 0..<height {
      for column in 0..<width {
        let low = (height - 1 - row) * halves
        let (lower, upper) = (value(column, low), value(column, low + halves - 1))
        guard let cell = shadedCell(lower: lower, upper: upper, raster.shades) else { continue }
        setGround(cell, column: column, row: row)
      }
    }
  }

  /// A cell that shows two values one above the other, or without colours the lower one.
  func shadedCell(lower: Double, upper: Double, _ shades: Shades) -> Picture.Cell? {
    guard lower.isFinite || upper.isFinite else { return nil }
    guard hasColor else {
      let share = shades.share(of: lower.isFinite ? lower : upper)
      let last = glyphs.shades.count - 1
      return Picture.Cell(glyph: glyphs.shades[min(last, Int(share * Double(last + 1)))])
    }
    let (below, above) = (
      lower.isFinite ? shades.color(of: lower) : nil, upper.isFinite ? shades.color(of: upper) : nil
    )
    guard let half = glyphs.upperHalf, let above else {
      return Picture.Cell(glyph: " ", paper: below ?? above)
    }
    return Picture.Cell(glyph: half, ink: above, paper: below)
  }
}

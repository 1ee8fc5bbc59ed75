/// Character cells that marks draw on.
struct TextSurface {
  /// Cells across.
  let width: Int
  /// Cells down.
  let height: Int
  let glyphs: GlyphSet
  /// Whether colours tell series apart; otherwise dashes, markers and fillings do.
  let hasColor: Bool
  /// What lies under lines and points: bars, bands and shades.
  private(set) var ground: [Picture.Cell?]
  private(set) var dots: [UInt8]
  private(set) var dotInk: [Color?]
  /// The signs that lines are made of where there are no dots.
  private var lineSigns: [Picture.Cell?]
  /// Signs of points and letters of labels, above everything.
  private(set) var signs: [Picture.Cell?]
  /// The dots of a character as powers of two: dividing by them takes longer than drawing a dot.
  private let dotShift: (across: Int, down: Int)
  /// Whether there are no dots, so that lines are made of the signs of points.
  private let hasOnlySigns: Bool
  /// The pen that draws lines, its dashes, how many dots they are counted by, and what it has drawn.
  private var linePen: Pen?
  private var pattern: DashPattern?
  private var length = 0
  private var lineDots = LineDots(columns: 1, rows: 0)

  init(width: Int, height: Int, glyphs: GlyphSet, hasColor: Bool) {
    self.width = max(1, width)
    self.height = max(1, height)
    self.glyphs = glyphs
    self.hasColor = hasColor
    hasOnlySigns = glyphs.glyph(0) == nil
    dotShift = (glyphs.dotsAcross.trailingZeroBitCount, glyphs.dotsDown.trailingZeroBitCount)
    let count = self.width * self.height
    ground = Array(repeating: nil, count: count)
    dots = Array(repeating: 0, count: count)
    dotInk = Array(repeating: nil, count: count)
    signs = Array(repeating: nil, count: count)
    lineSigns = signs
  }
}

extension TextSurface {
  /// The column of dots that a place lies in, from the left.
  @inline(__always)
  func dotColumn(_ u: Double) -> Int { TextSurface.dot(at: u, of: columns) }

  /// The row of dots that a place lies in, from the top.
  @inline(__always)
  func dotRow(_ v: Double) -> Int { TextSurface.dot(at: 1 - v, of: rows) }

  /// Which of several dots a share of their length meets.
  ///
  /// What lies between two goes to the one nearer to the middle: what is symmetric looks so, and rounding errors do
  /// not decide.
  @inline(__always)
  private static func dot(at share: Double, of count: Int) -> Int {
    let share = min(1, max(0, share))
    let middle = 0.5 + 0x1p-10
    return ((share + (middle - share) * 0x1p-32) * Double(count - 1)).nearestIndex
  }

  /// The dot that a place lies in.
  @inline(__always)
  private func dot(_ place: Place) -> Dot { Dot(column: dotColumn(place.u), row: dotRow(place.v)) }

  /// Whether nothing is drawn in a cell.
  func isFree(_ cell: Int) -> Bool {
    ground[cell] == nil && dots[cell] == 0 && signs[cell] == nil && lineSigns[cell] == nil
  }

  /// Puts something under the lines.
  mutating func setGround(_ cell: Picture.Cell, column: Int, row: Int) {
    guard (0..<width).contains(column), (0..<height).contains(row) else { return }
    ground[row * width + column] = cell
  }

  /// Puts something above everything.
  mutating func setSign(_ glyph: Character, ink: Color?, column: Int, row: Int) {
    guard (0..<width).contains(column), (0..<height).contains(row) else { return }
    signs[row * width + column] = Picture.Cell(glyph: glyph, ink: ink)
  }

  /// The cell of a dot.
  @inline(__always)
  private func cellIndex(_ dot: Dot) -> Int {
    (dot.row &>> dotShift.down) &* width &+ (dot.column &>> dotShift.across)
  }

  /// The bit of a dot among those of its cell.
  @inline(__always)
  private func dotMask(_ dot: Dot) -> UInt8 {
    let (x, y) = (dot.column & (glyphs.dotsAcross &- 1), dot.row & (glyphs.dotsDown &- 1))
    return 1 &<< UInt8(truncatingIfNeeded: y &<< dotShift.across | x)
  }

  @inline(__always)
  private mutating func setDot(_ dot: Dot, _ pen: Pen) {
    let (cell, mask) = (cellIndex(dot), dotMask(dot))
    // Of a million points most fall on dots that are there already.
    if dots[cell] & mask != 0, dotInk[cell] == pen.color { return }
    dots[cell] |= mask
    dotInk[cell] = pen.color
  }

  /// Draws Bresenham's line.
  private mutating func drawLine(_ start: Dot, _ end: Dot, _ pen: Pen) {
    lineDots.countLine()
    // From the end that stands out: the line is done where the core begins.
    let isReversed = lineDots[start] == .core
    var (dot, last) = isReversed ? (end, start) : (start, end)
    let endsInCore = lineDots[last] == .core
    var (position, direction) = (length, 1)
    length += steps(start, end)
    if isReversed { (position, direction) = (length, -1) }
    let (dx, dy) = (abs(last.column - dot.column), -abs(last.row - dot.row))
    let (stepX, stepY) = (dot.column < last.column ? 1 : -1, dot.row < last.row ? 1 : -1)
    var error = dx + dy
    while true {
      switch lineDots[dot] {
      case .missing: if pattern?.contains(position) ?? true { setLineDot(dot, pen) }
      case .drawn: break
      case .core: if endsInCore { return }
      }
      if dot == last { return }
      position &+= direction
      let twice = 2 &* error
      if twice >= dy {
        error &+= dy
        dot.column &+= stepX
      }
      if twice <= dx {
        error &+= dx
        dot.row &+= stepY
      }
    }
  }

  /// How many dots follow the first one on a line.
  private func steps(_ start: Dot, _ end: Dot) -> Int {
    max(abs(end.column - start.column), abs(end.row - start.row))
  }

  /// Most dots of a million lines are there already: the rest stays out of their loop.
  @inline(never)
  private mutating func setLineDot(_ dot: Dot, _ pen: Pen) {
    lineDots[dot] = .drawn
    if hasOnlySigns {
      lineSigns[cellIndex(dot)] = Picture.Cell(glyph: glyphs.marker(pen.ordinal), ink: pen.color)
    } else {
      setDot(dot, pen)
    }
  }

  private mutating func take(_ pen: Pen) {
    linePen = pen
    pattern = isDashed(pen) ? DashPattern(pen.ordinal) : nil
    length = 0
    lineDots = LineDots(columns: columns, rows: rows)
  }

  private func isDashed(_ pen: Pen) -> Bool { !hasColor && !pen.isAlone }
}

extension TextSurface: Surface {
  var columns: Int { width * glyphs.dotsAcross }
  var rows: Int { height * glyphs.dotsDown }

  mutating func point(_ place: Place, isMarker: Bool, with pen: Pen) {
    let dot = dot(place)
    if isMarker || hasOnlySigns || isDashed(pen) {
      setSign(
        glyphs.marker(pen.ordinal), ink: pen.color, column: dot.column / glyphs.dotsAcross,
        row: dot.row / glyphs.dotsDown)
    } else {
      setDot(dot, pen)
      // It may cover what lines have drawn.
      if linePen != nil, linePen != pen { linePen = nil }
    }
  }

  mutating func stroke(_ start: Place, _ end: Place, with pen: Pen) {
    guard let (a, b) = TextSurface.clipped(start, end) else { return }
    if linePen != pen { take(pen) }
    drawLine(dot(a), dot(b), pen)
  }

  mutating func stroke(through places: Span<Place>, with pen: Pen) {
    guard places.count > 1 else { return }
    if linePen != pen { take(pen) }
    // The dot of the place before, nil outside of the square, and whether it is in the core.
    var from: Dot?
    var isFromCore = false
    for index in places.indices {
      let place = places[index]
      guard place.isInside else {
        if index > 0 { stroke(places[index - 1], place, with: pen) }
        from = nil
        continue
      }
      let to = dot(place)
      let isCore = lineDots[to] == .core
      if let from {
        if !isCore || !isFromCore {
          drawLine(from, to, pen)
        } else if pattern != nil {
          length += steps(from, to)
        }
      } else if index > 0 {
        stroke(places[index - 1], place, with: pen)
      }
      (from, isFromCore) = (to, isCore)
    }
  }

  func size(of text: String) -> (width: Double, height: Double) {
    (Double(CharacterWidth.of(text) + 2) / Double(width), 1 / Double(height))
  }

  mutating func write(_ text: String, at place: Place, with pen: Pen) {
    // In the cell that the place lies in, as names beside the axis do; dots would round it to another one.
    let column = min(width - 1, max(0, Int(place.u * Double(width) + 1e-9)))
    let row = min(height - 1, max(0, Int((1 - place.v) * Double(height) + 1e-9)))
    let size = CharacterWidth.of(text)
    guard size <= width else { return }
    // A space on each side keeps it apart from what it stands on, where there is one.
    let padded = size + 2 <= width ? " \(text) " : text
    var position = min(max(0, column - (size + 1) / 2), width - CharacterWidth.of(padded))
    for character in padded {
      let cell = row * width + position
      let paper = ground[cell].flatMap { TextSurface.solid($0) }
      setSign(character, ink: paper?.contrast ?? pen.color, column: position, row: row)
      signs[cell]?.paper = hasColor ? paper : nil
      let columns = CharacterWidth.of(character)
      if columns == 2, position + 1 < width { signs[cell + 1] = Picture.Cell(glyph: nil) }
      position += columns
    }
  }

  /// The colour that stands for a cell as a whole.
  static func solid(_ cell: Picture.Cell) -> Color? {
    guard let paper = cell.paper else { return nil }
    return cell.ink.map { paper.mixed(with: $0, share: 0.5) } ?? paper
  }
}

extension TextSurface {
  /// What is to be seen in a cell.
  func cell(_ index: Int) -> Picture.Cell {
    let under = ground[index]
    if var sign = signs[index] ?? lineSigns[index] {
      if hasColor, sign.paper == nil, let under {
        sign.paper = TextSurface.solid(under) ?? (under.glyph == glyphs.full ? under.ink : nil)
        if let paper = sign.paper { sign.ink = TextSurface.readable(sign.ink, on: paper) }
      }
      return sign
    }
    guard dots[index] != 0, let glyph = glyphs.glyph(dots[index]) else { return under ?? Picture.Cell() }
    var cell = Picture.Cell(glyph: glyph, ink: dotInk[index])
    if hasColor, let under {
      cell.paper = TextSurface.solid(under) ?? (under.glyph == glyphs.full ? under.ink : nil)
      if let paper = cell.paper { cell.ink = TextSurface.readable(cell.ink, on: paper) }
    }
    return cell
  }

  /// The colour, or black or white where it would vanish on its ground.
  private static func readable(_ ink: Color?, on paper: Color) -> Color {
    guard let ink, abs(ink.brightness - paper.brightness) > 0.25 else { return paper.contrast }
    return ink
  }
}

import Testing

@testable import Plotting

@Suite("lines in random order")
struct LineDotsTests {
  @Test("every point of many is drawn", arguments: Figure.Style.allCases, [true, false])
  func pointsAreDrawn(style: Figure.Style, isAlone: Bool) {
    // Two outliers near the end, long after most of the picture is full.
    var (x, y) = (SampleFigures.noise(60_000, seed: 1), SampleFigures.noise(60_000, seed: 2).map { $0 / 2 })
    (x[59_000], y[59_000], x[59_500], y[59_500]) = (0.25, 1, 0.75, 0.95)
    var surface = TextSurface(width: 60, height: 15, glyphs: .of(style), hasColor: isAlone)
    let frame = Frame(x: Scale(low: 0, high: 1), y: Scale(low: 0, high: 1))
    LineMark(x: x, y: y).draw(
      on: &surface, in: frame, with: Pen(color: Palette.neutral, ordinal: 0, isAlone: isAlone))
    let missing = x.indices.filter { index in
      let column = surface.dotColumn(frame.x.place(of: x[index])) / surface.glyphs.dotsAcross
      let row = surface.dotRow(frame.y.place(of: y[index])) / surface.glyphs.dotsDown
      return surface.isFree(row * surface.width + column)
    }
    #expect(missing.isEmpty)
  }
  @Test("what is left out had been drawn before", arguments: Figure.Style.allCases)
  func pictureIsWhole(style: Figure.Style) {
    let count = 40_000
    // A round cloud, so that many lines end beside the largest box in it.
    let (x, y) = (SampleFigures.bell(count, seed: 10), SampleFigures.bell(count, seed: 20))
    func place(_ index: Int) -> Place { Place(u: 0.5 + x[index] / 10, v: 0.5 + y[index] / 10) }
    let pen = Pen(color: Palette.neutral, ordinal: 0, isAlone: true)
    let empty = TextSurface(width: 60, height: 15, glyphs: .of(style), hasColor: true)
    // Too few lines for each surface to leave any out.
    var (whole, part, dots) = (empty, empty, empty.dots)
    var signs = Set<Int>()
    func takePart() {
      for cell in dots.indices {
        dots[cell] |= part.dots[cell]
        if !part.isFree(cell) { signs.insert(cell) }
      }
      part = empty
    }
    for index in 1..<count {
      let ends = (place(index - 1), place(index))
      whole.stroke(ends.0, ends.1, with: pen)
      part.stroke(ends.0, ends.1, with: pen)
      if index % 4_000 == 0 { takePart() }
    }
    takePart()
    // A line may be drawn from its other end, which rounds halves the other way.
    let differing = dots.indices.reduce(0) { $0 + (dots[$1] ^ whole.dots[$1]).nonzeroBitCount }
    #expect(differing <= 3)
    #expect(dots.indices.count { signs.contains($0) == whole.isFree($0) } <= 1)
  }
}

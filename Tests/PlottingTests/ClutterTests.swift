import Testing

@testable import Plotting

@Suite("lines in random order")
struct ClutterTests {
  @Test("every point of many is drawn", arguments: Figure.Style.allCases, [true, false])
  func pointsAreDrawn(style: Figure.Style, isAlone: Bool) {
    // Two outliers near the end, long after most of the picture is full.
    var (x, y) = (SampleFigures.noise(60_000, seed: 1), SampleFigures.noise(60_000, seed: 2).map { $0 / 2 })
    (x[59_000], y[59_000], x[59_500], y[59_500]) = (0.25, 1, 0.75, 0.95)
    var surface = TextSurface(width: 60, height: 15, glyphs: .of(style), hasColor: true)
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
}

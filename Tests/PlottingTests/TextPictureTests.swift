import Testing

@testable import Plotting

@Suite("pictures of characters")
struct TextPictureTests {
  @Test("no line is wider than asked for", arguments: SampleFigures.all.map(\.name))
  func linesFit(of name: String) {
    var tooWide: [String] = []
    for width in [1, 5, 12, 20, 33, 80, 130] {
      for hasColor in [false, true] {
        for isUnicode in [false, true] {
          var options = TextOptions()
          (options.width, options.hasColor, options.isUnicode) = (width, hasColor, isUnicode)
          let picture = SampleFigures.make(name).picture(options)
          let widest = picture.text.split(separator: "\n").map { CharacterWidth.of(String($0)) }.max() ?? 0
          if widest > width || !isUnicode && !isASCII(picture, name) { tooWide.append("\(width): \(widest)") }
        }
      }
    }
    #expect(tooWide.isEmpty)
  }

  /// Labels are the user's own; everything else has to be ASCII.
  private func isASCII(_ picture: Picture, _ name: String) -> Bool {
    name == "wide-characters" || picture.text.utf8.allSatisfy { $0 < 0x80 }
  }

  @Test("series differ without colours")
  func seriesDiffer() {
    let x = [0.0, 1], y = [0.5, 0.5]
    let pictures = (0..<4).map { ordinal in
      var surface = TextSurface(width: 20, height: 1, glyphs: .of(.braille), hasColor: false)
      LineMark(x: x, y: y).draw(
        on: &surface, in: Frame(x: Scale(low: 0, high: 1), y: Scale(low: 0, high: 1)),
        with: Pen(color: nil, ordinal: ordinal, isAlone: false))
      return String((0..<20).map { surface.cell($0).glyph ?? " " })
    }
    #expect(Set(pictures).count == pictures.count)
  }

  @Test("with colours series have theirs")
  func seriesHaveColors() {
    var options = TextOptions()
    options.hasColor = true
    let inks = Set(SampleFigures.make("lines").picture(options).rows.joined().compactMap(\.ink))
    #expect(inks.isSuperset(of: Palette.series.prefix(3)))
  }

  @Test(
    "columns of text",
    arguments: [
      ("abc", 3), ("é", 1), ("e\u{301}", 1), ("损失", 4), ("🎉", 2), ("\u{200b}", 0), ("①", 1), ("ｱ", 1),
      ("Ａ", 2),
    ])
  func columns(of text: String, are columns: Int) {
    #expect(CharacterWidth.of(text) == columns)
  }

  @Test(
    "sparklines",
    arguments: [
      ([1, 2, 3, 4, 5, 6, 7, 8], 8, "▁▂▃▄▅▆▇█"), ([1, 1, 1], 8, "▅▅▅"), ([], 8, ""),
      ([.nan, 1, 2], 8, " ▁█"),
      ([0, 0, 4, 4, 8, 8], 3, "▁▅█"), ([.nan], 4, " "), ([1, 2], 0, ""),
    ] as [([Double], Int, String)])
  func sparklines(of numbers: [Double], width: Int, are text: String) {
    #expect(sparkline(numbers, width: width) == text)
  }
}

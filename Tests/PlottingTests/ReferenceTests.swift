import Plotting
import Testing

@Suite("reference pictures")
struct ReferenceTests {
  @Test("every kind on every canvas and in colours", arguments: SampleFigures.all.map(\.name))
  func textIsAsKept(of name: String) throws {
    var text = ""
    for style in Figure.Style.allCases {
      for width in [40, 80, 200] {
        var figure = SampleFigures.make(name)
        figure.style = style
        var options = TextOptions()
        options.width = width
        text += "\(style.rawValue) \(width)\n\(figure.picture(options).text)\n\n"
      }
    }
    try References.expect(text, toBe: "\(name).txt")
  }

  @Test("every kind as a drawing", arguments: SampleFigures.all.map(\.name))
  func drawingIsAsKept(of name: String) throws {
    try References.expect(SampleFigures.make(name).svg(), toBe: "\(name).svg")
  }
}

@testable import Plotting
import Testing

/// Data that leave nothing, or hardly anything, to be drawn.
struct Degenerate: Sendable, CustomTestStringConvertible {
  var name: String
  var x: [Double]
  var y: [Double]
  /// What the picture has to say.
  var says: [String] = []

  var testDescription: String { name }

  static let all = [
    Degenerate(name: "empty", x: [], y: [], says: ["no data"]),
    Degenerate(name: "one point", x: [2], y: [3], says: ["•"]),
    Degenerate(name: "constant", x: [0, 1, 2], y: [5, 5, 5], says: ["6", "4"]),
    Degenerate(name: "zero", x: [0, 1, 2], y: [0, 0, 0]),
    Degenerate(name: "nan", x: [0, 1], y: [.nan, .nan], says: ["no data", "2 of 2 points are not finite"]),
    Degenerate(
      name: "mixed", x: [0, 1, 2], y: [1, .infinity, -.infinity], says: ["2 of 3 points are not finite"]),
    Degenerate(name: "tiny", x: [0, 1, 2], y: [1e-300, 3e-300, 2e-300], says: ["3e-300"]),
    Degenerate(name: "huge", x: [0, 1, 2], y: [-1e308, 1e308, 1.7e308], says: ["1e308"]),
    Degenerate(name: "1e300", x: [1e300, 1e300], y: [1e300, 1e300], says: ["1e300"]),
    Degenerate(name: "subnormal", x: [0, 1], y: [.leastNonzeroMagnitude, 1e3 * .leastNonzeroMagnitude]),
    Degenerate(name: "largest", x: [-.greatestFiniteMagnitude, .greatestFiniteMagnitude], y: [0, 1]),
    Degenerate(name: "unequal", x: [0, 1, 2], y: [1, 2]),
    Degenerate(name: "neighbours", x: [1, 1.0.nextUp], y: [1e17, 1e17.nextUp]),
  ]
}

@Suite("degenerate data")
struct DegenerateTests {
  private static func marks(_ data: Degenerate) -> [any Mark] {
    let bins = HistogramBins(suiting: data.y)
    return [
      LineMark(x: data.x, y: data.y), PointMark(x: data.x, y: data.y),
      BandMark(x: data.x, low: data.y, high: data.y), ErrorBarMark(x: data.x, low: data.y, high: data.y),
      HistogramMark(data.y, bins: bins), HistogramMark(data.y, bins: bins, isOutline: true),
      BoxMark([data.y]),
      BarMark(zip(data.x, data.y).map { BarMark.Bar(from: $0, to: $0 + 1, value: $1) }),
      BarMark(zip(data.x, data.y).map { BarMark.Bar(from: $0, to: $0 + 1, value: $1) }, isHorizontal: true),
      RuleMark(x: data.x.first ?? .nan), LabelMark([LabelMark.Label("a", x: .nan, y: .infinity)]),
    ]
      + [Grid(data.y, columns: data.y.count, rows: 1, x: 0...1, y: 0...1)].compactMap(\.self).flatMap {
        [HeatMark($0, .suiting($0)), ContourMark($0, levels: data.y)] as [any Mark]
      }
  }

  @Test("a line says what there is", arguments: Degenerate.all)
  func lineSaysWhatThereIs(_ data: Degenerate) {
    let text = Figure(Panel([Series(marks: [LineMark(x: data.x, y: data.y)])])).picture().text
    let missing = data.says.filter { !text.contains($0) }
    #expect(missing.isEmpty, "\(text)")
  }

  @Test("every mark is drawn on every canvas and axis", arguments: Degenerate.all)
  func everyMarkIsDrawn(_ data: Degenerate) {
    for mark in DegenerateTests.marks(data) {
      for (isXLog, isYLog) in [(false, false), (true, false), (false, true), (true, true)] {
        var panel = Panel([Series("a long name of a series", marks: [mark])])
        (panel.x.isLog, panel.y.isLog) = (isXLog, isYLog)
        for style in Figure.Style.allCases {
          for width in [8, 20, 100] {
            var figure = Figure(panel)
            figure.style = style
            var options = TextOptions()
            (options.width, options.hasColor) = (width, width == 100)
            #expect(!figure.picture(options).rows.isEmpty)
          }
        }
        #expect(Figure(panel).svg().hasSuffix("</svg>\n"))
      }
    }
  }

  @Test("values that are not positive are counted on a logarithmic axis")
  func negativeOnLogarithmicAxis() {
    var panel = Panel([
      Series(marks: [LineMark(x: [1, 2, 3, 4] as [Double], y: [-1, 0, 1, 10] as [Double])])
    ])
    panel.y.isLog = true
    #expect(Figure(panel).picture().text.contains("2 of 4 points are not positive"))
  }

  @Test("limits cut off what lies beyond, however far")
  func limitsCut() {
    var panel = Panel([
      Series(marks: [LineMark(x: [0, 1, 2] as [Double], y: [-1e300, 0, 1e300] as [Double])])
    ])
    panel.x.limits = 0.5...1.5
    panel.y.limits = -1...1
    #expect(Figure(panel).picture().text.contains("⡇") || Figure(panel).picture().text.contains("⢸"))
  }

  @Test("long titles and labels stay inside of a drawing", arguments: [1, 8, 12, 40])
  func longTextsStayInside(count: Int) {
    var panel = Panel([Series(marks: [LineMark(x: [0, 1] as [Double], y: [0, 1] as [Double])])])
    let words = Array(repeating: "longer", count: count).joined(separator: " ")
    (panel.title, panel.x.label, panel.y.label, panel.footnote) = (words, words, words, words)
    let drawing = Figure(panel).svg()
    let texts = drawing.split(separator: "\n").filter { $0.contains("longer") && $0.hasPrefix("<text") }
    // Upwards there is less room than across.
    let isWhole = texts.map { !$0.contains("…</text>") }
    let wholes = [1: 4, 8: 4, 12: 2, 40: 0][count]
    #expect(texts.count == 4 && isWhole.count(where: \.self) == wholes, "\(texts)")
    for text in texts where text.contains("middle") && !text.contains("rotate") {
      let middle = text.split(separator: "\"")[1]
      let half = PanelSVG.size(of: String(text.split { "<>".contains($0) }[1])) / 2
      #expect(Double(middle).map { $0 - half >= 0 && $0 + half <= 640 } == true, "\(text)")
    }
  }

  @Test("markup in names stays text")
  func markupStaysText() {
    var panel = Panel([Series("<b>&\"", marks: [LineMark(x: [0, 1] as [Double], y: [0, 1] as [Double])])])
    panel.title = "a < b & c\u{1}"
    let drawing = Figure(panel).svg()
    #expect(drawing.contains("<title>a &lt; b &amp; c</title>") && !drawing.contains("<b>"))
  }
}

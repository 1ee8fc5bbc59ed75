import Plotting
import Testing

@Suite("marks taken apart")
struct MarkPartsTests {
  @Test("what is put together again looks the same", arguments: SampleFigures.all.map(\.name))
  func looksTheSame(_ name: String) {
    let figure = SampleFigures.make(name)
    var again = figure
    again.layout = MarkPartsTests.rebuilt(figure.layout)
    #expect(again.picture() == figure.picture())
    #expect(again.svg() == figure.svg())
  }

  private static func rebuilt(_ layout: Figure.Layout) -> Figure.Layout {
    switch layout {
    case .panel(let panel): .panel(rebuilt(panel))
    case .stacked(let panel, let strip): .stacked(rebuilt(panel), strip: rebuilt(strip))
    case .grid(let parts): .grid(parts.map(rebuilt))
    }
  }

  private static func rebuilt(_ panel: Panel) -> Panel {
    var panel = panel
    for index in panel.series.indices {
      panel.series[index].marks = panel.series[index].marks.compactMap(\.parts.mark)
    }
    return panel
  }

  @Test("damaged parts are no mark", arguments: SampleFigures.all.map(\.name))
  func damagedPartsAreNoMark(_ name: String) {
    for mark in SampleFigures.make(name).layout.panels.flatMap(\.series).flatMap(\.marks) {
      for damage in [
        { (parts: inout MarkParts) in parts.rows = [] }, { $0.numbers = [] },
        { $0.numbers = [.nan, -1, .infinity] },
        { $0.texts = [] }, { $0.kind = "unknown" }, { parts in parts.rows = parts.rows.map { _ in [1.0] } },
      ] {
        var parts = mark.parts
        damage(&parts)
        guard let other = parts.mark else { continue }
        // Some marks do without; then they can be drawn.
        #expect(!Figure(Panel([Series(marks: [other])])).picture().rows.isEmpty)
      }
    }
  }
}

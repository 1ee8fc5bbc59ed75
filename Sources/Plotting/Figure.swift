/// A plot as data: panels with marks, scales and labels, before anything is drawn.
public struct Figure {
  /// How panels stand together.
  public indirect enum Layout {
    /// One pair of axes.
    case panel(Panel)
    /// A panel with a low one under it that shares its x axis, as residuals under a fit.
    case stacked(Panel, strip: Panel)
    /// Side by side, in as many rows as the width requires; two parts or more, ``Figure/plotLimit`` in all.
    case grid([Layout])
  }

  /// The signs that a text picture is made of.
  public enum Style: String, CaseIterable, Sendable {
    /// Eight dots to a character.
    case braille
    /// Four blocks to a character.
    case block
    /// Letters and punctuation.
    case ascii
  }

  /// The panels.
  public var layout: Layout
  /// Columns of text, or of an eighth of that many pixels; nil for what there is room for.
  public var width: Int?
  /// Lines of text, titles and ticks included; nil for half of the width as it looks.
  public var height: Int?
  /// The signs of text pictures; nil for the finest that can be shown.
  public var style: Style?

  /// A figure of these panels.
  public init(_ layout: Layout) { self.layout = layout }

  /// A figure of one panel.
  public init(_ panel: Panel) { self.init(.panel(panel)) }
}

extension Figure {
  /// Plots that a grid holds at most, those of grids within it included.
  ///
  /// As every grid has two parts or more, this bounds its depth as well.
  public static let plotLimit = 64

  /// Figures side by side: one is left as it is; nil for none and for more than ``plotLimit``.
  public static func grid(_ figures: [Figure]) -> Figure? {
    if figures.count == 1 { return figures.first }
    guard let layout = Layout.grid(of: figures.map(\.layout)) else { return nil }
    var grid = Figure(layout)
    grid.style = figures.lazy.compactMap(\.style).first
    return grid
  }

  /// How many plots stand side by side; one over a strip is one.
  public var plotCount: Int { layout.plotCount }

  /// Why two figures do not go into one panel.
  public enum OverlayError: Error {
    /// One of them is a grid.
    case grid
    /// So many series are more than ``Panel/seriesLimit``.
    case series(Int)
  }

  /// Both in one panel, with scales for both.
  ///
  /// What is said about axes, title and size in this figure counts before what the other says.
  public func overlaid(with other: Figure) throws(OverlayError) -> Figure {
    guard let layout = layout.overlaid(with: other.layout) else { throw .grid }
    if let count = layout.panels.map(\.series.count).max(), count > Panel.seriesLimit {
      throw .series(count)
    }
    var joined = Figure(layout)
    joined.width = width ?? other.width
    joined.height = height ?? other.height
    joined.style = style ?? other.style
    return joined
  }

  /// What it is about: the title of the first panel that has one.
  public var title: String? { layout.panels.lazy.compactMap(\.title).first }
}

extension Figure.Layout {
  /// Layouts side by side: one is left as it is; nil for none and for more than ``Figure/plotLimit`` plots.
  public static func grid(of parts: [Figure.Layout]) -> Figure.Layout? {
    guard parts.count > 1 else { return parts.first }
    guard parts.count <= Figure.plotLimit,
      parts.reduce(0, { $0 + $1.plotCount }) <= Figure.plotLimit
    else { return nil }
    return .grid(parts)
  }

  fileprivate var plotCount: Int {
    switch self {
    case .panel, .stacked: 1
    case .grid(let parts): parts.reduce(0) { $0 + $1.plotCount }
    }
  }

  /// All panels in reading order.
  public var panels: [Panel] {
    switch self {
    case .panel(let panel): [panel]
    case .stacked(let panel, let strip): [panel, strip]
    case .grid(let parts): parts.flatMap(\.panels)
    }
  }

  fileprivate func overlaid(with other: Figure.Layout) -> Figure.Layout? {
    switch (self, other) {
    case (.panel(let mine), .panel(let theirs)): .panel(mine.overlaid(with: theirs))
    case (.stacked(let mine, let strip), .panel(let theirs)):
      .stacked(mine.overlaid(with: theirs), strip: strip)
    case (.panel(let mine), .stacked(let theirs, let strip)):
      .stacked(mine.overlaid(with: theirs), strip: strip)
    case (.stacked(let mine, let strip), .stacked(let theirs, let other)):
      .stacked(mine.overlaid(with: theirs), strip: strip.overlaid(with: other))
    case (.grid, _), (_, .grid): nil
    }
  }
}

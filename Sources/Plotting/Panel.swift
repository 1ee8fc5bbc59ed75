/// One pair of axes and what is drawn between them.
public struct Panel {
  /// The line above it.
  public var title: String?
  /// The axis to the right.
  public var x = Axis()
  /// The axis upwards.
  public var y = Axis()
  /// What is drawn.
  public var series: [Series]
  /// Whether series with names are explained.
  public var showsLegend = true
  /// Colours of the series in their order, used again from the first when there are more series.
  public var colors: [Color] = []
  /// A remark under the picture.
  public var footnote: String?

  /// A panel of these series.
  public init(_ series: [Series] = []) { self.series = series }
}

extension Panel {
  /// Series that one panel holds at most when plots are added; more could not be told apart.
  public static let seriesLimit = 1000

  /// Both in one, with this panel's title and axes where both have them.
  func overlaid(with other: Panel) -> Panel {
    var joined = self
    joined.title = title ?? other.title
    joined.x = x.joined(with: other.x)
    joined.y = y.joined(with: other.y)
    joined.series += other.series
    joined.showsLegend = showsLegend && other.showsLegend
    joined.colors = colors.isEmpty ? other.colors : colors
    // What both say is said once.
    let footnotes = [footnote, other.footnote == footnote ? nil : other.footnote].compactMap(\.self)
    joined.footnote = footnotes.isEmpty ? nil : footnotes.joined(separator: "; ")
    return joined
  }
}

/// Marks that belong together: one colour, one entry of the legend.
public struct Series {
  /// What the legend calls it; nil for nothing.
  public var name: String?
  /// Its colour; nil for the next one of the panel.
  public var color: Color?
  /// Whether it belongs to the panel rather than to the data, as a zero line does: it takes no colour
  /// from the row of series.
  public var isNeutral: Bool
  /// What is drawn, from the ground up.
  public var marks: [any Mark]

  /// Marks under one name.
  public init(_ name: String? = nil, color: Color? = nil, isNeutral: Bool = false, marks: [any Mark]) {
    self.name = name
    self.color = color
    self.isNeutral = isNeutral
    self.marks = marks
  }
}

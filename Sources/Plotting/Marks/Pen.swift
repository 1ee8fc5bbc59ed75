/// How a series is drawn: by colour, and by dashes and markers where there is none.
public struct Pen: Equatable, Sendable {
  /// The colour; nil for that of the text around.
  public var color: Color?
  /// The number of the series, which decides its dashes and its marker; -1 for what belongs to the panel.
  public var ordinal: Int
  /// Whether it has the panel for itself, so that nothing needs to be told apart.
  public var isAlone: Bool

  init(color: Color?, ordinal: Int, isAlone: Bool) {
    self.color = color
    self.ordinal = ordinal
    self.isAlone = isAlone
  }

  /// For what belongs to the panel.
  static let neutral = Pen(color: Palette.neutral, ordinal: -1, isAlone: true)

  /// The same in another colour.
  func colored(_ color: Color?) -> Pen { Pen(color: color, ordinal: ordinal, isAlone: isAlone) }
}

/// The pattern of a line that has no colour: dots that are drawn and left out in turn.
struct DashPattern {
  private let isDrawn: [Bool]

  private static let patterns: [[Int]] = [[1], [5, 3], [1, 2], [7, 2, 1, 2], [3, 3], [1, 4]]

  /// The pattern of a series.
  init(_ ordinal: Int) {
    let lengths = DashPattern.patterns[max(0, ordinal) % DashPattern.patterns.count]
    isDrawn = lengths.enumerated().flatMap { index, length in
      Array(repeating: index.isMultiple(of: 2), count: length)
    }
  }

  /// Whether the dot at a distance from the line's start is drawn.
  func contains(_ distance: Int) -> Bool { isDrawn[distance % isDrawn.count] }
}

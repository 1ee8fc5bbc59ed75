import Plotting

/// What the command line and `:set` say about the looks of outputs.
struct Appearance {
  /// Whether plots have colours.
  var color = TerminalLooks.Wish.auto
  /// Whether plots are made of ASCII characters only.
  var isASCII = false
  /// The signs of plots that choose none themselves; nil for the finest the terminal shows.
  var style: Figure.Style?
  /// Significant digits of numbers; nil for the usual ones.
  var digits: Int?
  /// Columns that outputs may take; nil for the terminal's.
  var width: Int?
  /// Whether long calculations show how far they have come.
  var showsProgress = true
}

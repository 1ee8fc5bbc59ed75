/// What the command line says about the looks of outputs.
struct Appearance {
  /// Whether plots have colours.
  var color = TerminalLooks.Wish.auto
  /// Whether plots are made of ASCII characters only.
  var isASCII = false
}

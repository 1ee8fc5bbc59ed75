/// Colours of series: they can be told apart, and read on white and on black.
public enum Palette {
  /// In the order in which series take them.
  public static let series: [Color] = [
    Color(0x3b82c4), Color(0xe6862a), Color(0x2e9e6b), Color(0xd6454f), Color(0x9467bd), Color(0x22a5b8),
    Color(0xd977b0), Color(0x8c8c8c),
  ]

  /// What axes, labels and neutral lines are drawn with.
  public static let neutral = Color(0x808080)
}

/// The characters of one style of text pictures.
struct GlyphSet: Sendable {
  /// Dots to a character, to the right.
  let dotsAcross: Int
  /// Dots to a character, upwards.
  let dotsDown: Int
  /// Signs of points, by series.
  let markers: [Character]
  /// From empty to full.
  let shades: [Character]
  /// Bars that end inside a character: from the bottom up and from the left, by eighths; empty when bars
  /// end between characters.
  let eighthsUp: [Character]
  let eighthsRight: [Character]
  /// The lower edge of a bar that hangs down, and the left part of one that grows to the left.
  let upperHalf: Character?
  let rightHalf: Character?
  let full: Character
  /// Fillings of bars, by series.
  let fillings: [Character]
  /// Axes: upright, level, corner, ticks to the left and down, and a zero line.
  let upright: Character
  let level: Character
  let corner: Character
  let tickLeft: Character
  let tickDown: Character
  let zero: Character
  let ellipsis: String
  private let dots: [Character]
}

extension GlyphSet {
  /// The characters of a style.
  static func of(_ style: Figure.Style) -> GlyphSet {
    switch style {
    case .braille: braille
    case .block: block
    case .ascii: ascii
    }
  }

  /// The character that shows a set of dots: bit `row * dotsAcross + column`, from the upper left. Nil where
  /// a set of dots has no character of its own, and the marker of a series stands for it.
  func glyph(_ mask: UInt8) -> Character? { dots.isEmpty ? nil : dots[Int(mask)] }

  /// The sign of a series' points.
  func marker(_ ordinal: Int) -> Character { ordinal < 0 ? zero : markers[ordinal % markers.count] }

  /// What bars of a series are filled with where there is no colour.
  func filling(_ ordinal: Int) -> Character { ordinal < 0 ? full : fillings[ordinal % fillings.count] }

  private static let braille = GlyphSet(unicodeDots: brailleDots, across: 2, down: 4)
  private static let block = GlyphSet(unicodeDots: Array(" ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"), across: 2, down: 2)

  private static let ascii = GlyphSet(
    dotsAcross: 1, dotsDown: 1, markers: Array("*ox+#@%&"), shades: Array(" .:-=+*#%@"), eighthsUp: [],
    eighthsRight: [], upperHalf: nil, rightHalf: nil, full: "#",
    fillings: Array("#=:%"), upright: "|", level: "-", corner: "+",
    tickLeft: "+", tickDown: "+", zero: ".", ellipsis: "...", dots: [])

  private init(unicodeDots: [Character], across: Int, down: Int) {
    self.init(
      dotsAcross: across, dotsDown: down, markers: Array("•×○+▲□◆▽"), shades: Array(" ░▒▓█"),
      eighthsUp: Array(" ▁▂▃▄▅▆▇"), eighthsRight: Array(" ▏▎▍▌▋▊▉"), upperHalf: "▀", rightHalf: "▐",
      full: "█", fillings: Array("█▒░▓"), upright: "│", level: "─", corner: "└", tickLeft: "┤", tickDown: "┬",
      zero: "┈",
      ellipsis: "…", dots: unicodeDots)
  }

  /// Braille patterns number their dots 1 2 3 7 down the left and 4 5 6 8 down the right column; here they
  /// go row by row.
  private static let brailleDots: [Character] = (0..<256).map { mask in
    let bits: [UInt32] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
    let pattern = bits.enumerated().reduce(0) { sum, bit in
      mask >> bit.offset & 1 == 1 ? sum | bit.element : sum
    }
    return pattern == 0 ? " " : Unicode.Scalar(0x2800 + pattern).map(Character.init) ?? " "
  }
}

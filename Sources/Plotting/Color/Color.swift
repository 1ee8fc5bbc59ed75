/// A colour of the screen.
public struct Color: Hashable, Sendable {
  /// How much red, from 0 to 255.
  public var red: UInt8
  /// How much green.
  public var green: UInt8
  /// How much blue.
  public var blue: UInt8

  /// A colour from its parts as one number: `0xff8000` is an orange.
  public init(_ rgb: UInt32) {
    red = UInt8(rgb >> 16 & 255)
    green = UInt8(rgb >> 8 & 255)
    blue = UInt8(rgb & 255)
  }
}

extension Color {
  /// The colour of a name of ``names`` or of digits as in `#ff8000` and `#f80`; nil for anything else.
  public init?(named text: String) {
    if let named = Color.named[text.lowercased()] {
      self.init(named)
      return
    }
    guard text.first == "#" else { return nil }
    let digits = text.dropFirst()
    let six = digits.count == 3 ? digits.map { "\($0)\($0)" }.joined() : String(digits)
    guard six.count == 6, let rgb = UInt32(six, radix: 16) else { return nil }
    self.init(rgb)
  }

  /// The names that colours can be given by.
  public static var names: [String] { named.keys.sorted() }

  private static let named: [String: UInt32] = [
    "blue": 0x3b82c4, "orange": 0xe6862a, "green": 0x2e9e6b, "red": 0xd6454f, "purple": 0x9467bd,
    "cyan": 0x22a5b8, "pink": 0xd977b0, "gray": 0x8c8c8c, "grey": 0x8c8c8c, "yellow": 0xd9b310,
    "brown": 0xa0705a, "black": 0x000000, "white": 0xffffff,
  ]

  /// Written as in style sheets: `#ff8000`.
  public var hex: String {
    "#"
      + [red, green, blue].map { part in
        let digits = String(part, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
  }

  /// This colour with a share of another, 0 for none of it.
  public func mixed(with other: Color, share: Double) -> Color {
    func mix(_ a: UInt8, _ b: UInt8) -> UInt8 {
      UInt8((Double(a) + (Double(b) - Double(a)) * min(1, max(0, share))).rounded())
    }
    var result = self
    result.red = mix(red, other.red)
    result.green = mix(green, other.green)
    result.blue = mix(blue, other.blue)
    return result
  }

  /// How bright it looks, from 0 to 1 (Rec. 709 weights).
  public var brightness: Double {
    (0.2126 * Double(red) + 0.7152 * Double(green) + 0.0722 * Double(blue)) / 255
  }

  /// Black or white, whichever can be read on it.
  var contrast: Color { brightness > 0.5 ? Color(0x000000) : Color(0xffffff) }
}

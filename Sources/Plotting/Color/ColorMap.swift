/// A passage of colours for shares between 0 and 1.
public struct ColorMap: Equatable, Sendable {
  private let stops: [Color]

  /// A passage through these colours at equal distances.
  public init(_ stops: [Color]) { self.stops = stops.isEmpty ? [Palette.neutral] : stops }

  /// From dark blue through green to yellow; equal steps look equal, also in shades of grey (viridis of
  /// Smith and van der Walt).
  public static let viridis = ColorMap(
    [
      0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6dcd59, 0xb4de2c, 0xfde725,
    ].map { Color($0) })

  /// The colours as numbers, to be kept.
  var numbers: [Double] { stops.map(\.number) }

  /// From white to a full colour, for counts.
  public static func tints(of color: Color) -> ColorMap {
    ColorMap([
      color.mixed(with: Color(0xffffff), share: 0.92), color, color.mixed(with: Color(0), share: 0.35),
    ])
  }

  /// The colour of a share; shares outside of 0...1 count as the nearest end.
  public func color(at share: Double) -> Color {
    let place = min(1, max(0, share.isNaN ? 0 : share)) * Double(stops.count - 1)
    let index = min(Int(place), stops.count - 1)
    guard index + 1 < stops.count else { return stops[index] }
    return stops[index].mixed(with: stops[index + 1], share: place - Double(index))
  }
}

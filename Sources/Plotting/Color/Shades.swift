/// What numbers of a grid look like: colours, or without them characters from light to dark.
public enum Shades: Equatable, Sendable {
  /// A passage between two values, in `bands` equal steps or, for nil, smoothly.
  case passage(ColorMap, low: Double, high: Double, isLog: Bool, bands: Int?)
  /// Classes 0, 1, … with a colour each; what a value has beyond its class, between 0 and 1, is how sure
  /// that is.
  case classes([Color])
}

extension Shades {
  /// A passage over the values of a grid; with `mayBeLog` a logarithmic one where most of them extend over
  /// orders of magnitude, as losses do.
  public static func suiting(
    _ grid: Grid, _ map: ColorMap = .viridis, mayBeLog: Bool = false, bands: Int? = nil
  ) -> Shades {
    let scale = grid.suitingScale
    guard mayBeLog, scale.isLog else {
      let extent = grid.extent
      return .passage(
        map, low: extent.isEmpty ? 0 : extent.low, high: extent.isEmpty ? 1 : extent.high, isLog: false,
        bands: bands)
    }
    return .passage(map, low: scale.low, high: scale.high, isLog: true, bands: bands)
  }

  /// Whether values between two values have a meaning.
  var isContinuous: Bool {
    switch self {
    case .passage: true
    case .classes: false
    }
  }

  /// The scale of a passage; nil for classes, and for a single value.
  var scale: Scale? {
    guard case .passage(_, let low, let high, let isLog, _) = self, low < high else { return nil }
    return Scale(low: low, high: high, isLog: isLog)
  }

  /// How far from light to dark a value is, from 0 to 1.
  func share(of value: Double) -> Double {
    switch self {
    case .passage(_, _, _, _, let bands):
      let place = min(1, max(0, scale?.place(of: value) ?? 0.5))
      guard let bands else { return place }
      return min(Double(bands - 1), (place * Double(bands)).rounded(.down)) / Double(max(1, bands - 1))
    case .classes(let colors):
      // The darkest shades are left to what is drawn above.
      let last = Double(max(1, colors.count - 1))
      return 0.5 * min(last, max(0, value.rounded(.down))) / last
    }
  }

  /// The colour of a value.
  func color(of value: Double) -> Color {
    switch self {
    case .passage(let map, _, _, _, _): return map.color(at: share(of: value))
    case .classes(let colors):
      guard !colors.isEmpty, value >= 0 else { return Palette.neutral }
      let index = min(colors.count - 1, Int(min(value, 1e6)))
      let sureness = min(1, max(0, value - Double(index)))
      return colors[index].mixed(with: Color(0xb4b4b4), share: 0.75 - 0.5 * sureness)
    }
  }
}

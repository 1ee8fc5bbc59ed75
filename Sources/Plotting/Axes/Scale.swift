/// The map from values to places between 0 and 1 along one axis.
public struct Scale: Equatable, Sendable {
  /// The value at one end: the lower one.
  public let low: Double
  /// The value at the other end.
  public let high: Double
  /// Whether equal ratios have equal lengths.
  public let isLog: Bool
  /// Whether the lower value stands at 1.
  public let isReversed: Bool
  /// Keeps differences of huge and of tiny values within the range of doubles.
  private let unit: Double
  private let origin: Double
  private let factor: Double

  /// Maps `low` to 0 and `high` to 1; `low < high`, and both are positive when it is logarithmic.
  init(low: Double, high: Double, isLog: Bool = false, isReversed: Bool = false) {
    self.low = low
    self.high = high
    self.isLog = isLog
    self.isReversed = isReversed
    if isLog {
      unit = 1
      origin = Logarithm.base10(low)
      factor = 1 / (Logarithm.base10(high) - origin)
    } else {
      unit = high - low < 1e-290 ? 0x1p600 : high - low > 1e300 ? 0x1p-10 : 1
      origin = low * unit
      factor = 1 / (high * unit - origin)
    }
  }
}

extension Scale {
  /// The place of a value; outside of 0...1 beyond the ends, nan for what has no place.
  @inline(__always)
  public func place(of value: Double) -> Double {
    let along = isLog ? Logarithm.base10(value) : value * unit
    let place = (along - origin) * factor
    return isReversed ? 1 - place : place
  }

  /// The value at a place between 0 and 1.
  public func value(at place: Double) -> Double {
    let place = isReversed ? 1 - place : place
    return isLog ? Logarithm.tenTo(origin + place / factor) : (origin + place / factor) / unit
  }

  /// Whether a value lies strictly between the ends.
  func isInside(_ value: Double) -> Bool { value > low && value < high }
}

extension Scale {
  /// The scale that shows an extent: widened to round numbers where that costs little room, and to
  /// something visible where there is only one value or none.
  ///
  /// `tickLimit` is how many ticks the axis has room for, `slack` the share of empty room it may gain.
  init(_ extent: Extent, _ axis: Axis, tickLimit: Int, slack: Double) {
    if let limits = axis.limits, !axis.isLog || limits.lowerBound > 0, limits.lowerBound < limits.upperBound {
      self.init(
        low: limits.lowerBound, high: limits.upperBound, isLog: axis.isLog, isReversed: axis.isReversed)
      return
    }
    let (low, high) = Scale.visible(extent, isLog: axis.isLog)
    let round =
      axis.isLog
      ? LogTicks.roundedOut(low, high)
      : axis.categories == nil ? LinearTicks(low, high, limit: tickLimit)?.roundedOut(low, high) : nil
    let tight = Scale(low: low, high: high, isLog: axis.isLog, isReversed: axis.isReversed)
    guard let round else {
      self = tight
      return
    }
    let wide = Scale(low: round.low, high: round.high, isLog: axis.isLog, isReversed: axis.isReversed)
    let share = (wide.place(of: high) - wide.place(of: low)).magnitude
    self = share >= 1 - slack ? wide : tight
  }

  /// Ends that differ enough to be told apart.
  static func visible(_ extent: Extent, isLog: Bool) -> (low: Double, high: Double) {
    if extent.isEmpty { return isLog ? (1, 10) : (0, 1) }
    let high = extent.high
    var low = extent.low
    if isLog {
      // Areas may begin at 0 or below, where a logarithmic axis never arrives.
      guard high > 0 else { return (1, 10) }
      if low <= 0 { low = high / 1000 }
      if high / low > 1.001 { return (low, high) }
      return (max(low / 10, .leastNonzeroMagnitude), min(high * 10, .greatestFiniteMagnitude))
    }
    let size = max(low.magnitude, high.magnitude)
    if high - low > size * 1e-12, high - low > 1e-307 { return (low, high) }
    if size < 1e-307 { return (-1, 1) }
    // A constant stands in the middle of an axis that shows its size.
    let margin = min(size, .greatestFiniteMagnitude / 4) / 2
    return (
      max(low, -.greatestFiniteMagnitude / 2) - margin, min(high, .greatestFiniteMagnitude / 2) + margin
    )
  }
}

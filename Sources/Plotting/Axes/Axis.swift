/// What a user can say about one axis.
public struct Axis: Equatable, Sendable {
  /// What it measures.
  public var label: String?
  /// The part to be shown; nil for what the marks cover.
  public var limits: ClosedRange<Double>?
  /// Whether equal ratios have equal lengths.
  public var isLog = false
  /// Whether it runs from the right to the left, or from the top to the bottom, as rows of a matrix do.
  public var isReversed = false
  /// Names at 0, 1, 2, … instead of numbers.
  public var categories: [String]?
  /// Whether its values are whole numbers: then no tick stands between them.
  public var isWhole = false

  /// An axis about which nothing is said.
  public init() {}
}

extension Axis {
  /// This axis with the gaps of what was said about it filled by another.
  func joined(with other: Axis) -> Axis {
    var joined = self
    joined.label = label ?? other.label
    joined.limits = limits ?? other.limits
    joined.categories = categories ?? other.categories
    // Names stand at 0, 1, 2, …
    joined.isLog = (isLog || other.isLog) && joined.categories == nil
    joined.isReversed = isReversed || other.isReversed
    return joined
  }
}

/// Bars that grow from a base: counts, or one number for each of several things.
public struct BarMark: Mark {
  /// One bar: what it stands on, and how far it grows.
  public struct Bar: Equatable, Sendable {
    var from: Double
    var to: Double
    var value: Double

    /// A bar that stands between two positions.
    public init(from: Double, to: Double, value: Double) {
      self.from = from
      self.to = to
      self.value = value
    }
  }

  private let bars: [Bar]
  private let isHorizontal: Bool
  private let joins: Bool

  /// Upright bars, or bars to the right; bars that `join` are drawn without gaps.
  public init(_ bars: [Bar], isHorizontal: Bool = false, joins: Bool = false) {
    self.bars = bars
    self.joins = joins
    self.isHorizontal = isHorizontal
  }

  /// Its name where it is kept.
  public static let kind = "bars"

  /// Itself taken apart.
  public var parts: MarkParts {
    MarkParts(
      Self.kind, rows: [bars.map(\.from), bars.map(\.to), bars.map(\.value)],
      numbers: [isHorizontal ? 1 : 0, joins ? 1 : 0])
  }

  /// The mark of such parts; nil when they are not those of one.
  public init?(parts: MarkParts) {
    guard let from = parts.row(0)?.all, let to = parts.row(1)?.all, let values = parts.row(2)?.all,
      from.count == to.count, from.count == values.count, parts.numbers.count == 2
    else { return nil }
    self.init(
      values.indices.map { Bar(from: from[$0], to: to[$0], value: values[$0]) },
      isHorizontal: parts.numbers[0] != 0, joins: parts.numbers[1] != 0)
  }

  /// Its sign in a legend.
  public var sign: LegendSign { .fill }
  /// Its name among the groups of an SVG file.
  public var groupName: String { "bars" }

  /// What it covers.
  public func reach(_ axes: AxisKinds) -> Reach {
    var reach = Reach()
    let isLog = isHorizontal ? axes.isXLog : axes.isYLog
    reach.points = bars.count
    for bar in bars {
      for position in [bar.from, bar.to] {
        var part = Reach()
        let (x, y) = isHorizontal ? (bar.value, position) : (position, bar.value)
        part.include(x, y, axes)
        // Both ends of a bar are one thing that cannot be drawn.
        if position == bar.to { (part.notFinite, part.notPositive) = (0, 0) }
        reach = reach.union(part)
      }
    }
    if let base = base(isLog: isLog) {
      if isHorizontal { reach.x.include(base) } else { reach.y.include(base) }
    }
    return reach
  }

  /// What bars stand on; nil when there are none. On a logarithmic axis, which never arrives at 0, it is the
  /// power of ten below all of them, so that the shortest can be seen.
  private func base(isLog: Bool) -> Double? {
    guard isLog else { return bars.isEmpty ? nil : 0 }
    let least = bars.lazy.map(\.value).filter { $0 > 0 && $0.isFinite }.min()
    return least.map { least in
      let power = Logarithm.power(Logarithm.floor(least))
      return max(power < least ? power : power / 10, .leastNormalMagnitude)
    }
  }

  /// Draws it.
  public func draw<S: Surface>(on surface: inout S, in frame: Frame, with pen: Pen) {
    let scale = isHorizontal ? frame.x : frame.y
    let base = scale.isLog ? scale.low : min(max(0, scale.low), scale.high)
    for bar in bars where bar.value.isFinite {
      let corners =
        isHorizontal
        ? (frame.place(base, bar.from), frame.place(bar.value, bar.to))
        : (frame.place(bar.from, base), frame.place(bar.to, bar.value))
      guard let box = Box(corners.0, corners.1) else { continue }
      let grows = bar.value >= base
      surface.fill(
        box, growing: isHorizontal ? grows ? .right : .left : grows ? .up : .down, joins: joins, with: pen)
    }
  }
}

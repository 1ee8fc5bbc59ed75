/// Quartiles, whiskers and outliers of groups of numbers, one box to a group.
public struct BoxMark: Mark {
  private let groups: [any Samples]
  private let summaries: [BoxSummary]

  /// A box for each of the groups, from the bottom up at 0, 1, 2, …
  public init(_ groups: [any Samples]) {
    self.groups = groups
    summaries = groups.map(BoxSummary.init)
  }

  /// Its name where it is kept.
  public static let kind = "boxes"
  /// Itself taken apart.
  public var parts: MarkParts { MarkParts(Self.kind, rows: groups) }
  /// The mark of such parts; nil when they are not those of one.
  public init?(parts: MarkParts) { self.init(parts.rows) }

  /// Its sign in a legend.
  public var sign: LegendSign { .none }
  /// Its name among the groups of an SVG file.
  public var groupName: String { "boxes" }

  /// What it covers.
  public func reach(_ axes: AxisKinds) -> Reach {
    var reach = Reach()
    for (index, summary) in summaries.enumerated() {
      reach.points += summary.count
      reach.notFinite += summary.notFinite
      for number in summary.outliers + summary.fences { reach.include(number, Double(index), axes) }
    }
    if !summaries.isEmpty { reach.y = Extent(-0.5, Double(summaries.count) - 0.5) }
    return reach
  }

  /// Draws it.
  public func draw<S: Surface>(on surface: inout S, in frame: Frame, with pen: Pen) {
    for (index, summary) in summaries.enumerated() where summary.count > summary.notFinite {
      let row = Double(index)
      func stroke(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
        surface.stroke(frame.place(x1, row + y1), frame.place(x2, row + y2), with: pen)
      }
      let (low, high) = (summary.lowerFence, summary.upperFence)
      for (x, half) in [
        (low, 0.15), (summary.lowerQuartile, 0.3), (summary.median, 0.3), (summary.upperQuartile, 0.3),
        (high, 0.15),
      ] { stroke(x, -half, x, half) }
      // The median is twice as thick as the rest.
      let median = frame.place(summary.median, row)
      for v in [-0.3, 0.3] {
        let end = frame.place(summary.median, row + v)
        surface.stroke(
          Place(u: median.u + 1 / Double(surface.columns), v: median.v),
          Place(u: end.u + 1 / Double(surface.columns), v: end.v), with: pen)
      }
      stroke(low, 0, summary.lowerQuartile, 0)
      stroke(summary.upperQuartile, 0, high, 0)
      for side in [-0.3, 0.3] { stroke(summary.lowerQuartile, side, summary.upperQuartile, side) }
      for outlier in summary.outliers {
        let place = frame.place(outlier, row)
        if place.isInside { surface.point(place, isMarker: summary.outliers.count <= 40, with: pen) }
      }
    }
  }
}

/// What a box shows of a group of numbers.
public struct BoxSummary: Equatable, Sendable {
  /// A quarter of the numbers is less.
  public private(set) var lowerQuartile = Double.nan
  /// Half of them are less.
  public private(set) var median = Double.nan
  /// Three quarters of them are less.
  public private(set) var upperQuartile = Double.nan
  /// The least number that is no outlier.
  public private(set) var lowerFence = Double.nan
  /// The greatest number that is no outlier.
  public private(set) var upperFence = Double.nan
  /// Numbers farther from the box than one and a half of its length (Tukey).
  public private(set) var outliers: [Double] = []
  /// How many numbers there are.
  public let count: Int
  /// How many of them are nan or infinite, and not counted in the others.
  public let notFinite: Int

  /// The summary of the finite numbers; everything but the counts is nan when there are none.
  public init(_ samples: any Samples) {
    var numbers = samples.all
    numbers.removeAll { !$0.isFinite }
    numbers.sort()
    count = samples.count
    notFinite = samples.count - numbers.count
    guard !numbers.isEmpty else { return }
    func quantile(_ share: Double) -> Double {
      let place = share * Double(numbers.count - 1)
      let index = Int(place)
      guard index + 1 < numbers.count else { return numbers[index] }
      return numbers[index] + (place - Double(index)) * (numbers[index + 1] - numbers[index])
    }
    lowerQuartile = quantile(0.25)
    median = quantile(0.5)
    upperQuartile = quantile(0.75)
    let length = 1.5 * (upperQuartile - lowerQuartile)
    let (low, high) = (lowerQuartile - length, upperQuartile + length)
    // Of few numbers none may lie between the box and its outliers.
    lowerFence = min(lowerQuartile, numbers.first { $0 >= low } ?? lowerQuartile)
    upperFence = max(upperQuartile, numbers.last { $0 <= high } ?? upperQuartile)
    outliers = numbers.filter { $0 < low || $0 > high }
  }

  fileprivate var fences: [Double] { count > notFinite ? [lowerFence, upperFence] : [] }
}

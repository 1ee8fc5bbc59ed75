/// How often numbers fall into intervals of equal width, as bars without gaps.
public struct HistogramMark: Mark {
  /// The interval of the bars.
  public let edges: [Double]
  /// How many numbers each of them holds; the last one includes its upper edge.
  public let counts: [Int]
  private let notFinite: Int
  private let notPositive: Int
  private let bars: BarMark
  private let isOutline: Bool

  /// The histogram of all finite numbers, in so many intervals between two ends.
  ///
  /// An outline shows several of them in one panel without hiding any.
  public init(_ samples: any Samples, bins: HistogramBins, isOutline: Bool = false) {
    var counts = Array(repeating: 0, count: bins.count)
    var (notFinite, notPositive) = (0, 0)
    samples.forEachPiece { piece in
      for index in piece.indices {
        let number = piece[index]
        guard number.isFinite else {
          notFinite += 1
          continue
        }
        if bins.isLog, number <= 0 { notPositive += 1 }
        if let bin = bins.index(of: number) { counts[bin] += 1 }
      }
    }
    self.init(
      edges: (0...bins.count).map(bins.edge), counts: counts, notFinite: notFinite, notPositive: notPositive,
      isOutline: isOutline)
  }

  private init(edges: [Double], counts: [Int], notFinite: Int, notPositive: Int, isOutline: Bool) {
    self.edges = edges
    self.counts = counts
    self.notFinite = notFinite
    self.notPositive = notPositive
    self.isOutline = isOutline
    let bars = counts.enumerated().map { index, count in
      BarMark.Bar(from: edges[index], to: edges[index + 1], value: Double(count))
    }
    self.bars = BarMark(bars, joins: true)
  }

  /// Its name where it is kept.
  public static let kind = "histogram"

  /// Itself taken apart.
  public var parts: MarkParts {
    MarkParts(
      Self.kind, rows: [edges, counts.map(Double.init)],
      numbers: [Double(notFinite), isOutline ? 1 : 0, Double(notPositive)])
  }

  /// The mark of such parts; nil when they are not those of one.
  public init?(parts: MarkParts) {
    guard let edges = parts.row(0)?.all, let counts = parts.row(1)?.all.map({ Int(exactly: $0) ?? 0 }),
      !counts.isEmpty, edges.count == counts.count + 1, let notFinite = parts.count(0),
      parts.numbers.count >= 2
    else { return nil }
    self.init(
      edges: edges, counts: counts, notFinite: notFinite, notPositive: parts.count(2) ?? 0,
      isOutline: parts.numbers[1] != 0)
  }

  /// Its sign in a legend.
  public var sign: LegendSign { isOutline ? .line : .fill }
  /// Its name among the groups of an SVG file.
  public var groupName: String { "histogram" }

  /// What it covers.
  public func reach(_ axes: AxisKinds) -> Reach {
    var reach = counts.allSatisfy { $0 == 0 } ? Reach() : bars.reach(axes)
    reach.points = counts.reduce(0, +) + notFinite + notPositive
    reach.notFinite = notFinite
    // Empty bins say nothing that a logarithmic axis would hide; bins of one width may lie beyond its end.
    let hidden = axes.isXLog ? zip(edges, counts).reduce(0) { $0 + ($1.0 <= 0 ? $1.1 : 0) } : 0
    reach.notPositive = notPositive + hidden
    return reach
  }

  /// Draws it.
  public func draw<S: Surface>(on surface: inout S, in frame: Frame, with pen: Pen) {
    guard isOutline else { return bars.draw(on: &surface, in: frame, with: pen) }
    var last = frame.place(edges[0], frame.y.isLog ? frame.y.low : 0)
    for (index, count) in counts.enumerated() {
      let height = frame.y.isLog && count == 0 ? frame.y.low : Double(count)
      let (start, end) = (frame.place(edges[index], height), frame.place(edges[index + 1], height))
      surface.stroke(last, start, with: pen)
      surface.stroke(start, end, with: pen)
      last = end
    }
    surface.stroke(last, Place(u: last.u, v: frame.y.place(of: frame.y.isLog ? frame.y.low : 0)), with: pen)
  }
}

/// Intervals of equal width, or of equal ratios of their ends for a logarithmic axis.
public struct HistogramBins: Equatable, Sendable {
  /// How many there are.
  public let count: Int
  private let low: Double
  private let width: Double
  /// Whether all this is said of the logarithms of numbers.
  public private(set) var isLog = false

  /// More intervals than a picture can show.
  private static let limit = 200

  /// Intervals between two ends.
  public init(count: Int, low: Double, high: Double) {
    self.count = max(1, count)
    let isWide = low < high
    self.low = isWide ? low : low - 0.5
    width = isWide ? high / Double(self.count) - low / Double(self.count) : 1 / Double(self.count)
  }

  /// Intervals that suit these numbers: a round width near that of Freedman and Diaconis,
  /// 2 (q₃ - q₁) / ∛n, and one interval for each whole number where there are few of them.
  public init(suiting samples: any Samples) {
    let extent = Extent(of: samples)
    let (low, high) = (extent.low, extent.high)
    guard low < high else {
      let middle = extent.isEmpty ? 0.5 : low
      self.init(count: 1, low: middle - 0.5, high: middle + 0.5)
      return
    }
    let outline = HistogramBins.outline(samples, low, high)
    if high - low <= 50, outline.isWhole {
      self.init(count: Int(high - low) + 1, low: low - 0.5, high: high + 0.5)
      return
    }
    let cubeRoot = Logarithm.cubeRoot(Double(outline.count))
    // The square root of their number where half of the numbers are equal.
    let wanted =
      outline.middleHalf > 0
      ? (high / 2 - low / 2) / (outline.middleHalf / cubeRoot) : Double(outline.count).squareRoot()
    let count = Int(min(Double(HistogramBins.limit), max(1, wanted.isFinite ? wanted : 10)).rounded(.up))
    // The round width may be a little finer than that: twice as coarse would hide more.
    guard let ticks = LinearTicks(low, high, limit: count * 5 / 4 + 1), let ends = ticks.roundedOut(low, high)
    else {
      self.init(count: count, low: low, high: high)
      return
    }
    let inner = ticks.numbers(from: ends.low, to: ends.high).count - 1
    self.init(count: inner, low: ends.low, high: ends.high)
  }

  /// Intervals of equal ratios that suit the positive numbers among these.
  public init(suitingLogarithmsOf samples: any Samples) {
    self.init(suiting: Logarithms(of: samples))
    isLog = true
  }

  /// Intervals of equal ratios between two ends, which are positive.
  public init(count: Int, logarithmicFrom low: Double, to high: Double) {
    self.init(count: count, low: Logarithm.base10(low), high: Logarithm.base10(high))
    isLog = true
  }

  /// How many numbers are finite, whether all of these are whole, and what half of them, without the lowest
  /// and the highest quarter, extends over.
  ///
  /// Counted in fine intervals: sorting a million numbers takes longer than all the rest of a picture.
  private static func outline(
    _ samples: any Samples, _ low: Double, _ high: Double
  ) -> (count: Int, isWhole: Bool, middleHalf: Double) {
    let fine = HistogramBins(count: 4096, low: low, high: high)
    var counts = Array(repeating: 0, count: fine.count)
    var (count, isWhole) = (0, low.magnitude < 1e9 && high.magnitude < 1e9)
    samples.forEachPiece { piece in
      for index in piece.indices {
        let number = piece[index]
        guard number.magnitude < .infinity, let bin = fine.index(of: number) else { continue }
        counts[bin] += 1
        count += 1
        isWhole = isWhole && Double(Int(number)) == number
      }
    }
    var (sum, quarters) = (0, [Double]())
    for (bin, number) in counts.enumerated() {
      sum += number
      while quarters.count < 2, sum * 4 >= count * (1 + 2 * quarters.count) {
        quarters.append(fine.edge(bin))
      }
    }
    return (count, isWhole, quarters.count == 2 ? quarters[1] - quarters[0] : 0)
  }

  /// The interval that holds a number; nil outside.
  func index(of number: Double) -> Int? {
    let place = (isLog ? Logarithm.base10(number) : number) / width - low / width
    guard place >= 0, place <= Double(count) * (1 + 1e-12) else { return nil }
    return min(count - 1, Int(place))
  }

  /// The lower end of an interval, and for `count` the upper end of the last one.
  func edge(_ index: Int) -> Double {
    let edge = low + Double(index) * width
    return isLog ? Logarithm.tenTo(edge) : edge
  }
}

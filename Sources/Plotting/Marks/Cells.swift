/// Where the columns or the rows of a grid stand along their axis.
public struct Cells: Equatable, Sendable {
  /// How the cells follow each other.
  public enum Spacing: Sendable {
    /// All have one width.
    case steps
    /// All have one ratio of their ends, so that they are equally wide on a logarithmic axis.
    case ratios
    /// Each stands where it is.
    case positions
  }

  /// How many there are.
  public let count: Int
  /// The outer edges.
  public let range: ClosedRange<Double>
  /// How they follow each other.
  public let spacing: Spacing
  /// Where the values stand; empty unless each stands where it is.
  private let positions: [Double]

  /// So many cells between two edges, of one width or, with `isLog`, of one ratio; `count` is at least 1.
  ///
  /// Edges that are not positive cannot have ratios: then the cells have one width.
  public init(_ range: ClosedRange<Double>, count: Int, isLog: Bool = false) {
    let hasRatios = isLog && range.lowerBound > 0 && range.lowerBound < range.upperBound
    self.init(count: max(1, count), range: range, spacing: hasRatios ? .ratios : .steps, positions: [])
  }

  private init(count: Int, range: ClosedRange<Double>, spacing: Spacing, positions: [Double]) {
    self.count = count
    self.range = range
    self.spacing = spacing
    self.positions = positions
  }
}

extension Cells {
  /// Cells around positions, with edges halfway between; nil unless these ascend and are finite.
  public init?(positions: [Double]) {
    guard let first = positions.first, let last = positions.last, first.isFinite, last.isFinite,
      zip(positions, positions.dropFirst()).allSatisfy({ $0 < $1 })
    else { return nil }
    guard positions.count > 1 else {
      self.init(first - 0.5...first + 0.5, count: 1)
      return
    }
    for isLog in [false, true] where !isLog || first > 0 {
      let scale = Scale(low: first, high: last, isLog: isLog)
      let isEqual = positions.enumerated().allSatisfy { index, position in
        abs(scale.place(of: position) * Double(positions.count - 1) - Double(index)) < 1e-6
      }
      if isEqual, (last + (last - first)).isFinite {
        self.init(from: first, through: last, count: positions.count, isLog: isLog)
        return
      }
    }
    let (second, inner) = (positions[1], positions[positions.count - 2])
    let largest = Double.greatestFiniteMagnitude
    let low = max(-largest, first - (second / 2 - first / 2))
    let high = min(largest, last + (last / 2 - inner / 2))
    self.init(count: positions.count, range: low...high, spacing: .positions, positions: positions)
  }

  /// Cells the middles of which go from one value to another, in equal steps or ratios; `low < high`, and
  /// there are at least two.
  public init(from low: Double, through high: Double, count: Int, isLog: Bool = false) {
    let margin = 0.5 / Double(max(1, count - 1))
    self.init(Cells.widened(low, high, margin: margin, isLog: isLog), count: count, isLog: isLog)
  }

  /// Cells that cover an extent and a share of it more on each side.
  public init(covering extent: Extent, margin: Double, count: Int, isLog: Bool = false) {
    let (low, high) = Scale.visible(extent, isLog: isLog)
    self.init(Cells.widened(low, high, margin: margin, isLog: isLog), count: count, isLog: isLog)
  }

  private static func widened(
    _ low: Double, _ high: Double, margin: Double, isLog: Bool
  ) -> ClosedRange<Double> {
    guard isLog, low > 0 else {
      let more = (high / 2 - low / 2) * 2 * margin
      let (lower, upper) = (low - more, high + more)
      return lower.isFinite && upper.isFinite ? lower...upper : low...high
    }
    let scale = Scale(low: low, high: high, isLog: true)
    let (lower, upper) = (scale.value(at: -margin), scale.value(at: 1 + margin))
    return lower > 0 && upper.isFinite && lower <= upper ? lower...upper : low...high
  }
}

extension Cells {
  /// The middle of a cell: where its value stands.
  public func middle(_ index: Int) -> Double {
    spacing == .positions ? positions[index] : between((Double(index) + 0.5) / Double(count))
  }

  /// The lower edge of a cell, and for `count` the upper edge of the last one.
  func edge(_ index: Int) -> Double {
    guard spacing == .positions, index > 0, index < count else {
      return between(Double(index) / Double(count))
    }
    return positions[index - 1] / 2 + positions[index] / 2
  }

  private func between(_ share: Double) -> Double {
    if share == 0 { return range.lowerBound }
    if share == 1 { return range.upperBound }
    guard spacing == .ratios else { return range.lowerBound * (1 - share) + range.upperBound * share }
    return Scale(low: range.lowerBound, high: range.upperBound, isLog: true).value(at: share)
  }

  /// The cell that holds a value; the nearest one outside.
  func index(of value: Double) -> Int {
    var (low, high) = (0, count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if edge(middle) <= value { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// What can be seen of them: on a logarithmic axis only what is positive.
  func extent(isLog: Bool) -> Extent {
    guard isLog, range.lowerBound <= 0 else { return Extent(range.lowerBound, range.upperBound) }
    guard let first = (0...count).lazy.map(edge).first(where: { $0 > 0 }) else { return Extent() }
    return Extent(first, range.upperBound)
  }

  /// What the middles cover; on a logarithmic axis only those that are positive.
  func middles(isLog: Bool) -> Extent {
    let positive = (0..<count).lazy.map(middle).first { !isLog || $0 > 0 }
    return positive.map { Extent($0, middle(count - 1)) } ?? Extent()
  }

  /// Where the values stand, as it is kept beside the range; empty for cells of one width.
  var keptPositions: [Double] { spacing == .steps ? [] : (0..<count).map(middle) }

  /// The cells of a kept range and positions; nil where they do not fit to each other.
  init?(_ range: ClosedRange<Double>, count: Int, keptPositions: [Double]) {
    guard !keptPositions.isEmpty else {
      self.init(range, count: count)
      return
    }
    guard keptPositions.count == count else { return nil }
    self.init(positions: keptPositions)
  }
}

extension Cells {
  /// The cells that fall into each of so many equal parts of what an axis shows of them; where that is one or
  /// less, and without `isMean`, the one in the middle.
  ///
  /// `shown` are the places of the outer edges on the axis.
  func sources(_ parts: Int, on scale: Scale, shown: ClosedRange<Double>, isMean: Bool) -> [Range<Int>] {
    let isEqual = spacing == (scale.isLog ? .ratios : .steps)
    if isEqual {
      let sources = (0..<parts).map { Cells.source(of: $0, parts, count, isMean: isMean) }
      return scale.isReversed ? sources.reversed() : sources
    }
    let edges = (0...count).map(edge)
    let places = edges.map { edge in edge > 0 || !scale.isLog ? scale.place(of: edge) : -.infinity }
    let length = shown.upperBound - shown.lowerBound
    return (0..<parts).map { part in
      func cell(_ share: Double) -> Int {
        let place = shown.lowerBound + length * (Double(part) + share) / Double(parts)
        // Edges ascend, and on a reversed axis their places descend.
        let after = places.partitioned { scale.isReversed ? $0 < place : $0 > place }
        return min(count - 1, max(0, after - 1))
      }
      let middle = cell(0.5)
      // Of many cells the means are seen, of few the cells themselves.
      guard isMean, count > parts else { return middle..<middle + 1 }
      let ends = [cell(0.001), cell(0.999)].sorted()
      return ends[0]..<ends[1] + 1
    }
  }

  /// The cells of `count` that fall into one of `parts` equal parts.
  static func source(of part: Int, _ parts: Int, _ count: Int, isMean: Bool) -> Range<Int> {
    let first = part * count / parts
    let last = (part + 1) * count / parts
    guard last - first > 1, isMean else {
      let middle = min(count - 1, (2 * part + 1) * count / (2 * parts))
      return middle..<middle + 1
    }
    return first..<last
  }
}

extension Array {
  /// The index of the first element that is beyond; those beyond follow all others.
  fileprivate func partitioned(_ isBeyond: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// Numbers over a rectangle of the plane, at the middles of equal cells.
public struct Grid {
  /// How many there are to the right.
  public let columns: Int
  /// How many there are upwards.
  public let rows: Int
  /// The outer edges along x.
  public let x: ClosedRange<Double>
  /// The outer edges along y.
  public let y: ClosedRange<Double>
  /// The numbers, row by row from the bottom up.
  public let values: any Samples

  /// Row by row along `x`, from the bottom up; nil unless there are `columns` times `rows` values.
  public init?(
    _ values: any Samples, columns: Int, rows: Int, x: ClosedRange<Double>, y: ClosedRange<Double>
  ) {
    guard columns > 0, rows > 0, values.count == columns * rows else { return nil }
    self.values = values
    self.columns = columns
    self.rows = rows
    self.x = x
    self.y = y
  }
}

extension Grid {
  /// The interval of its finite values.
  public var extent: Extent { Extent(of: values) }

  /// The ends of a scale for the values, and whether it should be logarithmic: where most of them extend over
  /// orders of magnitude.
  ///
  /// A single value near 0 decides nothing: a logarithmic scale begins where a hundredth of the values is
  /// lower.
  var suitingScale: (low: Double, high: Double, isLog: Bool) {
    let sorted = values.all.filter(\.isFinite).sorted()
    guard let low = sorted.first, let high = sorted.last else { return (0, 1, false) }
    let (least, tenth) = (sorted[sorted.count / 100], sorted[sorted.count / 10])
    let isLog = low >= 0 && least > 0 && high / tenth > 100
    return (isLog ? least : low, high, isLog)
  }

  /// What it covers.
  func reach() -> Reach {
    var reach = Reach(
      x: Extent(x.lowerBound, x.upperBound), y: Extent(y.lowerBound, y.upperBound))
    reach.points = values.count
    values.forEachPiece { piece in
      for index in piece.indices where !piece[index].isFinite { reach.notFinite += 1 }
    }
    return reach
  }

  /// The middle of a column along x.
  public func middle(column: Int) -> Double { Grid.middle(column, columns, x) }

  /// The middle of a row along y.
  public func middle(row: Int) -> Double { Grid.middle(row, rows, y) }

  private static func middle(_ index: Int, _ count: Int, _ range: ClosedRange<Double>) -> Double {
    let share = (Double(index) + 0.5) / Double(count)
    return range.lowerBound * (1 - share) + range.upperBound * share
  }

  /// One row of values.
  public func row(_ row: Int) -> [Double] {
    var numbers: [Double] = []
    values.read(row * columns..<(row + 1) * columns) { piece in
      numbers = piece.indices.map { piece[$0] }
    }
    // The reader gave up: there is nothing to see.
    return numbers.count == columns ? numbers : Array(repeating: .nan, count: columns)
  }

  /// The values seen through `columns` times `rows` cells: means of the finite values in a cell, or with
  /// `isMean` false the value in its middle.
  func sampled(columns wide: Int, rows tall: Int, isMean: Bool) -> [Double] {
    let across = (0..<wide).map { Grid.source(of: $0, wide, columns, isMean: isMean) }
    var result: [Double] = []
    result.reserveCapacity(wide * tall)
    for target in 0..<tall {
      var sums = Array(repeating: 0.0, count: wide)
      var counts = Array(repeating: 0.0, count: wide)
      for source in Grid.source(of: target, tall, rows, isMean: isMean) {
        let numbers = row(source)
        for (index, range) in across.enumerated() {
          for number in numbers[range] where number.isFinite {
            // Means one by one, because the sum of huge numbers would be infinite.
            counts[index] += 1
            sums[index] += number / counts[index] - sums[index] / counts[index]
          }
        }
      }
      for (sum, count) in zip(sums, counts) { result.append(count > 0 ? sum : .nan) }
    }
    return result
  }

  /// The cells of `count` that fall into one of `parts` parts.
  private static func source(of part: Int, _ parts: Int, _ count: Int, isMean: Bool) -> Range<Int> {
    let first = part * count / parts
    let last = (part + 1) * count / parts
    guard last - first > 1, isMean else {
      let middle = min(count - 1, (2 * part + 1) * count / (2 * parts))
      return middle..<middle + 1
    }
    return first..<last
  }
}

/// A grid with what its values look like, and which way round it is seen.
public struct Raster {
  let grid: Grid
  let shades: Shades
  var isMirrored = false
  var isUpsideDown = false
}

extension Raster {
  /// The values of `columns` times `rows` cells, from the bottom up as they are seen.
  func sampled(columns: Int, rows: Int) -> [Double] {
    let values = grid.sampled(columns: columns, rows: rows, isMean: shades.isContinuous)
    guard isMirrored || isUpsideDown else { return values }
    return (0..<rows).flatMap { row in
      let start = (isUpsideDown ? rows - 1 - row : row) * columns
      let line = values[start..<start + columns]
      return isMirrored ? line.reversed() : Array(line)
    }
  }
}

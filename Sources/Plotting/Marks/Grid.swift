/// Numbers over a rectangle of the plane, at the middles of cells.
public struct Grid {
  /// Where its columns stand along x.
  public let x: Cells
  /// Where its rows stand along y.
  public let y: Cells
  /// The numbers, row by row from the bottom up.
  public let values: any Samples

  /// Row by row along `x`, from the bottom up; nil unless there is a value for each cell.
  public init?(_ values: any Samples, x: Cells, y: Cells) {
    guard values.count == x.count * y.count else { return nil }
    self.values = values
    self.x = x
    self.y = y
  }

  /// Row by row over equal cells between outer edges; nil unless there are `columns` times `rows` values.
  public init?(
    _ values: any Samples, columns: Int, rows: Int, x: ClosedRange<Double>, y: ClosedRange<Double>
  ) {
    guard columns > 0, rows > 0 else { return nil }
    self.init(values, x: Cells(x, count: columns), y: Cells(y, count: rows))
  }
}

extension Grid {
  /// How many numbers there are to the right.
  public var columns: Int { x.count }
  /// How many there are upwards.
  public var rows: Int { y.count }
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
    let extent = extent
    guard !extent.isEmpty else { return (0, 1, false) }
    let (low, high) = (extent.low, extent.high)
    let sorted = sample.sorted()
    guard !sorted.isEmpty else { return (low, high, false) }
    let (least, tenth) = (sorted[sorted.count / 100], sorted[sorted.count / 10])
    let isLog = low >= 0 && least > 0 && high / tenth > 100
    return (isLog ? least : low, high, isLog)
  }

  /// The finite values, of many only some from all over the grid: sorting all of ten million takes longer than
  /// drawing them.
  private var sample: [Double] {
    let limit = 1 << 16
    let step = max(1, values.count / limit)
    // Odd steps do not stay in one column of an even number.
    let stride = step.isMultiple(of: 2) ? step + 1 : step
    var (numbers, next, start): ([Double], Int, Int) = ([], 0, 0)
    values.forEachPiece { piece in
      while next < start + piece.count {
        let number = piece[next - start]
        if number.isFinite { numbers.append(number) }
        next += stride
      }
      start += piece.count
    }
    return numbers
  }

  /// What it covers.
  func reach(_ axes: AxisKinds) -> Reach {
    var reach = Reach(x: x.extent(isLog: axes.isXLog), y: y.extent(isLog: axes.isYLog))
    reach.points = values.count
    values.forEachPiece { piece in
      for index in piece.indices where !piece[index].isFinite { reach.notFinite += 1 }
    }
    return reach
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
    sampled(
      across: (0..<wide).map { Cells.source(of: $0, wide, columns, isMean: isMean) },
      up: (0..<tall).map { Cells.source(of: $0, tall, rows, isMean: isMean) })
  }

  /// The means of the finite values in parts: of these columns, in each of these rows.
  func sampled(across: [Range<Int>], up: [Range<Int>]) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(across.count * up.count)
    for sources in up {
      var sums = Array(repeating: 0.0, count: across.count)
      var counts = Array(repeating: 0.0, count: across.count)
      for source in sources {
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

  /// The grid, or one of means with no more columns and rows than a picture can show.
  func reduced(to limit: Int) -> Grid {
    let (wide, tall) = (min(columns, limit), min(rows, limit))
    guard wide < columns || tall < rows, x.spacing != .positions, y.spacing != .positions else { return self }
    return Grid(
      sampled(columns: wide, rows: tall, isMean: true),
      x: Cells(x.range, count: wide, isLog: x.spacing == .ratios),
      y: Cells(y.range, count: tall, isLog: y.spacing == .ratios)) ?? self
  }
}

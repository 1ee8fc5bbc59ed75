/// A mark taken apart, so that it can be kept in a file and put together again.
public struct MarkParts {
  /// Which mark it is.
  public var kind: String
  /// Its rows of numbers.
  public var rows: [any Samples]
  /// Single numbers.
  public var numbers: [Double]
  /// Texts.
  public var texts: [String]

  /// The parts of a mark of some kind.
  public init(_ kind: String, rows: [any Samples] = [], numbers: [Double] = [], texts: [String] = []) {
    self.kind = kind
    self.rows = rows
    self.numbers = numbers
    self.texts = texts
  }
}

extension MarkParts {
  /// Every kind of mark.
  private static var kinds: [any Mark.Type] {
    [
      LineMark.self, PointMark.self, BandMark.self, ErrorBarMark.self, BarMark.self, HistogramMark.self,
      BoxMark.self, RuleMark.self, LabelMark.self, HeatMark.self, ContourMark.self,
    ]
  }

  /// The mark put together; nil when the parts are not those of one.
  public var mark: (any Mark)? { MarkParts.kinds.first { $0.kind == kind }?.init(parts: self) }

  /// The numbers of a row; nil when there is no such row.
  func row(_ index: Int) -> (any Samples)? { rows.indices.contains(index) ? rows[index] : nil }

  /// A single number; nil when there is none.
  func number(_ index: Int) -> Double? { numbers.indices.contains(index) ? numbers[index] : nil }

  /// A single number that counts; nil when there is none.
  func count(_ index: Int) -> Int? { number(index).flatMap { Int(exactly: $0) } }
}

extension Grid {
  /// The sizes and edges as they are kept, in front of other numbers.
  var numbers: [Double] {
    [
      Double(columns), Double(rows), x.range.lowerBound, x.range.upperBound, y.range.lowerBound,
      y.range.upperBound,
    ]
  }

  /// Where columns and rows stand as it is kept, behind the other rows of a mark.
  var positionRows: [any Samples] { [x.keptPositions, y.keptPositions] }

  /// How many of the numbers are the grid's.
  static let numberCount = 6

  /// The grid of the first row, the first numbers and the positions at two more rows, if there are; nil when
  /// they do not make one.
  init?(parts: MarkParts, positionsAt first: Int) {
    guard let values = parts.row(0), parts.numbers.count >= Grid.numberCount, let columns = parts.count(0),
      let rows = parts.count(1), columns < 1 << 31, rows < 1 << 31, columns > 0, rows > 0
    else { return nil }
    let edges = parts.numbers[2..<Grid.numberCount]
    let (left, right, bottom, top) = (edges[2], edges[3], edges[4], edges[5])
    guard left <= right, bottom <= top,
      let x = Cells(left...right, count: columns, keptPositions: parts.row(first)?.all ?? []),
      let y = Cells(bottom...top, count: rows, keptPositions: parts.row(first + 1)?.all ?? [])
    else { return nil }
    self.init(values, x: x, y: y)
  }
}

extension Shades {
  /// The shades as numbers: which they are, then what they need.
  var numbers: [Double] {
    switch self {
    case .passage(let map, let low, let high, let isLog, let bands):
      [0, low, high, isLog ? 1 : 0, Double(bands ?? 0)] + map.numbers
    case .classes(let colors): [1] + colors.map(\.number)
    }
  }

  /// The shades that numbers stand for; nil when they do not stand for any.
  init?(numbers: some Collection<Double>) {
    let numbers = Array(numbers)
    switch numbers.first {
    case 0 where numbers.count > 5:
      let bands = Int(exactly: numbers[4]) ?? 0
      self = .passage(
        ColorMap(numbers[5...].map(Color.init(number:))), low: numbers[1], high: numbers[2],
        isLog: numbers[3] != 0 && numbers[1] > 0, bands: bands > 0 ? min(bands, 1000) : nil)
    case 1: self = .classes(numbers.dropFirst().map(Color.init(number:)))
    default: return nil
    }
  }
}

extension Color {
  /// Red, green and blue as one number.
  var number: Double { Double(UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)) }

  init(number: Double) { self.init(UInt32(exactly: number) ?? 0) }
}

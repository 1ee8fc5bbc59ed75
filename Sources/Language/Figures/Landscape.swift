import Plotting
import Tensors

/// A loss over two of its parameters.
struct Landscape {
  private let machine: Machine
  private let loss: Value
  private let ranges: ParameterRanges
  private let path: [[Double]]
  /// Whether the loss takes its two parameters as two arguments rather than as one structure.
  private let isSpread: Bool

  /// Steps of shades: enough to see valleys, few enough to see their edges.
  private static let bands = 12
}

extension Landscape {
  /// Reads loss, ranges, the other parameters and the path from a builtin's arguments.
  init(_ call: borrowing Call) throws {
    machine = call.machine
    loss = try call.callable(0)
    let ranges = try ParameterRanges(call[1], base: call[2])
    guard ranges.count == 1 || ranges.count == 2 else {
      throw Diagnostic(
        "landscape: \(ranges.count) parameters vary, but a plot shows one or two", kind: .argument,
        hint: "give (low, high) for two of them and the others as at: p")
    }
    self.ranges = ranges
    let names = loss.parameterNames ?? []
    isSpread =
      names.count >= 2 && ranges.count == 2
      && names.prefix(2).elementsEqual([ranges.name(0), ranges.name(1)])
    path = try Landscape.path(call, ranges)
  }

  private static func path(_ call: borrowing Call, _ ranges: ParameterRanges) throws(Diagnostic) -> [[Double]]
  {
    if call.isMissing(3) { return [] }
    let wanted = "a list of parameters such as (w: 1, b: 2), or a matrix with a column for each"
    switch call[3] {
    case .list(let list):
      var points: [[Double]] = []
      for item in list.items {
        guard let point = ranges.numbers(in: item) ?? pair(item, count: ranges.count) else {
          throw call.wrong(3, wanted)
        }
        points.append(point)
      }
      return points
    case .record(let record):
      // One vector for each of the parameters.
      let columns = (0..<ranges.count).compactMap {
        record[ranges.name($0)].flatMap { NamedSamples.vector($0)?.numbers }
      }
      guard columns.count == ranges.count, let length = columns.map(\.count).min() else {
        throw call.wrong(3, wanted)
      }
      return (0..<length).map { row in columns.map { $0[row] } }
    case let other:
      guard let tensor = other.plainTensor, tensor.shape.rank == 2, tensor.shape[1] == ranges.count else {
        throw call.wrong(3, wanted)
      }
      return (0..<tensor.shape[0]).map { row in
        (0..<ranges.count).map { tensor[flat: row * ranges.count + $0] }
      }
    }
  }

  private static func pair(_ value: Value, count: Int) -> [Double]? {
    guard let samples = NamedSamples.vector(value), samples.count == count else { return nil }
    return samples.numbers
  }

  private func value(_ numbers: [Double]) throws -> Value {
    if isSpread { return try machine.call(loss, numbers.map { .number($0) }) }
    return try machine.call(loss, [try ranges.parameters(numbers)])
  }

  /// The landscape between axes.
  func panel(_ options: FigureOptions) throws -> Panel {
    try options.checkPositive("landscape", x: ranges.range(0), y: ranges.range(min(1, ranges.count - 1)))
    return ranges.count == 1 ? try curve(options) : try surface(options)
  }

  private func surface(_ options: FigureOptions) throws -> Panel {
    let grid = try Surface2D.sampled(x: ranges.range(0), y: ranges.range(1), options, "landscape") {
      try value([$0, $1])
    }
    let shades = Shades.suiting(grid, mayBeLog: true, bands: Landscape.bands)
    var panel = Panel([Series(isNeutral: true, marks: [HeatMark(grid, shades)])])
    (panel.x.label, panel.y.label) = (ranges.name(0), ranges.name(1))
    (panel.x.limits, panel.y.limits) = (ranges.range(0), ranges.range(1))
    if !path.isEmpty {
      let (x, y) = (path.map { $0[0] }, path.map { $0[1] })
      var marks: [any Mark] = [LineMark(x: x, y: y)]
      // Of a long way only the ends are marked.
      let ends = path.count > 60 ? [0, path.count - 1] : Array(path.indices)
      marks.append(PointMark(x: ends.map { x[$0] }, y: ends.map { y[$0] }))
      panel.series.append(Series(color: Color(0xffffff), marks: marks))
    }
    return panel
  }

  private func curve(_ options: FigureOptions) throws -> Panel {
    let range = ranges.range(0)
    let cells = Cells(from: range.lowerBound, through: range.upperBound, count: 301, isLog: options.isXLog)
    let x = (0..<cells.count).map(cells.middle)
    var y: [Double] = []
    for position in x { y.append(try value([position]).number ?? .nan) }
    var panel = Panel([Series(marks: [LineMark(x: x, y: y)])])
    panel.x.label = ranges.name(0)
    if !path.isEmpty {
      var heights: [Double] = []
      for point in path { heights.append(try value(point).number ?? .nan) }
      panel.series.append(Series(marks: [PointMark(x: path.map { $0[0] }, y: heights)]))
    }
    return panel
  }
}

import Plotting
import Tensors

/// Numbers over a rectangle, from a matrix or a function of two numbers, with what its axes are.
struct Surface2D {
  let grid: Grid
  private var xAxis = Axis()
  private var yAxis = Axis()

  /// Points along each axis at which a function is evaluated.
  private static let resolution = (x: 96, y: 64)
}

extension Surface2D {
  /// Reads `z`, `x` and `y`, the first three arguments of a builtin; without `y` row 0 of a matrix stands at
  /// the top, or with `hasRowsDown` false at the bottom.
  init(_ call: borrowing Call, hasRowsDown: Bool = true) throws {
    if call[0].isCallable {
      guard !call.isMissing(1), !call.isMissing(2) else {
        throw Diagnostic(
          "\(call.builtin.name): a function needs the ranges of both of its numbers", kind: .argument,
          hint: "x: (-3, 3), y: (-3, 3)")
      }
      let (x, y) = (try call.interval(1), try call.interval(2))
      let function = call[0]
      let machine = call.machine
      let name = call.builtin.name
      grid = try Surface2D.sampled(x: x, y: y, name) { u, v in
        try machine.call(function, [.number(u), .number(v)])
      }
      (xAxis.limits, yAxis.limits) = (x, y)
      return
    }
    guard let tensor = call[0].plainTensor, tensor.shape.rank == 2, tensor.count > 0 else {
      throw call.wrong(0, "a matrix or a function of two numbers")
    }
    let (rows, columns) = (tensor.shape[0], tensor.shape[1])
    let x = try Edges(call, 1, count: columns)
    let y = try Edges(call, 2, count: rows)
    guard let grid = Grid(TensorSamples(tensor), columns: columns, rows: rows, x: x.range, y: y.range) else {
      throw call.wrong(0, "a matrix")
    }
    self.grid = grid
    (xAxis.categories, yAxis.categories) = (x.names, y.names)
    (xAxis.isWhole, yAxis.isWhole) = (x.isIndex, y.isIndex)
    yAxis.isReversed = hasRowsDown && (y.isIndex || y.names != nil)
  }

  /// A function's values over a rectangle.
  static func sampled(
    x: ClosedRange<Double>, y: ClosedRange<Double>, _ builtin: String,
    _ function: (Double, Double) throws -> Value
  ) throws -> Grid {
    let (columns, rows) = Surface2D.resolution
    var values: [Double] = []
    values.reserveCapacity(columns * rows)
    for row in 0..<rows {
      let v = Surface2D.position(row, rows, y)
      for column in 0..<columns {
        let result = try function(Surface2D.position(column, columns, x), v)
        guard let quantity = result.quantity?.concrete, quantity.shape.count == 1 else {
          throw Diagnostic(
            "\(builtin): the function must give a number for two numbers, not \(result.kind)", kind: .type,
            hint: "sum(…) or mean(…) make one number of a tensor")
        }
        values.append(try quantity.numbers().first ?? .nan)
      }
    }
    guard
      let grid = Grid(
        values, columns: columns, rows: rows, x: Surface2D.edges(x, columns), y: Surface2D.edges(y, rows))
    else { throw Diagnostic("\(builtin): there is nothing to show") }
    return grid
  }

  /// One of equally distant positions, the first and last of which are the ends.
  private static func position(_ index: Int, _ count: Int, _ range: ClosedRange<Double>) -> Double {
    let share = Double(index) / Double(count - 1)
    return range.lowerBound * (1 - share) + range.upperBound * share
  }

  /// The outer edges of cells whose middles are those positions.
  private static func edges(_ range: ClosedRange<Double>, _ count: Int) -> ClosedRange<Double> {
    let half = (range.upperBound / 2 - range.lowerBound / 2) / Double(count - 1)
    return range.lowerBound - half...range.upperBound + half
  }
}

extension Surface2D {
  /// Whether there is room for all numbers.
  var isSmall: Bool { grid.columns <= 8 && grid.rows <= 10 }

  /// The numbers written in their cells.
  var numbers: LabelMark {
    var labels: [LabelMark.Label] = []
    for row in 0..<grid.rows {
      for (column, value) in grid.row(row).enumerated() {
        labels.append(
          LabelMark.Label(
            shortNumber(value, digits: 3), x: grid.middle(column: column), y: grid.middle(row: row)))
      }
    }
    return LabelMark(labels)
  }

  /// A panel with the axes of the surface.
  func panel(_ series: [Series]) -> Panel {
    var panel = Panel(series)
    panel.x = xAxis
    panel.y = yAxis
    return panel
  }
}

/// Where the columns or rows of a matrix stand.
private struct Edges {
  var range: ClosedRange<Double>
  var names: [String]?
  /// Whether they are numbered.
  var isIndex = false

  init(_ call: borrowing Call, _ position: Int, count: Int) throws(Diagnostic) {
    range = -0.5...Double(count) - 0.5
    guard !call.isMissing(position) else {
      isIndex = true
      return
    }
    if let texts = Call.texts(call[position]) {
      try call.checkEqual(texts.count, count, call.name(position), call.name(0))
      names = texts
      return
    }
    let positions = try call.samples(position).numbers
    guard positions.count == count || positions.count == 2, let first = positions.first,
      let last = positions.last,
      first.isFinite, last.isFinite, first < last || count == 1
    else {
      throw Diagnostic(
        "\(call.builtin.name): \(call.name(position)) must be (low, high), or ascend with \(count) positions",
        kind: .shape)
    }
    // Positions are the middles of cells; two that are not one for each cell are the outer edges.
    let half =
      positions.count == count && count > 1 ? (last - first) / Double(count - 1) / 2 : first < last ? 0 : 0.5
    range = first - half...last + half
  }
}

extension Value {
  /// Itself as a number; nil for anything else.
  var number: Double? {
    guard case .number(let number)? = quantity?.concrete else { return nil }
    return number
  }
}

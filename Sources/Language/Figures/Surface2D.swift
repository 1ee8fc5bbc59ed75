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
  init(_ call: borrowing Call, _ options: FigureOptions, hasRowsDown: Bool = true) throws {
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
      try options.checkPositive(name, x: x, y: y)
      grid = try Surface2D.sampled(x: x, y: y, options, name) { u, v in
        try machine.call(function, [.number(u), .number(v)])
      }
      (xAxis.limits, yAxis.limits) = (x, y)
      return
    }
    guard let tensor = call[0].plainTensor, tensor.shape.rank == 2, tensor.count > 0 else {
      throw call.wrong(0, "a matrix or a function of two numbers")
    }
    let (rows, columns) = (tensor.shape[0], tensor.shape[1])
    let x = try Places(call, 1, count: columns, isLog: options.isXLog)
    let y = try Places(call, 2, count: rows, isLog: options.isYLog)
    guard let grid = Grid(TensorSamples(tensor), x: x.cells, y: y.cells) else {
      throw call.wrong(0, "a matrix")
    }
    self.grid = grid
    (xAxis.categories, yAxis.categories) = (x.names, y.names)
    (xAxis.isWhole, yAxis.isWhole) = (x.isIndex, y.isIndex)
    yAxis.isReversed = hasRowsDown && (y.isIndex || y.names != nil)
  }

  /// A function's values over a rectangle, at places that look equally far from each other.
  static func sampled(
    x: ClosedRange<Double>, y: ClosedRange<Double>, _ options: FigureOptions, _ builtin: String,
    _ function: (Double, Double) throws -> Value
  ) throws -> Grid {
    let (columns, rows) = Surface2D.resolution
    let across = Cells(from: x.lowerBound, through: x.upperBound, count: columns, isLog: options.isXLog)
    let up = Cells(from: y.lowerBound, through: y.upperBound, count: rows, isLog: options.isYLog)
    let positions = (0..<columns).map { Surface2D.clamped(across.middle($0), to: x) }
    var values: [Double] = []
    values.reserveCapacity(columns * rows)
    for row in 0..<rows {
      let v = Surface2D.clamped(up.middle(row), to: y)
      for u in positions {
        let result = try function(u, v)
        guard let quantity = result.quantity?.concrete, quantity.shape.count == 1 else {
          throw Diagnostic(
            "\(builtin): the function must give a number for two numbers, not \(result.kind)", kind: .type,
            hint: "sum(…) or mean(…) make one number of a tensor")
        }
        values.append(try quantity.numbers().first ?? .nan)
      }
    }
    guard let grid = Grid(values, x: across, y: up) else {
      throw Diagnostic("\(builtin): there is nothing to show")
    }
    return grid
  }

  /// Rounding must not leave the domain of the function.
  private static func clamped(_ position: Double, to range: ClosedRange<Double>) -> Double {
    min(range.upperBound, max(range.lowerBound, position))
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
            shortNumber(value, digits: 3), x: grid.x.middle(column), y: grid.y.middle(row)))
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
private struct Places {
  var cells: Cells
  var names: [String]?
  /// Whether they are numbered.
  var isIndex = false

  init(_ call: borrowing Call, _ position: Int, count: Int, isLog: Bool) throws(Diagnostic) {
    let (name, builtin) = (call.name(position), call.builtin.name)
    cells = Cells(-0.5...Double(count) - 0.5, count: count)
    guard !call.isMissing(position) else {
      guard !isLog else {
        throw Diagnostic(
          "\(builtin): \(name) counts from 0, which a logarithmic axis cannot show",
          hint: "say where the \(count) stand: \(name): logspace(-3, 0, \(count))")
      }
      isIndex = true
      return
    }
    if let texts = Call.texts(call[position]) {
      try call.checkEqual(texts.count, count, name, call.name(0))
      names = texts
      return
    }
    let positions = try call.samples(position).numbers
    if positions.count == count, let cells = Cells(positions: positions) {
      self.cells = cells
    } else if positions.count == 2, let low = positions.first, let high = positions.last, low < high,
      low.isFinite, high.isFinite
    {
      // Two that are not one for each cell are the outer edges.
      cells = Cells(low...high, count: count, isLog: isLog)
    } else {
      throw Diagnostic(
        "\(builtin): \(name) must be (low, high), or ascend with \(count) positions", kind: .shape)
    }
    if isLog { try FigureOptions.checkPositive(builtin, name, positions.first ?? 1) }
  }
}

extension Value {
  /// Itself as a number; nil for anything else.
  var number: Double? {
    guard case .number(let number)? = quantity?.concrete else { return nil }
    return number
  }
}

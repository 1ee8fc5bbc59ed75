import Plotting

/// Lines and points.
enum PlotBuiltins {
  static let all: [Builtin] = [plot, scatter, errorbars, band]

  private static let plot = Builtin(
    "plot(...data, by: none, \(FigureOptions.signature))", .plots,
    "Lines through data, or the graph of a function: plot(y), plot(x, y), plot(f, low, high).",
    convention:
      "y may be a record of several lines, which the legend names, or a matrix of them in columns; a function is sampled more densely where it bends; a run, a fit, a minimum or a grid search shows itself; plots are added with +; \(FigureOptions.convention)",
    example: """
      plot([0, 1, 4, 9, 16], height: 8, width: 40)
      #> 20 ┤
      #>    │                                 ⣀⠤⠒
      #>    │                            ⢀⡠⠔⠒⠉
      #> 10 ┤                      ⢀⣀⠤⠤⠒⠊⠁
      #>    │               ⣀⣀⠤⠤⠒⠒⠉⠁
      #>  0 ┤⣀⣀⣀⣀⡠⠤⠤⠤⠤⠤⠔⠒⠊⠉⠉
      #>    └┬─────────────────┬────────────────┬
      #>     0                 2                4
      """
  ) { call in
    let options = try FigureOptions(call)
    let data = try call.rest(0)
    guard let first = data.first else {
      throw Diagnostic(
        "plot needs something to plot", kind: .argument, hint: "plot(y), plot(x, y) or plot(sin, -3, 3)")
    }
    if data.count == 1, case .record(let record) = first, let presentation = ResultPresentation.of(record) {
      return .figure(try result(record, presentation, call, options))
    }
    if let functions = FunctionGraphs(first) {
      return .figure(try functions.figure(call, Array(data.dropFirst()), options))
    }
    guard data.count <= 2 else {
      throw Diagnostic(
        "plot takes x and y, not \(data.count) things", kind: .argument,
        hint: "several lines go into a record: plot(x, (a: y1, b: y2))")
    }
    if data.count == 2, let functions = FunctionGraphs(data[1]) {
      return .figure(try options.figure(functions.panel(call, at: first)))
    }
    let points = try PointRows(call, x: data.count == 2 ? first : nil, y: data[data.count - 1])
    return .figure(try options.figure(points.panel(call) { x, y in [LineMark(x: x, y: y)] }))
  }

  /// The picture of a run, a fit, a minimum or a grid search.
  private static func result(
    _ record: Record, _ presentation: ResultPresentation, _ call: borrowing Call, _ options: FigureOptions
  ) throws -> Figure {
    if let fit = try FitFigure.figure(record, call) { return fit }
    guard let figure = presentation.figure?.make(record) else {
      throw Diagnostic(
        "plot: \(Value.record(record).kind) has no picture\(presentation.figure == nil ? "" : " with these fields")",
        kind: .type)
    }
    guard case .panel(let panel) = figure.layout else { return options.sized(figure) }
    return try options.figure(panel)
  }

  private static let scatter = Builtin(
    "scatter(x, y: none, by: none, \(FigureOptions.signature))", .plots,
    "Points: scatter(x, y), or scatter(p) for the rows of a matrix with two columns.",
    convention: "by gives each point a class, which its color and sign show; \(FigureOptions.convention)",
    example: """
      scatter([1, 2, 3], [1, 4, 9], height: 7, width: 40)
      #> 10 ┤                                   •
      #>    │
      #>  5 ┤                  •
      #>    │
      #>  0 ┤•
      #>    └┬─────────────────┬────────────────┬
      #>     1                 2                3
      """
  ) { call in
    let options = try FigureOptions(call)
    var points: PointRows
    if call.isMissing(1), let tensor = call[0].plainTensor, tensor.shape.rank == 2, tensor.shape[1] == 2 {
      points = PointRows(
        x: TensorSamples(tensor, column: 0),
        rows: [NamedSamples(name: nil, samples: TensorSamples(tensor, column: 1))])
    } else if call.isMissing(1) {
      points = try PointRows(call, x: nil, y: call[0])
    } else {
      points = try PointRows(call, x: call[0], y: call[1])
    }
    return .figure(try options.figure(points.panel(call) { x, y in [PointMark(x: x, y: y)] }))
  }

  private static let errorbars = Builtin(
    "errorbars(x, y, error, \(FigureOptions.signature))", .plots, "Points with bars of their uncertainty.",
    convention:
      "error is one number, one for each point, or (below, above) for bars of two lengths; \(FigureOptions.convention)",
    example: """
      errorbars([1, 2, 3], [1, 2, 2.5], 0.2, height: 7, width: 40)
      #>   │                                   ⠤•
      #> 2 ┤                 ⠐•⠂               ⠉⠉
      #>   │⣀⣀               ⠈⠉⠁
      #>   │•⠤
      #> 0 ┤
      #>   └┬─────────────────┬─────────────────┬
      #>    1                 2                 3
      """
  ) { call in
    let options = try FigureOptions(call)
    let (x, y) = (try call.samples(0), try call.samples(1))
    let (below, above) = try errors(call, count: y.count)
    try call.checkEqual(x.count, y.count, "x", "y")
    let bars = ErrorBarMark(
      x: x, low: ShiftedSamples(y, by: below, sign: -1), high: ShiftedSamples(y, by: above, sign: 1))
    let marks: [any Mark] = [bars, PointMark(x: x, y: y)]
    return .figure(try options.figure(Panel([Series(marks: marks)])))
  }

  /// How far the bars reach down and up.
  private static func errors(_ call: borrowing Call, count: Int) throws -> (any Samples, any Samples) {
    func side(_ value: Value) throws -> any Samples {
      if case .number(let number)? = value.quantity?.concrete { return RepeatedSample(number, count: count) }
      guard let samples = NamedSamples.vector(value) else {
        throw call.wrong(2, "a number, a vector or a list (below, above)")
      }
      try call.checkEqual(samples.count, count, "error", "y")
      return samples
    }
    if case .list(let list) = call[2], list.items.count == 2 {
      return (try side(list.items[0].unfixed), try side(list.items[1].unfixed))
    }
    let both = try side(call[2])
    return (both, both)
  }

  private static let band = Builtin(
    "band(x, low, high, name: none, \(FigureOptions.signature))", .plots,
    "The shaded region between two curves, as an interval of confidence.",
    convention: "x ascends; name is what the legend calls it; \(FigureOptions.convention)",
    example: """
      x = linspace(0, 1, 20)
      band(x, x^2, x, height: 7, width: 40)
      #> 1.0 ┤                               ░░
      #>     │                        ░░░░░
      #> 0.5 ┤                 ░░░░░░░░
      #>     │          ░░░░░░░░░
      #>   0 ┤   ░░░░░░░░
      #>     └┬────────────────┬────────────────┬
      #>      0               0.5             1.0
      """
  ) { call in
    let options = try FigureOptions(call)
    let (x, low, high) = (try call.samples(0), try call.samples(1), try call.samples(2))
    try call.checkEqual(x.count, low.count, "x", "low")
    try call.checkEqual(x.count, high.count, "x", "high")
    let name = call.isMissing(3) ? nil : try call.string(3)
    return .figure(try options.figure(Panel([Series(name, marks: [BandMark(x: x, low: low, high: high)])])))
  }
}

extension Call {
  /// A row of numbers.
  func samples(_ position: Int) throws(Diagnostic) -> any Samples {
    guard let samples = NamedSamples.vector(self[position]) else {
      throw wrong(position, "a vector of numbers")
    }
    return samples
  }

  /// Throws when two rows that belong together differ in length.
  func checkEqual(_ a: Int, _ b: Int, _ first: String, _ second: String) throws(Diagnostic) {
    guard a != b else { return }
    throw Diagnostic(
      "\(builtin.name): \(first) has \(a) numbers and \(second) has \(b)", kind: .shape,
      hint: "each point needs both")
  }
}

extension Samples {
  /// All numbers at once.
  var numbers: [Double] {
    var result: [Double] = []
    read(0..<count) { piece in result = piece.indices.map { piece[$0] } }
    return result
  }
}

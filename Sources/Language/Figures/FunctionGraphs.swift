import Plotting

/// Functions whose graphs are to be drawn, with the names they have.
struct FunctionGraphs {
  private let functions: [(name: String?, function: Value)]
}

extension FunctionGraphs {
  /// The functions in a value: one by itself, or several in a record or a list; nil for anything else.
  init?(_ value: Value) {
    switch value.unfixed {
    case .function: functions = [(nil, value)]
    case .record(let record):
      if record["call"] != nil {
        functions = [(nil, value)]
      } else {
        guard !record.values.isEmpty, record.values.allSatisfy({ $0.unfixed.isCallable }) else { return nil }
        functions = zip(record.layout.names, record.values).map { ($0, $1.unfixed) }
      }
    case .list(let list):
      guard !list.items.isEmpty, list.items.allSatisfy({ $0.unfixed.isCallable }) else { return nil }
      functions = list.items.map { ($0.unfixed.callName, $0.unfixed) }
    case .none, .bool, .number, .tensor, .traced, .text, .string, .table, .figure, .fixed: return nil
    }
  }

  /// The graphs over an interval that is given by two arguments or one pair.
  func figure(_ call: borrowing Call, _ ends: [Value], _ options: FigureOptions) throws -> Figure {
    var numbers: [Double] = []
    for end in ends {
      guard let samples = end.quantity?.shape.rank == 0 ? nil : NamedSamples.vector(end) else {
        guard case .number(let number)? = end.quantity?.concrete else {
          throw Diagnostic(
            "plot: the ends of the interval must be numbers, not \(end.kind)", kind: .type,
            hint: "plot(f, -3, 3)")
        }
        numbers.append(number)
        continue
      }
      numbers += samples.numbers
    }
    guard numbers.count == 2 else {
      throw Diagnostic(
        "plot: a function needs the two ends of an interval", kind: .argument, hint: "plot(f, -3, 3)")
    }
    let (low, high) = (min(numbers[0], numbers[1]), max(numbers[0], numbers[1]))
    guard low < high, low.isFinite, high.isFinite else {
      throw Diagnostic(
        "plot: there is nothing between \(Display.number(numbers[0])) and \(Display.number(numbers[1]))")
    }
    if options.isXLog { try FigureOptions.checkPositive(call.builtin.name, "x", low) }
    var panel = Panel()
    var usual: ClosedRange<Double>?
    for (name, function) in functions {
      let curve = try FunctionCurve(call, function, from: low, to: high, options)
      panel.series.append(Series(name, marks: curve.pieces.map { LineMark(x: $0.x, y: $0.y) }))
      if curve.isClipped, let range = curve.usual {
        usual =
          min(
            usual?.lowerBound ?? range.lowerBound, range.lowerBound)...max(
            usual?.upperBound ?? range.upperBound, range.upperBound)
      }
    }
    if let usual {
      panel.y.limits = usual
      panel.footnote = "values beyond are cut off; ylim: (low, high) shows them"
    }
    return try options.figure(panel)
  }

  /// The values of the functions at given positions, as lines.
  func panel(_ call: borrowing Call, at positions: Value) throws -> Panel {
    guard let x = NamedSamples.vector(positions) else {
      throw Diagnostic("plot: x must be a vector, not \(positions.kind)", kind: .type)
    }
    var panel = Panel()
    for (name, function) in functions {
      let result = try call.machine.call(function, [positions])
      guard let y = NamedSamples.vector(result), y.count == x.count else {
        throw Diagnostic(
          "plot: \(function.callName) must give a number for each x, not \(result.kind)", kind: .shape)
      }
      panel.series.append(Series(name, marks: [LineMark(x: x, y: y)]))
    }
    return panel
  }
}

import Plotting
import Tensors

/// Counts, amounts and distributions.
enum DistributionBuiltins {
  static let all: [Builtin] = [hist, bar, box]

  private static let hist = Builtin(
    "hist(x, bins: none, by: none, \(FigureOptions.signature))", .plots,
    "How often numbers fall into intervals.",
    formula: "width near 2 (q3 - q1) / n^(1/3), rounded (Freedman and Diaconis)",
    convention:
      "bins is the number of intervals; whole numbers get one each; with xlog they have equal ratios; x may be a record of several rows; \(FigureOptions.convention)",
    example: """
      hist([1, 2, 2, 3, 3, 3], height: 7, width: 40)
      #> 4 ┤
      #>   │                         ▆▆▆▆▆▆▆▆▆▆▆▆
      #> 2 ┤            ▄▄▄▄▄▄▄▄▄▄▄▄▄████████████
      #>   │▂▂▂▂▂▂▂▂▂▂▂▂█████████████████████████
      #> 0 ┤█████████████████████████████████████
      #>   └──────┬───────────┬───────────┬──────
      #>          1           2           3
      """
  ) { call in
    let options = try FigureOptions(call)
    var rows: [NamedSamples]
    if let tensor = call[0].plainTensor {
      // Of a matrix all elements count.
      rows = [NamedSamples(name: nil, samples: TensorSamples(tensor))]
    } else {
      guard let given = try NamedSamples.rows(call[0]) else {
        throw call.wrong(0, "numbers or a record of them")
      }
      rows = given
    }
    if let position = call.option("by"), let row = rows.first {
      let classes = try PointClasses(call, position, count: row.samples.count)
      rows = zip(classes.names, classes.split(row.samples)).map { NamedSamples(name: $0, samples: $1) }
    }
    let bins = try intervals(call, rows, isLog: options.isXLog)
    var panel = Panel(
      rows.map { Series($0.name, marks: [HistogramMark($0.samples, bins: bins, isOutline: rows.count > 1)]) })
    panel.y.isWhole = true
    return .figure(try options.figure(panel))
  }

  /// The same intervals for all rows, of equal ratios for a logarithmic axis.
  private static func intervals(
    _ call: borrowing Call, _ rows: [NamedSamples], isLog: Bool
  ) throws -> HistogramBins {
    let samples: any Samples = rows.count == 1 ? rows[0].samples : rows.flatMap(\.samples.numbers)
    guard !call.isMissing(1) else {
      return isLog ? HistogramBins(suitingLogarithmsOf: samples) : HistogramBins(suiting: samples)
    }
    let count = try call.integer(1)
    guard count > 0, count <= 1000 else {
      throw Diagnostic("hist: bins must be from 1 to 1000, not \(count)")
    }
    let ends = Extent(of: isLog ? samples.numbers.filter { $0 > 0 } : samples)
    guard !ends.isEmpty else { return HistogramBins(count: count, low: 0, high: 1) }
    return isLog
      ? HistogramBins(count: count, logarithmicFrom: ends.low, to: ends.high)
      : HistogramBins(count: count, low: ends.low, high: ends.high)
  }

  private static let bar = Builtin(
    "bar(labels, values: none, \(FigureOptions.signature))", .plots,
    "A bar for each of several amounts: bar(labels, values), bar((a: 3, b: 5)) or bar(values).",
    convention:
      "bars with names run to the right, others stand; values may be a record of several rows, drawn side by side; \(FigureOptions.convention)",
    example: """
      bar((sgd: 0.91, adam: 0.97), width: 40, height: 7)
      #>      │
      #>  sgd ┤███████████████████████████████
      #>      │
      #> adam ┤█████████████████████████████████
      #>      └┬────────────────┬───────────────┬
      #>       0               0.5            1.0
      """
  ) { call in
    let options = try FigureOptions(call)
    let bars = try BarGroups(call)
    return .figure(try options.figure(bars.panel))
  }

  private static let box = Builtin(
    "box(groups, by: none, \(FigureOptions.signature))", .plots,
    "Median, quartiles and outliers of groups of numbers.",
    convention:
      "a box for each part of a record or list or each column of a matrix, or for each class of by; whiskers reach the last number within 1.5 lengths of the box; \(FigureOptions.convention)",
    example: """
      box((a: [1, 2, 3, 4], b: [2, 4, 6, 20]), width: 40, height: 9)
      #>   │   ⡤⢤⡤⡄
      #> a ┤  ⡧⡇⢸⡇⡧⢼
      #>   │   ⠓⠚⠓⠃
      #>   │      ⢠⠤⠤⣤⠤⠤⠤⠤⠤⠤⠤⢤
      #> b ┤   ⢸⠒⠒⢺  ⣿       ⢸                  •
      #>   │      ⠘⠒⠒⠛⠒⠒⠒⠒⠒⠒⠒⠚
      #>   └┬─────────────────┬─────────────────┬
      #>    0                10                20
      """
  ) { call in
    let options = try FigureOptions(call)
    guard var rows = try NamedSamples.rows(call[0]) else { throw call.wrong(0, "groups of numbers") }
    if let position = call.option("by"), let row = rows.first {
      let classes = try PointClasses(call, position, count: row.samples.count)
      rows = zip(classes.names, classes.split(row.samples)).map { NamedSamples(name: $0, samples: $1) }
    }
    var panel = Panel([Series(marks: [BoxMark(rows.map(\.samples))])])
    panel.y.categories = rows.enumerated().map { index, row in row.name ?? (rows.count > 1 ? "\(index)" : "")
    }
    panel.y.isReversed = true
    return .figure(try options.figure(panel))
  }
}

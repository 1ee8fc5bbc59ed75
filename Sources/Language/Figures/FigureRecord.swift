import Plotting
import Tensors

/// Figures as records of ordinary values, for those who keep values.
enum FigureRecord {
  /// The record of a figure.
  static func value(of figure: Figure) throws -> Value {
    try record([
      ("layout", layout(figure.layout)), ("width", .integer(figure.width)),
      ("height", .integer(figure.height)),
      ("style", .text(figure.style?.rawValue)),
    ])
  }

  private static func record(_ fields: [(String, Value)]) throws -> Value { .record(try Record(fields)) }

  private static func layout(_ layout: Figure.Layout) throws -> Value {
    switch layout {
    case .panel(let panel): return try record([("panel", value(of: panel))])
    case .stacked(let panel, let strip):
      return try record([("panel", value(of: panel)), ("strip", value(of: strip))])
    case .grid(let parts):
      var values: [Value] = []
      for part in parts { values.append(try FigureRecord.layout(part)) }
      return try record([("grid", .list(List(values)))])
    }
  }

  private static func value(of panel: Panel) throws -> Value {
    var series: [Value] = []
    for item in panel.series { series.append(try value(of: item)) }
    return try record([
      ("title", .text(panel.title)), ("x", value(of: panel.x)), ("y", value(of: panel.y)),
      ("series", .list(List(series))), ("legend", .bool(panel.showsLegend)),
      ("colors", .text(TextVector(panel.colors.map(\.hex)))), ("footnote", .text(panel.footnote)),
    ])
  }

  private static func value(of axis: Axis) throws -> Value {
    let limits = try axis.limits.map { Value.tensor(try Tensor([$0.lowerBound, $0.upperBound])) }
    return try record([
      ("label", .text(axis.label)), ("limits", limits ?? .none), ("log", .bool(axis.isLog)),
      ("reversed", .bool(axis.isReversed)), ("whole", .bool(axis.isWhole)),
      ("categories", axis.categories.map { .text(TextVector($0)) } ?? .none),
    ])
  }

  private static func value(of series: Series) throws -> Value {
    var marks: [Value] = []
    for mark in series.marks { marks.append(try value(of: mark.parts)) }
    return try record([
      ("name", .text(series.name)), ("color", .text(series.color?.hex)), ("neutral", .bool(series.isNeutral)),
      ("marks", .list(List(marks))),
    ])
  }

  private static func value(of parts: MarkParts) throws -> Value {
    var rows: [Value] = []
    for row in parts.rows { rows.append(.tensor(try tensor(of: row))) }
    return try record([
      ("kind", .string(parts.kind)), ("rows", .list(List(rows))), ("numbers", .tensor(Tensor(parts.numbers))),
      ("texts", .text(TextVector(parts.texts))),
    ])
  }

  private static func tensor(of samples: any Samples) throws -> Tensor {
    if let whole = (samples as? TensorSamples)?.whole { return whole }
    return samples is Positions ? Tensor(integersFrom: 0, count: samples.count) : try Tensor(samples.numbers)
  }
}

extension Value {
  fileprivate static func text(_ text: String?) -> Value { text.map { .string($0) } ?? .none }
  fileprivate static func integer(_ integer: Int?) -> Value { integer.map { .number(Double($0)) } ?? .none }
}

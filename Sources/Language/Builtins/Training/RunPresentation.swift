import Tensors

/// How a run shows itself: what happened, then a line for each series.
enum RunPresentation {
  static let row = ResultPresentation(kind: "run", figure: (true, RunFigure.figure)) { record, width in
    text(record, width: width)
  }

  private static func text(_ record: Record, width: Int) -> String? {
    guard case .number(let epochs)? = record["epochs"], case .number(let steps)? = record["steps"],
      case .number(let seconds)? = record["seconds"], case .string(let stopped)? = record["stopped"]
    else { return nil }
    var lines = [
      "run: \(counted(Int(epochs), "epoch")), \(counted(Int(steps), "step")) in \(duration(seconds)), "
        + (ends[stopped] ?? stopped)
    ]
    var series = [("loss", record["loss"]), ("val_loss", record["val_loss"])]
    if case .record(let metrics)? = record["metrics"] {
      series += zip(metrics.layout.names, metrics.values).map { ($0, $1) }
    }
    let rows = series.compactMap { name, value in
      summary(value, isLoss: name.hasSuffix("loss")).map { (name, $0) }
    }
    let label = rows.map { Display.columns($0.0) }.max() ?? 0
    lines += rows.map { "  " + Display.padded($0.0, to: label) + "  " + $0.1 }
    if case .text(let findings)? = record["findings"] {
      for finding in findings.items.compactMap(\.self) {
        lines += Display.wrapped("note: " + finding, width: max(20, width), hanging: 6)
      }
    }
    return lines.joined(separator: "\n")
  }

  private static let ends = [
    "finished": "finished", "early_stop": "stopped early: no improvement",
    "interrupted": "interrupted", "paused": "paused", "diverged": "stopped: the loss was no longer finite",
  ]

  /// `0.69 → 0.012, lowest 0.011 in epoch 43`.
  private static func summary(_ value: Value?, isLoss: Bool) -> String? {
    guard let values = try? value?.quantity?.numbers(), let first = values.first, let last = values.last
    else {
      return nil
    }
    var text = "\(Display.short(first)) -> \(Display.short(last))"
    if isLoss, let lowest = values.min(), lowest < last, let epoch = values.firstIndex(of: lowest) {
      text += ", lowest \(Display.short(lowest)) in epoch \(epoch + 1)"
    }
    return text
  }

  /// Seconds in the unit that suits them.
  private static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<1: "\(CFormat.text(seconds * 1000, precision: seconds < 0.01 ? 1 : 0, style: "f")) ms"
    case ..<120: "\(CFormat.text(seconds, precision: 1, style: "f")) s"
    default: "\(CFormat.text(seconds / 60, precision: 1, style: "f")) min"
    }
  }
}

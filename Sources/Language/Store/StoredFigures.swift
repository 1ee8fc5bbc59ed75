import Tensors

/// Figures of several entries as columns of a table.
enum FigureColumns {
  /// A column for each name among the figures, nan where an entry lacks it. Names that are `taken` are left out.
  static func columns(
    _ figures: [[(name: String, value: Double)]], besides taken: [String]
  ) throws -> [(String, Table.Column)] {
    var names: [String] = []
    for (name, _) in figures.joined() where !names.contains(name) && !taken.contains(name) {
      names.append(name)
    }
    return try names.map { name in
      let numbers = figures.map { entry in entry.first { $0.name == name }?.value ?? .nan }
      return (name, .tensor(try Tensor(numbers)))
    }
  }
}

/// Which version of a checkpoint is the best.
enum BestCheckpoint {
  /// The version with the greatest value of a metric, or the least where less is better.
  static func version(of name: String, by metric: String, in store: any Store) throws(Diagnostic) -> Int? {
    let entries = try store.checkpoints(named: name)
    let candidates = entries.compactMap { entry in
      entry.metrics.first { $0.name == metric && !$0.value.isNaN }.map {
        (version: entry.version, value: $0.value)
      }
    }
    guard !candidates.isEmpty || entries.isEmpty else {
      let known = Set(entries.flatMap { $0.metrics.map(\.name) }).sorted()
      throw Diagnostic(
        "no version of the checkpoint \(Display.literal(name)) has the metric \(metric)", kind: .name,
        hint: known.isEmpty
          ? "checkpoint(name, value, metrics: (\(metric): …)) gives one"
          : "there are \(known.joined(separator: ", "))")
    }
    let sign: Double = isLess(metric) ? -1 : 1
    return candidates.max { sign * $0.value < sign * $1.value }?.version
  }

  private static func isLess(_ metric: String) -> Bool {
    ["loss", "error", "mse", "mae", "rmse"].contains { metric == $0 || metric.hasSuffix("_" + $0) }
  }
}

/// A run as it was recorded, for `runs(12)`.
enum RecordedRun {
  /// A record of its facts and its series; one with losses plots as a fresh run does.
  static func value(_ number: Int, in store: any Store) throws -> Value {
    guard let (run, points) = try store.run(number) else {
      throw Diagnostic("there is no run \(number)", kind: .name, hint: "runs() lists them")
    }
    var series: [(String, Value)] = []
    for (name, points) in Dictionary(grouping: points, by: \.series).sorted(by: { $0.key < $1.key }) {
      series.append((name, .tensor(try Tensor(points.map(\.value)))))
    }
    func losses(_ name: String) -> Value { series.first { $0.0 == name }?.1 ?? .none }
    let metrics = series.filter { $0.0 != "loss" && $0.0 != "val_loss" }
    let epochs = points.map(\.step).max() ?? 0
    return .record(
      try Record(
        [
          ("run", .number(Double(number))), ("task", .string(run.kind)), ("loss", losses("loss")),
          ("val_loss", losses("val_loss")), ("metrics", .record(try Record(metrics))),
          ("epochs", .number(Double(epochs))), ("steps", .number(Double(epochs))),
          ("seconds", .number(run.seconds)),
          ("stopped", .string(run.status)), ("started", .string(StoredDate.text(run.started))),
          ("configuration", .record(try Record(run.configuration.map { ($0.name, $0.value) }))),
          ("figures", .record(try Record(run.figures.map { ($0.name, .number($0.value)) }))),
        ], kind: "run"))
  }
}

import Plotting
import Tensors

/// The picture of a training run: its losses against the epochs, the best one marked.
enum RunFigure {
  @Sendable static func figure(_ record: Record) -> Figure? {
    figure(
      ["loss", "val_loss"].map { name in
        (name, record[name].flatMap { NamedSamples.vector($0)?.numbers } ?? [])
      })
  }

  /// The picture of losses by epoch, that of the training data first; nil while there is nothing to draw.
  static func figure(_ series: [(name: String, values: [Double])]) -> Figure? {
    let losses = series.filter { $0.values.count > 1 }
    guard !losses.isEmpty else { return nil }
    var panel = Panel(
      losses.map { loss in
        let epochs = loss.values.indices.map { Double($0 + 1) }
        return Series(loss.name, marks: [LineMark(x: epochs, y: loss.values)])
      })
    panel.x.label = "epoch"
    panel.x.isWhole = true
    panel.y.isLog = LossScale.isLog(losses.flatMap(\.values))
    // The best epoch is that of the validation loss where there is one.
    if losses.count == 2, let best = losses[1].values.filter(\.isFinite).min(),
      let epoch = losses[1].values.firstIndex(of: best), epoch + 1 < losses[1].values.count
    {
      panel.series.append(
        Series("best epoch, \(epoch + 1)", isNeutral: true, marks: [RuleMark(x: Double(epoch + 1))]))
    }
    return LossScale.compact(panel)
  }
}

/// The picture of a minimisation: the loss against the steps.
enum MinimumFigure {
  @Sendable static func figure(_ record: Record) -> Figure? {
    guard let values = record["values"].flatMap({ NamedSamples.vector($0)?.numbers }), values.count > 1 else {
      return nil
    }
    var panel = Panel([Series(marks: [LineMark(x: Positions(count: values.count), y: values)])])
    (panel.x.label, panel.y.label) = ("step", "loss")
    panel.x.isWhole = true
    panel.y.isLog = LossScale.isLog(values)
    return LossScale.compact(panel)
  }
}

/// How losses are shown.
enum LossScale {
  /// Whether they go over orders of magnitude, so that the end would not be seen on a linear axis.
  static func isLog(_ losses: [Double]) -> Bool {
    let finite = losses.filter(\.isFinite)
    guard let least = finite.min(), let greatest = finite.max() else { return false }
    return least > 0 && greatest / least > 30
  }

  /// A figure that stands under a report.
  static func compact(_ panel: Panel) -> Figure {
    var figure = Figure(panel)
    figure.height = 14
    return figure
  }
}

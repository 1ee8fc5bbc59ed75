import Tensors

/// The result of `fit`: a record of kind "run".
struct RunRecord {
  private let run: TrainingRun
  private let seconds: Double

  init(_ run: TrainingRun, seconds: Double) {
    self.run = run
    self.seconds = seconds
  }

  /// The record; the findings of the doctor are computed here.
  func value() throws -> Value {
    let history = try run.history.values()
    // A model may be anything, and a run that is done must not be lost to a look at it.
    let findings = (try? RunDoctor(run).findings()) ?? []
    return .record(
      try Record(
        [
          ("model", run.model), ("loss", history.loss), ("val_loss", history.validationLoss),
          ("metrics", history.metrics), ("epochs", .number(Double(run.history.epochCount))),
          ("steps", .number(Double(run.stepCount))), ("seconds", .number(seconds)),
          ("stopped", .string(run.stop.name)), ("best_epoch", bestEpoch),
          ("findings", .text(TextVector(findings))), ("pauses", .text(TextVector(run.pauses))),
        ], kind: "run"))
  }

  /// The epoch with the lowest validation loss, or loss without validation, counted from 1.
  private var bestEpoch: Value {
    let series = run.history.validationLoss.isEmpty ? run.history.loss : run.history.validationLoss
    guard let lowest = series.filter({ !$0.isNaN }).min(), let position = series.firstIndex(of: lowest) else {
      return .none
    }
    return .number(Double(position + 1))
  }
}

import Tensors

/// What a run has measured, one entry an epoch.
struct RunHistory {
  /// The mean loss over the batches, as the model learnt from them.
  var loss: [Double] = []
  /// The loss of the validation data after the epoch; empty without any.
  var validationLoss: [Double] = []
  /// The values of each metric.
  var metrics: [(name: String, values: [Double])]

  /// Nothing measured yet.
  init(_ metrics: [Metric]) { self.metrics = metrics.map { ($0.name, []) } }

  /// How many epochs were measured.
  var epochCount: Int { loss.count }

  /// The latest value of what decides about the best epoch.
  var watched: Double? { validationLoss.last ?? loss.last }
}

extension RunHistory {
  /// The series as values: vectors, and a record of them for the metrics.
  func values() throws -> (loss: Value, validationLoss: Value, metrics: Value) {
    (
      .tensor(try Tensor(loss)), validationLoss.isEmpty ? .none : .tensor(try Tensor(validationLoss)),
      .record(try Record(metrics.map { ($0.name, .tensor(try Tensor($0.values))) }))
    )
  }
}

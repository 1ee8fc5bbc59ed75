import Learning
import Tensors

/// Training of models on data.
extension BuiltinTable {
  static let trainingBuiltins: [Builtin] = [
    Builtin(
      "fit(net, x, y: none, loss: mse, optimizer: adam(0.001), epochs: 10, batch: 32, validation: none, "
        + "metrics: none, shuffle: true, early_stop: none, clip: none, weight_decay: 0, seed: none, "
        + "gradient_check: true, checkpoint: none, resume: none)",
      .training, "Trains a model on data by mini-batches and returns the run.",
      formula: "for each batch: g = grad(loss)(net), (net, optimizer) = step(optimizer, net, g)",
      convention: """
        loss takes (prediction, target), or (net, x, y) for anything else. \
        x may be a table with y the name of a column, or what batches(…) yields with no y. \
        validation is a share of the rows or (x, y); it is never trained on. \
        early_stop: 5 ends the run after 5 epochs without improvement and keeps the best parameters. \
        A loss that becomes nan or infinite ends it with the parameters before that step
        """,
      example: """
        x = linspace(-1, 1, 40)[:, none]
        r = fit(dense(1, 1), x, 3 * x + 1, optimizer: sgd(0.5), epochs: 50, batch: none)
        max(abs(r.model(x) - (3 * x + 1))) < 0.001
        #> true
        """
    ) { call in try TrainingRun(FitOptions(call)).run() }
  ]
}

extension Call {
  /// The position of a parameter, for calls with too many to count.
  func position(_ name: String) -> Int {
    guard let position = parameters.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("\(builtin.name) has no parameter \(name)")
    }
    return position
  }

  /// An optional number; nil when it was left out.
  func optionalNumber(_ name: String) throws(Diagnostic) -> Double? {
    let position = position(name)
    return isMissing(position) ? nil : try number(position)
  }

  /// An optional string; nil when it was left out.
  func optionalString(_ name: String) throws(Diagnostic) -> String? {
    let position = position(name)
    return isMissing(position) ? nil : try string(position)
  }
}

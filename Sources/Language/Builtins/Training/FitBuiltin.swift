import Learning
import Tensors

/// Training of models on data.
extension BuiltinTable {
  static let trainingBuiltins: [Builtin] = [
    Builtin(
      "fit(net, x, y: none, loss: mse, optimizer: adam(0.001), epochs: 10, batch: 32, validation: none, "
        + "metrics: none, shuffle: true, early_stop: none, clip: none, weight_decay: 0, seed: none, "
        + "gradient_check: true, checkpoint: none, resume: none, live: false)",
      .training, "Trains a model on data by mini-batches and returns the run.",
      formula: "for each batch: g = grad(loss)(net), (net, optimizer) = step(optimizer, net, g)",
      convention: """
        loss takes (prediction, target), or (net, x, y) for anything else. \
        x may be a table with y the name of a column, or what batches(…) yields with no y. \
        validation is a share of the rows or (x, y); it is never trained on. \
        batch: none takes all rows at once. metrics is a function of (prediction, target), or a list or record of \
        some. clip is the greatest length of a gradient. shuffle draws a new order for each epoch, from seed where \
        that is given. checkpoint keeps every epoch under a name, resume goes on with one. The run has model, loss, \
        val_loss, metrics, epochs, seconds, stopped, best_epoch and findings. \
        early_stop: 5 ends the run after 5 epochs without improvement and keeps the best parameters. \
        A loss that becomes nan or infinite ends it with the parameters before that step. \
        A derivative goes through the model that a run returns, not through its losses. \
        live draws the losses while it runs. At the prompt Ctrl-C pauses it: run and model can be looked at, \
        lr, epochs and clip be changed
        """,
      example: """
        x = linspace(-1, 1, 40)[:, none]
        r = fit(dense(1, 1), x, 3 * x + 1, optimizer: sgd(0.5), epochs: 50, batch: none)
        max(abs(r.model(x) - (3 * x + 1))) < 0.001
        #> true
        """
    ) { call in try TrainingRun(FitOptions(call)).run() },
    Builtin(
      "training(net, x)", .layers,
      "What a layer makes of its input while it learns, and the layer afterwards.",
      formula: "net.train(net, x), or (net(x), net) for a layer that is the same while it learns",
      example: """
        (y, net) = training(chain(dense(2, 3), dropout(0.5)), ones(4, 2))
        y.shape
        #> [4, 3]
        """
    ) { call in
      guard call[0].isCallable else { throw call.wrong(0, "a layer") }
      let (output, model) = try call.machine.training(call[0], call[1])
      return .list(try List([output, model]))
    },
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

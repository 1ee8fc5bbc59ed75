import Learning
import Tensors

/// Loss and metrics of a model as it is on some data.
struct Measurement {
  /// The mean loss over all rows.
  let loss: Double
  /// A value for each metric, in order.
  let metrics: [Double]

  /// Rows that are looked at together: enough for the kernels, little enough for memory.
  private static let batchSize = 1024

  init(_ data: TrainingData, of model: Value, _ options: FitOptions) throws {
    let plan = BatchPlan(count: data.count, size: Measurement.batchSize, shuffles: false)
    var (total, rows) = (0.0, 0.0)
    var predictions: [Quantity] = []
    var targets: [Quantity] = []
    for source in try data.batches(plan, options.machine) {
      let (x, y) = try source.load()
      let (loss, prediction) = try options.loss.inference(model, x, y)
      let count = Double(try Structure.quantities(of: x).first?.shape.array.first ?? 1)
      total += loss * count
      rows += count
      guard !options.metrics.isEmpty else { continue }
      let output = try prediction ?? options.machine.call(model, [x])
      guard let prediction = output.quantity, let target = y.quantity else {
        throw Diagnostic(
          "fit: metrics need a prediction and a target that are tensors, not \(output.kind) and \(y.kind)",
          kind: .type)
      }
      predictions.append(prediction)
      targets.append(target)
    }
    loss = total / rows
    guard !options.metrics.isEmpty else {
      metrics = []
      return
    }
    let prediction = Value(try Quantity.concat(predictions, axis: 0))
    let target = Value(try Quantity.concat(targets, axis: 0))
    metrics = try options.metrics.map { try $0.value(prediction, target, options.machine) }
  }
}

extension RunHistory {
  /// Adds the figures of an epoch.
  mutating func add(loss: Double, validationLoss: Double?, metrics values: [Double]) {
    self.loss.append(loss)
    if let validationLoss { self.validationLoss.append(validationLoss) }
    for (position, value) in values.enumerated() { metrics[position].values.append(value) }
  }
}

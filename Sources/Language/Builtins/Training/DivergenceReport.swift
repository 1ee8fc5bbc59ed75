import Tensors

/// Finds where a number that is not finite came from, by running the step again and watching.
struct DivergenceReport {
  /// The operation that first gave such a number, by its source or its name, and the number.
  private var operation: (name: String, value: Double)?
  /// The part of the model whose output first had one: `chain[2]`.
  private var layer: String?
  /// A parameter that is itself not finite.
  private var parameter: String?

  init(_ options: FitOptions, model: Value, x: Value, y: Value) throws {
    for leaf in try Structure.leaves(of: model) where try leaf.quantity.firstNonFinite() != nil {
      parameter = leaf.path
      break
    }
    let (machine, trace) = (options.machine, Trace())
    // What runs inside of builtins has no source of its own, only that of the call of fit.
    let outer = ExplainedRun.sourceText(machine)
    let leaves = try Structure.quantities(of: model).map { trace.variable($0) }
    var found: (node: Int, source: String, value: Double)?
    var node = leaves.count - 1
    trace.listener = { value in
      node += 1
      guard found == nil, let bad = try? value.concrete.firstNonFinite() else { return }
      found = (node, ExplainedRun.sourceText(machine), bad)
    }
    defer {
      trace.listener = nil
      trace.close()
    }
    _ = try options.loss.training(Structure.rebuild(model, with: leaves), x, y)
    operation = found.map { found in
      let name = trace.operation(at: found.node).primitive?.name ?? ""
      return (found.source == outer ? name : found.source, found.value)
    }
    layer = (try? DivergenceReport.layer(of: model, x, machine)) ?? nil
  }

  /// The first layer of a chain whose output is not finite.
  private static func layer(of model: Value, _ x: Value, _ machine: Machine) throws -> String? {
    guard case .record(let record) = model, case .list(let layers)? = record["layers"] else { return nil }
    var output = x
    for (position, layer) in layers.items.enumerated() {
      output = try machine.call(layer.unfixed, [output])
      if try output.quantity?.concrete.firstNonFinite() != nil { return "layers[\(position)]" }
    }
    return nil
  }

  /// The note to the user.
  func text(loss: Double, step: Int, epoch: Int) -> String {
    var text = "fit stopped: the loss became \(Display.number(loss)) at step \(step) (epoch \(epoch))"
    if let parameter { text += "; the step before had made \(parameter) infinite or nan" }
    if let operation {
      text += "; `\(operation.name)` was the first to give \(Display.number(operation.value))"
      if let layer { text += ", in \(layer)" }
    }
    return text
      + ". The model is as it was before. Usual remedies: a smaller step length, clip: 1, standardize(x), "
      + "cross_entropy of logits instead of log(softmax(…))"
  }
}

extension Quantity {
  /// The first element that is NaN or infinite.
  func firstNonFinite() throws -> Double? {
    // The sum is not finite when an element is not; the other way round has to be looked at.
    guard case .number(let sum) = try concrete.sum(), !sum.isFinite else { return nil }
    return try numbers().first { !$0.isFinite }
  }
}

import Tensors

/// What `fit` makes small: a function of prediction and target, or of the model and a batch.
struct LossFunction {
  private let function: Value
  /// Whether it takes `(net, x, y)` and applies the model itself.
  let appliesModel: Bool
  private let machine: Machine

  /// The argument `loss` of a call.
  init(_ call: borrowing Call) throws {
    machine = call.machine
    let position = call.position("loss")
    function = call.isMissing(position) ? try call.machine.builtin("mse") : call[position]
    guard function.isCallable else {
      throw call.wrong(position, "a function", hint: "loss: mse, or loss: (prediction, target) -> …")
    }
    guard case .function(let loss) = function else {
      appliesModel = false
      return
    }
    appliesModel = loss.arity.lowerBound >= 3
    guard loss.arity.contains(appliesModel ? 3 : 2) else {
      throw Diagnostic(
        "fit: the loss must take (prediction, target) or (net, x, y), not \(loss.arity.lowerBound) arguments",
        kind: .argument)
    }
  }

  /// What it is called, for reports.
  var name: String {
    if case .function(let function) = function { function.name ?? "loss" } else { "loss" }
  }
}

extension LossFunction {
  /// The loss of a batch while the model learns, and the model with what it noted on the way.
  func training(_ model: Value, _ x: Value, _ y: Value) throws -> (loss: Value, model: Value) {
    guard appliesModel else {
      let (prediction, next) = try machine.training(model, x)
      return (try machine.call(function, [prediction, y]), next)
    }
    let result = try machine.call(function, [model, x, y])
    // A loss that uses training(net, x) hands the new model back.
    if case .list(let list) = result, list.items.count == 2 {
      return (list.items[0].unfixed, list.items[1].unfixed)
    }
    return (result, model)
  }

  /// The loss of a batch as the model is, and its prediction unless the loss applies the model itself.
  func inference(_ model: Value, _ x: Value, _ y: Value) throws -> (loss: Double, prediction: Value?) {
    var prediction: Value?
    var result: Value
    if appliesModel {
      result = try machine.call(function, [model, x, y])
      if case .list(let list) = result, list.items.count == 2 { result = list.items[0].unfixed }
    } else {
      let output = try machine.call(model, [x])
      prediction = output
      result = try machine.call(function, [output, y])
    }
    return (try single(result), prediction)
  }

  /// The one number a loss returned.
  private func single(_ value: Value) throws -> Double {
    guard case .number(let number)? = value.quantity?.concrete else { throw notSingle(value) }
    return number
  }

  /// The error for a loss that is not a single number.
  func notSingle(_ value: Value) -> Diagnostic {
    Diagnostic(
      "fit: the loss must be a single number, not \(value.kind)", kind: .type,
      hint: value.quantity == nil ? nil : "mean(…) makes one of it")
  }
}

extension Machine {
  /// Applies a model as while learning: its output, and itself with what it noted, such as running
  /// statistics. A model without a field `train` is called and stays as it is.
  func training(_ model: Value, _ x: Value) throws(Diagnostic) -> (output: Value, model: Value) {
    guard case .record(let record) = model, let method = record["train"] else {
      return (try call(model, [x]), model)
    }
    let result = try call(method, [model, x])
    guard case .list(let list) = result, list.items.count == 2 else {
      throw Diagnostic("`train` of a model must return (output, model), not \(result.kind)", kind: .type)
    }
    return (list.items[0].unfixed, list.items[1].unfixed)
  }
}

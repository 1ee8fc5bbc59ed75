import Learning
import Tensors

/// What a call of `fit` asks for, checked.
struct FitOptions {
  let machine: Machine
  let model: Value
  let data: TrainingData
  /// Rows that are only looked at; nil without validation.
  let validation: TrainingData?
  let loss: LossFunction
  let optimizer: Value
  let epochs: Int
  /// Rows of a batch, nil for all at once.
  let batchSize: Int?
  let metrics: [Metric]
  let shuffles: Bool
  let earlyStopping: EarlyStopping?
  /// The largest norm of a gradient.
  let clip: Double?
  /// What is added to the gradient of every parameter, times the parameter.
  let weightDecay: Double
  let seed: Int?
  let checksGradient: Bool
  let checkpoint: String?
  let resume: String?
  /// Whether the losses are drawn while it runs.
  let isLive: Bool

  init(_ call: borrowing Call) throws {
    machine = call.machine
    model = call[0]
    guard model.isCallable else {
      throw call.wrong(
        0, "a model", hint: "a record with a field `call`, such as dense(2, 1) or chain(…), can be trained")
    }
    guard try !Structure.leaves(of: model).isEmpty else {
      throw Diagnostic(
        "fit: the model has no parameters to learn", kind: .value,
        hint:
          "parameters are the numbers and tensors of a record; chain(dense(2, 1)) has some, a function none")
    }
    loss = try LossFunction(call)
    optimizer = try FitOptions.optimizer(call)
    epochs = try call.count(call.position("epochs"))
    let batch = call.position("batch")
    batchSize = call.isMissing(batch) ? nil : try call.positiveCount(batch)
    shuffles = try call.bool(call.position("shuffle"))
    earlyStopping = try FitOptions.earlyStopping(call)
    clip = try call.optionalNumber("clip")
    if let clip, !(clip > 0) {
      throw Diagnostic("fit: clip must be above 0, but is \(Display.number(clip))", kind: .value)
    }
    weightDecay = try call.number(call.position("weight_decay"))
    let seed = call.position("seed")
    self.seed = call.isMissing(seed) ? nil : try call.integer(seed)
    checksGradient = try call.bool(call.position("gradient_check"))
    checkpoint = try call.optionalString("checkpoint")
    resume = try call.optionalString("resume")
    isLive = try call.bool(call.position("live"))
    metrics = try Metric.list(call[call.position("metrics")], call)
    let all = try TrainingData(call)
    let position = call.position("validation")
    if call.isMissing(position) {
      (data, validation) = (all, nil)
    } else if case .number(let share) = call[position] {
      (data, validation) = try all.split(share, machine, seed: self.seed)
    } else {
      (data, validation) = (all, try TrainingData(validation: call[position], like: all))
    }
  }

  /// The settings as the record of runs keeps them.
  var configuration: [(name: String, value: Value)] {
    [
      ("loss", .string(loss.name)), ("rows", .number(Double(data.count))),
      ("epochs", .number(Double(epochs))),
      ("batch", batchSize.map { .number(Double($0)) } ?? .none),
      ("seed", seed.map { .number(Double($0)) } ?? .none),
    ]
  }

  private static func optimizer(_ call: borrowing Call) throws -> Value {
    let position = call.position("optimizer")
    if call.isMissing(position) {
      return try call.machine.call(call.machine.builtin("adam"), [.number(0.001)])
    }
    let value = call[position]
    if case .record(let record) = value, record["step"] != nil { return value }
    var hint = "sgd(0.1) or adam(0.001) make one"
    if case .number(let number) = value { hint = "sgd(\(Display.number(number))) takes steps of that size" }
    if case .function(let function) = value {
      hint = "call it with a step length: \(function.builtin?.name ?? "adam")(0.01)"
    }
    throw call.wrong(position, "an optimiser, a record with a field `step`", hint: hint)
  }

  private static func earlyStopping(_ call: borrowing Call) throws -> EarlyStopping? {
    let position = call.position("early_stop")
    switch call[position] {
    case .none: return nil
    case .number: return EarlyStopping(patience: try call.positiveCount(position))
    case .record(let record):
      guard case .number(let patience)? = record["patience"] else { break }
      guard patience == patience.rounded(), patience >= 1, patience <= 1e9 else {
        throw Diagnostic(
          "fit: patience must be a whole number of epochs from 1 on, but is \(Display.number(patience))",
          kind: .value)
      }
      guard record.layout.names.allSatisfy({ ["patience", "min_delta"].contains($0) }) else { break }
      var improvement = 0.0
      if let given = record["min_delta"] {
        guard case .number(let number) = given else { break }
        improvement = number
      }
      return EarlyStopping(patience: Int(patience), minimumImprovement: improvement)
    default: break
    }
    throw call.wrong(position, "a number of epochs or (patience: 5, min_delta: 0.001)")
  }
}

extension Call {
  /// A whole number of at least 1.
  func positiveCount(_ position: Int) throws(Diagnostic) -> Int {
    let count = try count(position)
    guard count > 0 else {
      throw Diagnostic("\(builtin.name): \(name(position)) must be at least 1", kind: .value)
    }
    return count
  }
}

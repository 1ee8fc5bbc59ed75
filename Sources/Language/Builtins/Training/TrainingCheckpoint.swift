import Learning
import Tensors

/// Saves a run after every epoch and brings it back, so that it goes on as if it had not stopped.
struct TrainingCheckpoint {
  /// Everything that decides how a run goes on.
  struct Content {
    var model: Value
    var optimizer: Value
    var history: RunHistory
    var steps: Int
    var stopping: EarlyStopping?
    /// The model of the best epoch so far, when the run stops early.
    var best: Value?
    var random: RandomStream
  }

  private let options: FitOptions
  private let store: any Store
  /// The name it is saved under; nil when nothing is saved.
  private let name: String?
  private let fingerprint: String

  init(_ options: FitOptions) throws {
    self.options = options
    store = options.machine.store
    name = options.checkpoint ?? options.resume
    fingerprint = name == nil ? "" : try options.data.fingerprint()
  }
}

extension TrainingCheckpoint {
  /// Adds a version with the state after an epoch.
  func save(_ content: Content, run: @autoclosure () -> Int?) throws {
    guard let name else { return }
    let machine = options.machine
    var checkpoint = Checkpoint(name: name, created: machine.host.date(), value: content.model)
    checkpoint.run = run()
    checkpoint.epoch = content.history.epochCount
    checkpoint.metrics = content.history.latest
    checkpoint.state = try state(of: content)
    _ = try store.save(checkpoint)
  }

  /// The state to go on from, nil for a run that starts from the beginning.
  ///
  /// Throws a diagnostic when there is nothing under the name, or it belongs to another model or other data.
  func resumed() throws -> Content? {
    guard let name = options.resume else { return nil }
    guard let checkpoint = try store.checkpoint(named: name, version: nil) else {
      // A script that names both can be started again and again.
      if options.checkpoint == name { return nil }
      throw Diagnostic(
        "fit: there is no checkpoint \"\(name)\" to resume", kind: .name,
        hint: "checkpoint: \"\(name)\" saves one every epoch")
    }
    guard let content = try content(checkpoint.state, model: checkpoint.value) else {
      throw Diagnostic(
        "fit: checkpoint \"\(name)\" was not saved by fit, so it cannot be resumed", kind: .value,
        hint: "restore(\"\(name)\") brings its value back")
    }
    return content
  }

  private func state(of content: Content) throws -> Value {
    let history = try content.history.values()
    let best = content.stopping?.best
    return .record(
      try Record([
        ("optimizer", content.optimizer), ("loss", history.loss), ("val_loss", history.validationLoss),
        ("metrics", history.metrics), ("steps", .number(Double(content.steps))),
        ("best", content.best ?? .none), ("best_value", best.map { .number($0.value) } ?? .none),
        ("best_epoch", best.map { .number(Double($0.epoch)) } ?? .none),
        // As text, because they have 64 bits.
        ("random", .string("\(content.random.key) \(content.random.counter)")),
        ("data", .string(fingerprint)),
      ]))
  }

  /// Reads what ``state(of:)`` wrote; nil when it is something else.
  private func content(_ state: Value, model: Value) throws -> Content? {
    guard case .record(let record) = state, let optimizer = record["optimizer"],
      case .string(let data)? = record["data"], case .string(let random)? = record["random"],
      case .number(let steps)? = record["steps"], let loss = try record["loss"]?.quantity?.numbers()
    else { return nil }
    guard data == fingerprint else {
      throw Diagnostic(
        "fit: checkpoint \"\(options.resume ?? "")\" was trained on other data", kind: .value,
        hint:
          "resuming continues the same run; fit(restore(\"\(options.resume ?? "")\"), …) trains on from its model"
      )
    }
    let words = random.split(separator: " ").compactMap { UInt64($0) }
    guard words.count == 2 else { return nil }
    var history = RunHistory(options.metrics)
    history.loss = loss
    history.validationLoss = try record["val_loss"]?.quantity?.numbers() ?? []
    if case .record(let metrics)? = record["metrics"] {
      for position in history.metrics.indices {
        history.metrics[position].values =
          try metrics[history.metrics[position].name]?.quantity?.numbers() ?? []
      }
    }
    var stopping = options.earlyStopping
    if case .number(let value)? = record["best_value"], case .number(let epoch)? = record["best_epoch"] {
      stopping?.restore(best: (value, Int(epoch)))
    }
    var best = record["best"]
    if case .none? = best { best = nil }
    return Content(
      model: model, optimizer: optimizer, history: history, steps: Int(steps), stopping: stopping, best: best,
      random: RandomStream(key: words[0], counter: words[1]))
  }
}

extension RunHistory {
  /// The latest figure of every series.
  var latest: [(name: String, value: Double)] {
    var figures: [(name: String, value: Double)] = []
    if let value = loss.last { figures.append(("loss", value)) }
    if let value = validationLoss.last { figures.append(("val_loss", value)) }
    for metric in metrics { if let value = metric.values.last { figures.append((metric.name, value)) } }
    return figures
  }
}

extension TrainingData {
  /// A text that other data has not: from the shapes and every bit of the numbers.
  func fingerprint() throws -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func mix(_ bits: UInt64) {
      // The finaliser of SplitMix64.
      var word = (hash ^ bits) &+ 0x9e37_79b9_7f4a_7c15
      word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
      word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
      hash = word ^ (word >> 31)
    }
    for value in values {
      for leaf in try Structure.quantities(of: value) {
        for length in leaf.shape.array { mix(UInt64(length)) }
        for number in try leaf.numbers() { mix(number.bitPattern) }
      }
    }
    return String(hash, radix: 16)
  }
}

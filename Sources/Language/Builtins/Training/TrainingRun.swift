import Learning
import Tensors

/// One call of `fit`: the loop over epochs and batches.
final class TrainingRun {
  /// Why a run ended.
  enum Stop {
    case finished
    case earlyStop
    case interrupted
    /// Not at all: the user is looking at it.
    case paused
    /// The loss became NaN or infinite; where, and what to do.
    case diverged(String)

    /// What the field `stopped` says.
    var name: String {
      switch self {
      case .finished: "finished"
      case .earlyStop: "early_stop"
      case .interrupted: "interrupted"
      case .paused: "paused"
      case .diverged: "diverged"
      }
    }
  }

  let options: FitOptions
  private let machine: Machine
  private let plan: BatchPlan
  private let recorder: RunRecorder
  private let start: Double
  private var meter: ProgressMeter
  private(set) var model: Value
  private(set) var optimizer: Value
  /// The model before the latest step, for when that step went wrong.
  private var previous: Value
  private(set) var history: RunHistory
  private var stopping: EarlyStopping?
  private var best: Value?
  private(set) var stepCount = 0
  private(set) var stop = Stop.finished
  /// How many epochs there are to be, and how long a gradient may be at most.
  private(set) var epochs: Int
  private(set) var clip: Double?
  /// When it waited for the user, and what was changed then.
  private(set) var pauses: [String] = []
  private var pausedSeconds = 0.0

  /// A run that has not begun.
  init(_ options: FitOptions) {
    self.options = options
    machine = options.machine
    plan = BatchPlan(count: options.data.count, size: options.batchSize, shuffles: options.shuffles)
    model = options.model
    previous = options.model
    optimizer = options.optimizer
    history = RunHistory(options.metrics)
    stopping = options.earlyStopping
    epochs = options.epochs
    clip = options.clip
    start = machine.host.seconds()
    meter = ProgressMeter(machine)
    recorder = RunRecorder("fit", configuration: options.configuration, on: machine)
  }
}

extension TrainingRun {
  /// Trains to the end and returns the run as a record.
  func run() throws -> Value {
    let outer = machine.state.random
    if let seed = options.seed { machine.state.random = RandomStream(key: UInt64(bitPattern: Int64(seed))) }
    // The seed of a run is its own: the session's stream goes on as if it had not been used.
    defer { if options.seed != nil { machine.state.random = outer } }
    let saver = try TrainingCheckpoint(options)
    if let saved = try saver.resumed() {
      (model, optimizer, history, stepCount) = (saved.model, saved.optimizer, saved.history, saved.steps)
      (stopping, best) = (saved.stopping, saved.best)
      machine.state.random = saved.random
    }
    while history.epochCount < epochs {
      guard try runEpoch() else { break }
      let isOver = noteEpoch()
      for (name, value) in history.latest { recorder.record(name, step: history.epochCount, value) }
      try saver.save(
        .init(
          model: model, optimizer: optimizer, history: history, steps: stepCount, stopping: stopping,
          best: best, random: machine.state.random), run: recorder.number)
      if isOver { break }
    }
    meter.finish(progress(loss: nil))
    recorder.finish(stop.name, figures: history.latest)
    if let best { model = best }
    if case .diverged(let text) = stop { machine.host.show(.note(text)) }
    return try RunRecord(self, seconds: seconds).value()
  }

  /// Trains for one epoch and measures it; false when the run ends within it.
  private func runEpoch() throws -> Bool {
    var (total, rows) = (0.0, 0.0)
    for source in try options.data.batches(plan, machine) {
      let (x, y) = try source.load()
      guard let loss = try unlessStopped({ try step(x, y) }) else { return false }
      guard loss.isFinite else {
        try diverge(loss, x, y)
        return false
      }
      let count = try Double(Structure.quantities(of: x).first?.shape.array.first ?? 1)
      total += loss * count
      rows += count
      meter.report { progress(loss: loss) }
    }
    let mean = total / rows
    return try unlessStopped { try measure(trainingLoss: mean) } != nil
  }

  /// Does a piece of work. When the user's wish to stop ends it, waits for what they decide and does it from its
  /// beginning, so that the run goes on as if nothing had been; nil when the run is to end.
  private func unlessStopped<Result>(_ work: () throws -> Result) throws -> Result? {
    while true {
      let random = machine.state.random
      do {
        return try work()
      } catch  where machine.endsRun(error) {
        machine.state.random = random
        guard try pause() else {
          stop = .interrupted
          return nil
        }
      }
    }
  }

  /// One step of the optimiser; the loss before it.
  private func step(_ x: Value, _ y: Value) throws -> Double {
    let random = machine.state.random
    var noted = model
    var learner = model
    let recording = try Recording(of: model) { argument in
      learner = argument
      let (loss, next) = try options.loss.training(argument, x, y)
      noted = next
      return loss
    }
    guard let output = recording.output.leaf, output.shape.rank == 0,
      let loss = try output.numbers().first
    else { throw options.loss.notSingle(recording.output) }
    guard loss.isFinite else { return loss }
    var gradient = try recording.structured(recording.gradients(of: output, cotangent: 1))
    if stepCount == 0, options.checksGradient {
      try GradientProbe(options, random: random, x: x, y: y).check(gradient)
    }
    let next = noted.isSameObject(as: learner) ? model : try recording.detached(noted)
    previous = model
    gradient = try regularized(gradient, next)
    (model, optimizer) = try ParameterStep.take(optimizer, next, along: gradient, machine)
    stepCount += 1
    return loss
  }

  /// The gradient with weight decay, and clipped.
  private func regularized(_ gradient: Value, _ model: Value) throws -> Value {
    var gradient = gradient
    if options.weightDecay != 0 {
      let decay = Quantity.number(options.weightDecay)
      gradient = try Structure.zip(gradient, model, to: "add weight decay to") { try $0 + decay * $1 }
    }
    if let clip {
      gradient = try machine.call(machine.builtin("clip_norm"), [gradient, .number(clip)])
    }
    return gradient
  }

  /// Adds an epoch to the history.
  private func measure(trainingLoss: Double) throws {
    let measurement = try options.validation.map { try Measurement($0, of: model, options) }
    if measurement == nil, !options.metrics.isEmpty {
      let training = try Measurement(options.data, of: model, options)
      history.add(loss: trainingLoss, validationLoss: nil, metrics: training.metrics)
    } else {
      history.add(
        loss: trainingLoss, validationLoss: measurement?.loss, metrics: measurement?.metrics ?? [])
    }
  }

  /// Decides after an epoch whether the run is over.
  private func noteEpoch() -> Bool {
    guard let watched = history.watched, let verdict = stopping?.note(watched, epoch: history.epochCount)
    else { return false }
    switch verdict {
    case .improved: best = model
    case .waiting: break
    case .exhausted:
      stop = .earlyStop
      return true
    }
    return false
  }

  /// Ends the run at a step whose loss is not finite, with the parameters before it.
  private func diverge(_ loss: Double, _ x: Value, _ y: Value) throws {
    let report = try DivergenceReport(options, model: model, x: x, y: y)
    stop = .diverged(report.text(loss: loss, step: stepCount + 1, epoch: history.epochCount + 1))
    model = previous
  }

  private func progress(loss: Double?) -> Progress {
    let (total, overflow) = epochs.multipliedReportingOverflow(by: options.data.batchCount(plan))
    var progress = Progress(task: "fit", done: stepCount, total: overflow ? .max : total, unit: "steps")
    (progress.epoch, progress.epochs) = (min(history.epochCount + 1, epochs), epochs)
    (progress.loss, progress.validationLoss) = (loss ?? history.loss.last, history.validationLoss.last)
    if options.isLive {
      progress.figure = { [history] in
        RunFigure.figure([("loss", history.loss), ("val_loss", history.validationLoss)])
      }
    }
    return progress
  }
}

extension TrainingRun {
  /// Seconds since it began, without those it waited.
  var seconds: Double { machine.host.seconds() - start - pausedSeconds }

  /// Lets the user look at what there is and change what may be changed; false when the run is to end.
  ///
  /// Throws when the whole cell is to be cancelled.
  private func pause() throws -> Bool {
    guard let ask = machine.pause else { return false }
    let (began, outer) = (machine.host.seconds(), stop)
    stop = .paused
    let paused = try PausedRun(self, machine)
    let decision = ask(paused)
    stop = outer
    pausedSeconds += machine.host.seconds() - began
    guard decision != .cancel else { throw Diagnostic("interrupted", kind: .interrupted) }
    let changes = paused.changes
    (optimizer, epochs, clip) = (paused.knobs.optimizer, paused.knobs.epochs, paused.knobs.clip)
    pauses.append(([paused.place] + changes).joined(separator: ", "))
    recorder.note("pauses", .string(pauses.joined(separator: "; ")))
    if !changes.isEmpty { machine.host.show(.note("fit was paused in \(pauses[pauses.count - 1])")) }
    return decision == .resume
  }
}

extension Value {
  /// Whether both are one record or list, not merely equal ones.
  fileprivate func isSameObject(as other: Value) -> Bool {
    guard let first = Container(self), let second = Container(other) else { return false }
    return first.identity == second.identity
  }
}

import Tensors

/// A training that waits because the user interrupted it: what it has so far, to be looked at and plotted.
///
/// Cells are evaluated in a scope that is thrown away: it sees the session's names, `run` and `model`. Only the
/// knobs `lr`, `epochs` and `clip` flow back, when the training goes on.
public final class PausedRun {
  /// What becomes of the training.
  public enum Decision: Sendable {
    /// It goes on with the knobs as they are now.
    case resume
    /// It ends with what it has.
    case stop
    /// The whole cell is undone.
    case cancel
  }

  /// What can be changed on the way.
  struct Knobs {
    var optimizer: Value
    var epochs: Int
    var clip: Double?
  }

  /// Where it waits: `epoch 3, step 57`.
  public let place: String
  /// The latest loss; nil in the first epoch.
  public let loss: Double?
  /// The knobs as they were taken over last.
  private(set) var knobs: Knobs
  /// What was changed, in words: `lr 0.01 -> 0.001`.
  private(set) var changes: [String] = []
  private let machine: Machine
  private let scope: Globals

  init(_ run: TrainingRun, _ machine: Machine) throws {
    self.machine = machine
    place = "epoch \(run.history.epochCount + 1), step \(run.stepCount + 1)"
    loss = run.history.loss.last
    knobs = Knobs(optimizer: run.optimizer, epochs: run.epochs, clip: run.clip)
    scope = machine.makeScope()
    scope.assign("run", try RunRecord(run, seconds: run.seconds).value())
    scope.assign("model", run.model)
    showKnobs()
  }
}

extension PausedRun {
  /// The names that have values of their own here.
  public var variables: [(name: String, value: Value)] { scope.assigned }

  /// What a name holds here.
  public func value(of name: String) -> Value? { scope.value(name) }

  /// Evaluates a text as a cell of the scope that is thrown away.
  ///
  /// The random stream and the precision of the training stay what they are.
  public func submit(_ source: Source) -> Outcome {
    switch Parser.parse(source) {
    case .incomplete: return .incomplete
    case .failure(let diagnostic): return .failed(diagnostic)
    case .program(let program):
      do {
        try evaluate(program.statements, in: source)
        return .done
      } catch {
        return .failed(error)
      }
    }
  }

  private func evaluate(_ statements: [Statement], in source: Source) throws(Diagnostic) {
    Interruption.clear()
    let compiled = try FunctionCompiler.cell(statements, source: source, globals: scope)
    let rollback = Rollback(machine, scope, assigned: compiled.assigned)
    let (state, echo, pause, endsRuns) = (
      machine.state, machine.echo, machine.pause, machine.interruptionEndsRuns
    )
    // A training in here is stopped by Ctrl-C like everything else.
    (machine.pause, machine.interruptionEndsRuns) = (nil, false)
    machine.echo = { [machine, scope] value in
      if case .none = value { return }
      machine.host.show(.value(value))
      scope.define("ans", value)
    }
    defer {
      (machine.state, machine.echo, machine.pause, machine.interruptionEndsRuns) = (
        state, echo, pause, endsRuns
      )
      Interruption.clear()
    }
    do throws(Diagnostic) {
      try machine.run(cell: compiled.code)
      rollback.discard()
    } catch {
      rollback.restore()
      throw error
    }
  }

  /// Takes over the knobs as the scope has them now. Throws when the training could not go on with one.
  public func adopt() throws(Diagnostic) {
    var (next, found) = (knobs, [String]())
    func note(_ name: String, _ old: Value, _ new: Value) {
      if !Arithmetic.same(old, new) { found.append("\(name) \(Display.line(old)) -> \(Display.line(new))") }
    }
    if let lr = scope.value("lr"), let (record, old) = PausedRun.rate(of: knobs.optimizer) {
      next.optimizer = .record(try record.replacing("lr", with: lr))
      try PausedRun.check(next.optimizer, machine)
      note("lr", old, lr)
    }
    let epochs = scope.value("epochs") ?? .none
    guard case .number(let count) = epochs, count >= 1, count <= 1e12, count == count.rounded() else {
      throw Diagnostic("epochs must be a whole number from 1 on, not \(Display.line(epochs))", kind: .value)
    }
    note("epochs", .number(Double(next.epochs)), epochs)
    next.epochs = Int(count)
    switch scope.value("clip") {
    case .number(let length)? where length > 0: next.clip = length
    case .none?, nil: next.clip = nil
    case let other?:
      throw Diagnostic("clip must be a number above 0 or none, not \(Display.line(other))", kind: .value)
    }
    note("clip", PausedRun.value(knobs.clip), PausedRun.value(next.clip))
    knobs = next
    changes += found
  }

  private func showKnobs() {
    if let (_, rate) = PausedRun.rate(of: knobs.optimizer) { scope.assign("lr", rate) }
    scope.assign("epochs", .number(Double(knobs.epochs)))
    scope.assign("clip", PausedRun.value(knobs.clip))
  }

  private static func value(_ number: Double?) -> Value { number.map { .number($0) } ?? .none }

  /// The learning rate of an optimiser that has one.
  private static func rate(of optimizer: Value) -> (record: Record, rate: Value)? {
    guard case .record(let record) = optimizer, let rate = record["lr"] else { return nil }
    return (record, rate.unfixed)
  }

  /// Throws when an optimiser of the library cannot work with its settings.
  private static func check(_ optimizer: Value, _ machine: Machine) throws(Diagnostic) {
    guard case .record(let record) = optimizer, let own = OptimiserRecord(record) else { return }
    do {
      _ = try own.optimiser(machine)
    } catch let error as Diagnostic {
      throw error
    } catch {
      throw Diagnostic("lr: \(error)", kind: .value)
    }
  }
}

extension Record {
  /// The record with another value in a field that it has.
  func replacing(_ name: String, with value: Value) throws(Diagnostic) -> Record {
    var values = values
    if let index = layout.index(of: name) { values[index] = value }
    return try Record(layout, values)
  }
}

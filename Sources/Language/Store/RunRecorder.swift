/// Puts a training run on record: points are collected and handed over in batches.
///
/// A short run is written with the cell it belongs to, so that a thousand of them cost one transaction. A store
/// that fails disturbs no run: it is said once, and the run goes on without a record.
final class RunRecorder {
  private let machine: Machine
  private let store: any Store
  private let host: any Host
  private let start: Double
  private var run: Run
  private var isBegun = false
  private var isGivenUp = false
  private var points: [SeriesPoint] = []
  private var handedOver: Double

  /// How many seconds of points a crash can lose.
  private static let interval = 1.0

  /// Starts the record of a run of this kind and configuration.
  init(_ kind: String, configuration: [(name: String, value: Value)], on machine: Machine) {
    self.machine = machine
    store = machine.store
    host = machine.host
    start = host.seconds()
    handedOver = start
    run = Run(kind: kind, configuration: configuration, started: host.date())
  }

  /// The run's number, for what refers to it; nil when it could not be put on record.
  var number: Int? {
    begin()
    return isBegun ? run.number : nil
  }

  /// Adds to what is known about how the run was configured, at once.
  func note(_ name: String, _ value: Value) {
    run.configuration.removeAll { $0.name == name }
    run.configuration.append((name, value))
    guard isBegun else { return begin() }
    attempt { () throws(Diagnostic) in try store.configure(run.number, run.configuration) }
  }

  /// Adds a point to a series; `step` is the epoch, or the step where there are no epochs.
  func record(_ series: String, step: Int, _ value: Double) {
    points.append(SeriesPoint(series: series, step: step, value: value))
    // Asking the time costs more than a point.
    guard points.count % 64 == 0, host.seconds() - handedOver >= RunRecorder.interval else { return }
    handOver()
  }

  /// Ends the record: what ended the run, and its final figures.
  func finish(_ status: String, figures: [(name: String, value: Double)]) {
    run.status = status
    run.seconds = host.seconds() - start
    run.figures = figures
    if !isBegun, machine.keepsRunsForCell {
      machine.finishedRuns.append((run, points))
      return
    }
    handOver()
    guard isBegun else { return }
    attempt { () throws(Diagnostic) in
      try store.end(run.number, status: status, seconds: run.seconds, figures: figures)
    }
  }

  /// Gives the collected points to the store.
  private func handOver() {
    begin()
    guard isBegun, !points.isEmpty else { return }
    attempt { () throws(Diagnostic) in try store.record(points, ofRun: run.number) }
    points.removeAll(keepingCapacity: true)
    handedOver = host.seconds()
  }

  private func begin() {
    guard !isBegun, !isGivenUp else { return }
    attempt { () throws(Diagnostic) in
      run.number = try store.begin(run)
      isBegun = true
      machine.recordedRuns.append(run.number)
    }
  }

  private func attempt(_ work: () throws(Diagnostic) -> Void) {
    guard !isGivenUp else { return }
    do {
      try work()
    } catch {
      isGivenUp = true
      isBegun = false
      host.show(.note("this run is not recorded any more: \(error.message)"))
    }
  }
}

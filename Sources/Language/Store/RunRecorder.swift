/// Puts a training run on record while it goes on: points are collected and handed over in batches.
///
/// A store that fails disturbs no run: it is said once, and the run goes on without a record.
final class RunRecorder {
  /// The run's number; nil when it could not be put on record.
  private(set) var number: Int?
  private let store: any Store
  private let host: any Host
  private let started: Double
  private var points: [SeriesPoint] = []
  private var handedOver: Double

  /// How many seconds of points a crash can lose.
  private static let interval = 1.0

  /// Starts the record of a run of this kind and configuration.
  init(_ kind: String, configuration: [(name: String, value: Value)], on machine: Machine) {
    store = machine.store
    host = machine.host
    started = host.seconds()
    handedOver = started
    let run = Run(kind: kind, configuration: configuration, started: host.date())
    attempt { () throws(Diagnostic) in number = try store.begin(run) }
    if let number { machine.recordedRuns.append(number) }
  }

  /// Adds a point to a series; `step` is the epoch, or the step where there are no epochs.
  func record(_ series: String, step: Int, _ value: Double) {
    guard number != nil else { return }
    points.append(SeriesPoint(series: series, step: step, value: value))
    // Asking the time costs more than a point.
    guard points.count % 64 == 0, host.seconds() - handedOver >= RunRecorder.interval else { return }
    handOver()
  }

  /// Ends the record: what ended the run, and its final figures.
  func finish(_ status: String, figures: [(name: String, value: Double)]) {
    handOver()
    guard let number else { return }
    let seconds = host.seconds() - started
    attempt { () throws(Diagnostic) in
      try store.end(number, status: status, seconds: seconds, figures: figures)
    }
  }

  /// Gives the collected points to the store, before a checkpoint for example.
  func handOver() {
    guard let number, !points.isEmpty else { return }
    attempt { () throws(Diagnostic) in try store.record(points, ofRun: number) }
    points.removeAll(keepingCapacity: true)
    handedOver = host.seconds()
  }

  private func attempt(_ work: () throws(Diagnostic) -> Void) {
    do {
      try work()
    } catch {
      number = nil
      host.show(.note("this run is not recorded any more: \(error.message)"))
    }
  }
}

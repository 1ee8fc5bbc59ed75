/// A training run on record.
public struct Run {
  /// Its number, from 1 on; the store sets it.
  public var number = 0
  /// What ran: `fit`, `minimize` or `curve_fit`.
  public var kind: String
  /// What it was asked to do: names with numbers, strings or truth values.
  public var configuration: [(name: String, value: Value)]
  /// When it started.
  public var started: Double
  /// How long it took, or has taken so far.
  public var seconds = 0.0
  /// `running` until it ends, then what ended it.
  public var status = "running"
  /// Final figures by name.
  public var figures: [(name: String, value: Double)] = []

  /// A run that is about to start.
  public init(kind: String, configuration: [(name: String, value: Value)], started: Double) {
    self.kind = kind
    self.configuration = configuration
    self.started = started
  }
}

/// One point of a run's series.
public struct SeriesPoint {
  /// Name of the series, such as `loss`.
  public var series: String
  /// The epoch or step.
  public var step: Int
  /// The figure.
  public var value: Double

  /// A point of a series.
  public init(series: String, step: Int, value: Double) {
    self.series = series
    self.step = step
    self.value = value
  }
}

/// Keeps a record of training runs.
public protocol RunStore: AnyObject {
  /// Starts a record and returns the run's number.
  func begin(_ run: Run) throws(Diagnostic) -> Int
  /// Adds points; one that is there already is replaced.
  func record(_ points: [SeriesPoint], ofRun number: Int) throws(Diagnostic)
  /// Replaces what a run was asked to do, when that changes on the way.
  func configure(_ number: Int, _ configuration: [(name: String, value: Value)]) throws(Diagnostic)
  /// Notes how a run ended.
  func end(
    _ number: Int, status: String, seconds: Double, figures: [(name: String, value: Double)]
  ) throws(Diagnostic)
  /// All runs, the oldest first.
  func runs() throws(Diagnostic) -> [Run]
  /// A run and its points by series and step; nil when there is none of this number.
  func run(_ number: Int) throws(Diagnostic) -> (run: Run, points: [SeriesPoint])?
}

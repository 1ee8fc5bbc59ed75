/// A store that lasts as long as its process.
public final class MemoryStore: Store {
  private var datasetVersions: [Dataset] = []
  private var checkpointVersions: [Checkpoint] = []
  private var recorded: [Run] = []
  private var series: [[PointKey: Double]] = []

  private struct PointKey: Hashable {
    var series: String
    var step: Int
  }

  /// An empty store.
  public init() {}
}

extension MemoryStore {
  /// Adds a version and returns its number.
  public func save(_ dataset: Dataset) throws(Diagnostic) -> Int {
    var dataset = dataset
    dataset.version = 1 + (datasetVersions.last { $0.name == dataset.name }?.version ?? 0)
    datasetVersions.append(dataset)
    return dataset.version
  }

  /// A version, the latest when it is nil.
  public func dataset(named name: String, version: Int?) throws(Diagnostic) -> Dataset? {
    datasetVersions.last { $0.name == name && $0.version == version ?? $0.version }
  }

  /// All versions, by name and version.
  public func datasets() throws(Diagnostic) -> [DatasetEntry] {
    let entries = datasetVersions.map { dataset in
      let extent = dataset.value.extent
      return DatasetEntry(
        name: dataset.name, version: dataset.version, created: dataset.created, rows: extent.rows,
        columns: extent.columns, note: dataset.note, source: dataset.source)
    }
    return entries.sorted { ($0.name, $0.version) < ($1.name, $1.version) }
  }
}

extension MemoryStore {
  /// Adds a version and returns its number.
  public func save(_ checkpoint: Checkpoint) throws(Diagnostic) -> Int {
    var checkpoint = checkpoint
    checkpoint.version = 1 + (checkpointVersions.last { $0.name == checkpoint.name }?.version ?? 0)
    checkpointVersions.append(checkpoint)
    return checkpoint.version
  }

  /// A version, the latest when it is nil.
  public func checkpoint(named name: String, version: Int?) throws(Diagnostic) -> Checkpoint? {
    checkpointVersions.last { $0.name == name && $0.version == version ?? $0.version }
  }

  /// All versions of a name, or of all names, by name and version.
  public func checkpoints(named name: String?) throws(Diagnostic) -> [CheckpointEntry] {
    let entries = checkpointVersions.filter { $0.name == name ?? $0.name }.map { checkpoint in
      CheckpointEntry(
        name: checkpoint.name, version: checkpoint.version, created: checkpoint.created,
        run: checkpoint.run, epoch: checkpoint.epoch, metrics: checkpoint.metrics)
    }
    return entries.sorted { ($0.name, $0.version) < ($1.name, $1.version) }
  }
}

extension MemoryStore {
  /// Starts a record and returns the run's number.
  public func begin(_ run: Run) throws(Diagnostic) -> Int {
    var run = run
    run.number = recorded.count + 1
    recorded.append(run)
    series.append([:])
    return run.number
  }

  /// Adds points; one that is there already is replaced.
  public func record(_ points: [SeriesPoint], ofRun number: Int) throws(Diagnostic) {
    guard series.indices.contains(number - 1) else { return }
    for point in points {
      series[number - 1][PointKey(series: point.series, step: point.step)] = point.value
    }
  }

  /// Notes how a run ended.
  public func end(
    _ number: Int, status: String, seconds: Double, figures: [(name: String, value: Double)]
  ) throws(Diagnostic) {
    guard recorded.indices.contains(number - 1) else { return }
    recorded[number - 1].status = status
    recorded[number - 1].seconds = seconds
    recorded[number - 1].figures = figures
  }

  /// All runs, the oldest first.
  public func runs() throws(Diagnostic) -> [Run] { recorded }

  /// A run and its points by series and step.
  public func run(_ number: Int) throws(Diagnostic) -> (run: Run, points: [SeriesPoint])? {
    guard recorded.indices.contains(number - 1) else { return nil }
    let points = series[number - 1].map {
      SeriesPoint(series: $0.key.series, step: $0.key.step, value: $0.value)
    }
    return (recorded[number - 1], points.sorted { ($0.series, $0.step) < ($1.series, $1.step) })
  }
}

extension Value {
  /// Rows and columns as a list of datasets tells them.
  public var extent: (rows: Int?, columns: Int?) {
    switch unfixed {
    case .table(let table): (table.rowCount, table.columns.count)
    case .tensor(let tensor):
      (tensor.shape.array.first, tensor.shape.rank == 2 ? tensor.shape.array.last : nil)
    case .text(let vector): (vector.items.count, nil)
    case .list(let list): (list.items.count, nil)
    case .none, .bool, .number, .traced, .string, .record, .function, .figure, .fixed: (nil, nil)
    }
  }
}

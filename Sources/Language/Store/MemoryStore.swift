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

  private var sessionEntries: [SessionEntry] = []
  private var cells: [Cell] = []
  private var values: [Value] = []
  private var lastSession = 0
  private var typed: [InputEntry] = []

  private struct Cell {
    var entry: CellEntry
    var session: Int
    /// Every name's value after the cell, by position.
    var bindings: [String: Int]
    var shown: Int?
    var links: CellLinks
  }

  private let earlier: EarlierVersions?

  /// Not needed: values are kept as they are.
  public var codec: ValueCodec?

  /// An empty store; datasets and checkpoints that are not saved in it are looked for among `earlier` ones.
  public init(over earlier: EarlierVersions? = nil) { self.earlier = earlier }
}

extension MemoryStore {
  /// Adds a version and returns its number.
  public func save(_ dataset: Dataset) throws(Diagnostic) -> Int {
    var dataset = dataset
    dataset.version = try 1 + (self.dataset(named: dataset.name, version: nil)?.version ?? 0)
    datasetVersions.append(dataset)
    return dataset.version
  }

  /// A version, the latest when it is nil.
  public func dataset(named name: String, version: Int?) throws(Diagnostic) -> Dataset? {
    let own = datasetVersions.last { $0.name == name && $0.version == version ?? $0.version }
    let other = try earlier?.dataset(named: name, version: version)
    guard let own, own.version >= other?.version ?? 0 else { return other ?? own }
    return own
  }

  /// All versions, by name and version.
  public func datasets() throws(Diagnostic) -> [DatasetEntry] {
    let others = try earlier?.datasets().filter { other in
      !datasetVersions.contains { ($0.name, $0.version) == (other.name, other.version) }
    }
    let entries = datasetVersions.map { dataset in
      let extent = dataset.value.extent
      return DatasetEntry(
        name: dataset.name, version: dataset.version, created: dataset.created, rows: extent.rows,
        columns: extent.columns, note: dataset.note, source: dataset.source)
    }
    return ((others ?? []) + entries).sorted { ($0.name, $0.version) < ($1.name, $1.version) }
  }
}

extension MemoryStore {
  /// Adds a version and returns its number.
  public func save(_ checkpoint: Checkpoint) throws(Diagnostic) -> Int {
    var checkpoint = checkpoint
    checkpoint.version = try 1 + (self.checkpoint(named: checkpoint.name, version: nil)?.version ?? 0)
    checkpointVersions.append(checkpoint)
    return checkpoint.version
  }

  /// A version, the latest when it is nil.
  public func checkpoint(named name: String, version: Int?) throws(Diagnostic) -> Checkpoint? {
    let own = checkpointVersions.last { $0.name == name && $0.version == version ?? $0.version }
    let other = try earlier?.checkpoint(named: name, version: version)
    guard let own, own.version >= other?.version ?? 0 else { return other ?? own }
    return own
  }

  /// All versions of a name, or of all names, by name and version.
  public func checkpoints(named name: String?) throws(Diagnostic) -> [CheckpointEntry] {
    let others = try earlier?.checkpoints(named: name).filter { other in
      !checkpointVersions.contains { ($0.name, $0.version) == (other.name, other.version) }
    }
    let entries = checkpointVersions.filter { $0.name == name ?? $0.name }.map { checkpoint in
      CheckpointEntry(
        name: checkpoint.name, version: checkpoint.version, created: checkpoint.created,
        run: checkpoint.run, epoch: checkpoint.epoch, metrics: checkpoint.metrics)
    }
    return ((others ?? []) + entries).sorted { ($0.name, $0.version) < ($1.name, $1.version) }
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

  /// Replaces what a run was asked to do.
  public func configure(_ number: Int, _ configuration: [(name: String, value: Value)]) throws(Diagnostic) {
    guard recorded.indices.contains(number - 1) else { return }
    recorded[number - 1].configuration = configuration
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

extension MemoryStore {
  /// Starts a session in the state after a cell, or from nothing.
  public func startSession(
    named name: String?, after cell: Int?, at date: Double
  ) throws(Diagnostic) -> SessionEntry {
    lastSession += 1
    let name = name ?? "session \(lastSession)"
    try checkFree(name)
    let entry = SessionEntry(
      id: lastSession, name: name, created: date, modified: date, head: cell, cellCount: depth(of: cell))
    sessionEntries.append(entry)
    return entry
  }

  /// All sessions, the last used first.
  public func sessions() throws(Diagnostic) -> [SessionEntry] {
    sessionEntries.sorted { ($0.modified, $0.id) > ($1.modified, $1.id) }
  }

  /// Gives a session another name.
  public func rename(session: Int, to name: String) throws(Diagnostic) {
    try checkFree(name)
    change(session) { $0.name = name }
  }

  /// Removes a session.
  public func delete(session: Int) throws(Diagnostic) { sessionEntries.removeAll { $0.id == session } }

  /// True: nobody else can see it.
  public func claim(session: Int) throws(Diagnostic) -> Bool { true }

  /// Adds a cell, which becomes the session's head.
  public func append(
    _ cell: CellEntry, _ changes: CellChanges, to session: Int
  ) throws(Diagnostic) -> SavedCell {
    var entry = cell
    entry.id = cells.count + 1
    var bindings = entry.parent.map { cells[$0 - 1].bindings } ?? [:]
    var saved = SavedCell(id: entry.id, values: [:], shown: changes.shown.map(keep))
    var links = CellLinks(cell: entry.id)
    links.inputs = changes.inputs
    links.reads = changes.reads.map { read in
      CellRead(
        read.name, writer: entry.parent.flatMap { writer(of: read.name, upTo: $0) },
        isDeferred: read.isDeferred)
    }
    for (name, value) in changes.bindings {
      saved.values[name] = value.map(keep)
      bindings[name] = saved.values[name]
      links.writes.append((name, saved.values[name]))
    }
    cells.append(Cell(entry: entry, session: session, bindings: bindings, shown: saved.shown, links: links))
    for (run, points) in changes.finishedRuns {
      let number = try begin(run)
      try record(points, ofRun: number)
      try end(number, status: run.status, seconds: run.seconds, figures: run.figures)
    }
    change(session) {
      $0.head = entry.id
      $0.modified = cell.started
      $0.cellCount = entry.number
    }
    return saved
  }

  /// Moves a session to the state after a cell, or before the first.
  public func move(session: Int, to cell: Int?, at date: Double) throws(Diagnostic) {
    change(session) {
      $0.head = cell
      $0.modified = date
      $0.cellCount = depth(of: cell)
    }
  }

  /// The cells typed into a session and those that lead to them, the oldest first.
  public func cells(ofSession session: Int) throws(Diagnostic) -> [CellEntry] {
    var ids = Set(cells.filter { $0.session == session }.map(\.entry.id))
    if let head = sessionEntries.first(where: { $0.id == session })?.head { ids.insert(head) }
    for cell in cells.reversed() where ids.contains(cell.entry.id) {
      cell.entry.parent.map { _ = ids.insert($0) }
    }
    return cells.map(\.entry).filter { ids.contains($0.id) }
  }

  /// For every name that has a value after a cell, the number of that value.
  public func bindings(after cell: Int) throws(Diagnostic) -> [(name: String, value: Int)] {
    cells[cell - 1].bindings.map { ($0.key, $0.value) }.sorted { $0.name < $1.name }
  }

  /// The values shown by a cell and those before it.
  public func shownValues(upTo cell: Int) throws(Diagnostic) -> [(cell: Int, value: Int)] {
    var result: [(cell: Int, value: Int)] = []
    var next: Int? = cell
    while let id = next {
      let cell = cells[id - 1]
      if let shown = cell.shown { result.append((cell.entry.number, shown)) }
      next = cell.entry.parent
    }
    return result.reversed()
  }

  /// What a cell and each before it took from elsewhere and changed, the oldest first.
  public func links(upTo cell: Int) throws(Diagnostic) -> [CellLinks] {
    path(to: cell).reversed().map(\.links)
  }

  /// The last cell of a path that changed a name.
  private func writer(of name: String, upTo cell: Int) -> Int? {
    path(to: cell).first { $0.links.writes.contains { $0.name == name } }?.entry.id
  }

  /// A cell and those before it, the latest first.
  private func path(to cell: Int) -> some Sequence<Cell> {
    sequence(first: cells[cell - 1]) { [cells] in $0.entry.parent.map { cells[$0 - 1] } }
  }

  /// A value by its number.
  public func value(_ number: Int) throws(Diagnostic) -> Value { values[number] }

  private func keep(_ value: Value) -> Int {
    values.append(value)
    return values.count - 1
  }

  /// How many cells lead to the state after one.
  private func depth(of cell: Int?) -> Int { cell.map { cells[$0 - 1].entry.number } ?? 0 }

  private func change(_ session: Int, _ body: (inout SessionEntry) -> Void) {
    guard let index = sessionEntries.firstIndex(where: { $0.id == session }) else { return }
    body(&sessionEntries[index])
  }

  private func checkFree(_ name: String) throws(Diagnostic) {
    guard !sessionEntries.contains(where: { $0.name == name }) else { throw .sessionExists(name) }
  }
}

extension MemoryStore {
  /// Adds what was typed into a session; returns the number it got.
  public func remember(_ input: String, session: Int?, at date: Double) throws(Diagnostic) -> Int {
    typed.append(InputEntry(id: typed.count + 1, session: session, text: input))
    return typed.count
  }

  /// The newest inputs with numbers above `number`, the oldest first.
  public func inputs(after number: Int, limit: Int) throws(Diagnostic) -> [InputEntry] {
    typed.filter { $0.id > number }.suffix(limit)
  }

  /// The newest inputs of a session, the oldest first.
  public func inputs(ofSession session: Int, limit: Int) throws(Diagnostic) -> [InputEntry] {
    typed.filter { $0.session == session }.suffix(limit)
  }
}

extension Diagnostic {
  /// The error about a name that another session has.
  public static func sessionExists(_ name: String) -> Diagnostic {
    Diagnostic("there is a session \(name) already", kind: .name, hint: "choose another name")
  }
}

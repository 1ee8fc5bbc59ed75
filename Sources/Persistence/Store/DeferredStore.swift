import Language

/// The store of a script that records no session: a file for what it saves by name, opened when first needed,
/// and memory for the rest.
public final class DeferredStore: Store {
  private let open: () throws(Diagnostic) -> any Store
  private let memory = MemoryStore()
  private var opened: (any Store)?

  /// Turns values into what can be kept; the session that uses the store sets it.
  public var codec: ValueCodec?

  /// A store that `open` opens.
  public init(open: @escaping () throws(Diagnostic) -> any Store) { self.open = open }

  private func file() throws(Diagnostic) -> any Store {
    if let opened { return opened }
    let store = try open()
    store.codec = codec
    opened = store
    return store
  }
}

extension DeferredStore {
  /// Adds a version and returns its number.
  public func save(_ dataset: Dataset) throws(Diagnostic) -> Int { try file().save(dataset) }
  /// A version, the latest when it is nil.
  public func dataset(named name: String, version: Int?) throws(Diagnostic) -> Dataset? {
    try file().dataset(named: name, version: version)
  }
  /// All versions, by name and version.
  public func datasets() throws(Diagnostic) -> [DatasetEntry] { try file().datasets() }

  /// Adds a version and returns its number; the run, which is in memory, is not noted with it.
  public func save(_ checkpoint: Checkpoint) throws(Diagnostic) -> Int {
    var checkpoint = checkpoint
    checkpoint.run = nil
    return try file().save(checkpoint)
  }
  /// A version, the latest when it is nil.
  public func checkpoint(named name: String, version: Int?) throws(Diagnostic) -> Checkpoint? {
    try file().checkpoint(named: name, version: version)
  }
  /// All versions of a name, or of all names, by name and version.
  public func checkpoints(named name: String?) throws(Diagnostic) -> [CheckpointEntry] {
    try file().checkpoints(named: name)
  }
}

extension DeferredStore {
  /// Starts a record and returns the run's number.
  public func begin(_ run: Run) throws(Diagnostic) -> Int { try memory.begin(run) }
  /// Adds points; one that is there already is replaced.
  public func record(_ points: [SeriesPoint], ofRun number: Int) throws(Diagnostic) {
    try memory.record(points, ofRun: number)
  }
  /// Replaces what a run was asked to do.
  public func configure(_ number: Int, _ configuration: [(name: String, value: Value)]) throws(Diagnostic) {
    try memory.configure(number, configuration)
  }
  /// Notes how a run ended.
  public func end(
    _ number: Int, status: String, seconds: Double, figures: [(name: String, value: Double)]
  ) throws(Diagnostic) {
    try memory.end(number, status: status, seconds: seconds, figures: figures)
  }
  /// All runs, the oldest first.
  public func runs() throws(Diagnostic) -> [Run] { try memory.runs() }
  /// A run and its points by series and step.
  public func run(_ number: Int) throws(Diagnostic) -> (run: Run, points: [SeriesPoint])? {
    try memory.run(number)
  }
}

extension DeferredStore {
  /// Starts a session in memory.
  public func startSession(
    named name: String?, after cell: Int?, at date: Double
  ) throws(Diagnostic) -> SessionEntry { try memory.startSession(named: name, after: cell, at: date) }
  /// The sessions in memory.
  public func sessions() throws(Diagnostic) -> [SessionEntry] { try memory.sessions() }
  /// Gives a session another name.
  public func rename(session: Int, to name: String) throws(Diagnostic) {
    try memory.rename(session: session, to: name)
  }
  /// Removes a session.
  public func delete(session: Int) throws(Diagnostic) { try memory.delete(session: session) }
  /// True: nobody else can see it.
  public func claim(session: Int) throws(Diagnostic) -> Bool { true }
  /// Adds a cell, which becomes the session's head.
  public func append(
    _ cell: CellEntry, _ changes: CellChanges, to session: Int
  ) throws(Diagnostic) -> SavedCell { try memory.append(cell, changes, to: session) }
  /// Moves a session to the state after a cell.
  public func move(session: Int, to cell: Int?, at date: Double) throws(Diagnostic) {
    try memory.move(session: session, to: cell, at: date)
  }
  /// The cells typed into a session and those that lead to them.
  public func cells(ofSession session: Int) throws(Diagnostic) -> [CellEntry] {
    try memory.cells(ofSession: session)
  }
  /// For every name that has a value after a cell, the number of that value.
  public func bindings(after cell: Int) throws(Diagnostic) -> [(name: String, value: Int)] {
    try memory.bindings(after: cell)
  }
  /// The values shown by a cell and those before it.
  public func shownValues(upTo cell: Int) throws(Diagnostic) -> [(cell: Int, value: Int)] {
    try memory.shownValues(upTo: cell)
  }
  /// What a cell and each before it took from elsewhere and changed.
  public func links(upTo cell: Int) throws(Diagnostic) -> [CellLinks] { try memory.links(upTo: cell) }
  /// A value by its number.
  public func value(_ number: Int) throws(Diagnostic) -> Value { try memory.value(number) }
}

extension DeferredStore {
  /// Adds what was typed; scripts type nothing.
  public func remember(_ input: String, session: Int?, at date: Double) throws(Diagnostic) -> Int {
    try memory.remember(input, session: session, at: date)
  }
  /// The newest inputs with numbers above `number`.
  public func inputs(after number: Int, limit: Int) throws(Diagnostic) -> [InputEntry] {
    try memory.inputs(after: number, limit: limit)
  }
  /// The newest inputs of a session.
  public func inputs(ofSession session: Int, limit: Int) throws(Diagnostic) -> [InputEntry] {
    try memory.inputs(ofSession: session, limit: limit)
  }
}

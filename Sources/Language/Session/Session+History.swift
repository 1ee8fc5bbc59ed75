import Tensors

/// Sessions that a store keeps: their names come back as they were after any cell.
extension Session {
  /// Continues a session of the store, whose cells are recorded from now on, in the state it was left in.
  ///
  /// One that another process has open is continued as a fork. Returns what the user should know: which names
  /// could not be brought back, and why.
  public func open(_ entry: SessionEntry) throws(Diagnostic) -> [String] {
    var (entry, notes) = (entry, [String]())
    var isFork = false
    if try !store.claim(session: entry.id) {
      let fork = try startFork(of: entry.name, after: entry.head)
      notes.append("\(entry.name) is open elsewhere; this is a fork of it: \(fork.name)")
      entry = fork
      isFork = true
      guard try store.claim(session: entry.id) else {
        throw Diagnostic("the session \(entry.name) cannot be claimed", kind: .file)
      }
    }
    let history = try SessionHistory(entry, in: store, host: host, isUnwanted: isFork)
    notes += try enter(history.head)
    begin(history)
    return notes
  }

  /// Starts a new session in the store; without a name it gets one.
  public func start(named name: String? = nil) throws(Diagnostic) {
    let entry = try store.startSession(named: name, after: nil, at: host.date())
    _ = try store.claim(session: entry.id)
    begin(try SessionHistory(entry, in: store, host: host))
  }

  /// Ends the recording; a session without cells leaves nothing behind, nor does a fork that nobody asked for and
  /// typed anything into.
  public func close() throws(Diagnostic) {
    guard let history else { return }
    try history.saveCells()
    let isEmpty = history.head == nil ? try history.cells().isEmpty : false
    if isEmpty || history.isUnwanted { try store.delete(session: history.entry.id) }
  }

  private func startFork(of name: String, after cell: Int?) throws(Diagnostic) -> SessionEntry {
    let taken = Set(try store.sessions().map(\.name))
    var number = 2
    while taken.contains("\(name) \(number)") { number += 1 }
    return try store.startSession(named: "\(name) \(number)", after: cell, at: host.date())
  }

  private func recorded() throws(Diagnostic) -> SessionHistory {
    guard let history else { throw Diagnostic("this session is not recorded", kind: .value) }
    return history
  }
}

/// Moving through the tree of cells.
extension Session {
  /// Goes to the state before the last cell that did not fail.
  public func undo() throws(Diagnostic) -> [String] { try move(to: recorded().cellToUndo()) }

  /// Goes to the state after the newest cell that was typed in this one.
  public func redo() throws(Diagnostic) -> [String] { try move(to: recorded().cellToRedo()) }

  /// Goes to the state after a cell; 0 is the state before the first.
  public func goto(_ cell: CellLabel) throws(Diagnostic) -> [String] {
    try move(to: cell == 0 ? nil : recorded().cell(cell))
  }

  /// Goes on under a new name, leaving the session as it is.
  public func fork(named name: String) throws(Diagnostic) {
    let history = try recorded()
    try history.saveCells()
    let entry = try store.startSession(named: name, after: history.head?.id, at: host.date())
    _ = try store.claim(session: entry.id)
    begin(try SessionHistory(entry, in: store, host: host))
  }

  private func move(to cell: CellEntry?) throws(Diagnostic) -> [String] {
    let history = try recorded()
    let notes = try enter(cell)
    try history.moved(to: cell)
    return notes
  }

  /// Makes names, shown values, random stream and precision what they were after a cell.
  ///
  /// Values that are there already are not read again. What cannot be read is left out and told.
  private func enter(_ cell: CellEntry?) throws(Diagnostic) -> [String] {
    var notes: [String] = []
    func value(_ number: Int, for what: String) -> Value? {
      do throws(Diagnostic) {
        return try store.value(number)
      } catch {
        notes.append("\(what) could not be brought back: \(error.message)")
        return nil
      }
    }
    let bindings = try cell.map { cell throws(Diagnostic) in try store.bindings(after: cell.id) } ?? []
    let shownNumbers = try cell.map { cell throws(Diagnostic) in try store.shownValues(upTo: cell.id) } ?? []
    var changed: [(String, Value?)] = []
    for (name, number) in bindings where storedNames[name] != number {
      changed.append((name, value(number, for: name)))
    }
    shown.move(to: shownNumbers)
    let answer = shown.cells.last.flatMap { cell in
      switch shown[cell] {
      case .memory(let value): value
      case .store(let number): value(number, for: "ans")
      case .gone, nil: nil as Value?
      }
    }
    let names = Set(bindings.map(\.name))
    for (name, _) in globals.assigned where !names.contains(name) { globals.remove(name) }
    for (name, value) in changed {
      if let value { globals.assign(name, value) } else { globals.remove(name) }
    }
    storedNames = Dictionary(bindings.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
    restore(cell, answer: answer)
    return notes
  }
}

/// Recording cells.
extension Session {
  /// Adds an evaluated cell to the history.
  func record(
    _ cell: EvaluatedCell, _ changes: [(name: String, value: Value?)], failure: Diagnostic?
  ) {
    guard isRecording else { return }
    var shownTexts = tap.take()
    if let failure { shownTexts.append((failure.span.map { Int($0.start) }, failure.render(), nil)) }
    let output = shownTexts.map(\.text).joined(separator: "\n")
    let status: CellEntry.Status = failure.map { $0.kind == .interrupted ? .interrupted : .error } ?? .ok
    var entry = CellEntry(
      parent: nil, number: cellNumber, source: cell.text, output: output, status: status, started: cell.date,
      seconds: host.seconds() - cell.seconds, random: machine.state.random, precision: machine.state.precision
    )
    entry.origin = cell.source.name
    entry.place = cell.place
    entry.parts = shownTexts.map {
      OutputPart(
        line: cell.line(of: $0.offset),
        count: $0.text.split(separator: "\n", omittingEmptySubsequences: false).count, svg: $0.svg)
    }
    cellObserver?(entry)
    guard let history else { return }
    var record = CellChanges()
    record.bindings = changes
    record.reads = reads(of: cell.code)
    record.inputs = tap.takeInputs(and: machine.inputs)
    record.runs = machine.recordedRuns
    record.finishedRuns = machine.finishedRuns
    if failure == nil, case .memory(let value)? = shown[cellNumber] { record.shown = value }
    for (name, _) in changes { storedNames[name] = nil }
    for (number, saved) in history.add(entry, record) {
      storedNames.merge(saved.values) { _, new in new }
      shown.saved(number, as: saved.shown)
    }
  }

  /// The names that a cell depended on: those its code reads, and those that functions read which it may call.
  private func reads(of code: Code) -> [CellRead] {
    var direct = withCalled(code.reads.subtracting(code.deferredReads))
    let deferred = withCalled(code.deferredReads).subtracting(direct)
    var reads: [CellRead] = []
    // The latest shown value is nobody's assignment, and still something the cell depends on.
    if let slot = globals.slot("ans"), direct.remove(slot) != nil, !globals.isAssigned(slot) {
      reads.append(CellRead("ans"))
    }
    for slot in direct where globals.isAssigned(slot) { reads.append(CellRead(globals.name(of: slot))) }
    for slot in deferred where globals.isAssigned(slot) {
      reads.append(CellRead(globals.name(of: slot), isDeferred: true))
    }
    reads += readResults.map { CellRead("out[\($0)]") }
    return reads.sorted { $0.name < $1.name }
  }

  /// Session names, and those that are read by the functions they hold.
  private func withCalled(_ slots: Set<Int>) -> Set<Int> {
    var slots = slots
    var waiting = Array(slots)
    while let slot = waiting.popLast() {
      guard case .function(let function)? = globals.value(globals.name(of: slot)),
        case .code(let code, _) = function.body, code.globals === globals
      else { continue }
      for slot in code.reads where slots.insert(slot).inserted { waiting.append(slot) }
    }
    return slots
  }
}

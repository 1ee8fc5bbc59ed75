import Tensors

/// A session's cells in a store: adds each that is evaluated, and finds the way to earlier ones.
public final class SessionHistory {
  /// The session as the store lists it.
  public private(set) var entry: SessionEntry
  /// The cell whose state the session is in; nil before the first.
  public private(set) var head: CellEntry?
  /// Whether nobody asked for the session: it is a fork of one that was open elsewhere, and nothing was typed into it.
  private(set) var isUnwanted: Bool
  private let store: any Store
  private let host: any Host
  /// Cells that could not be saved yet, oldest first.
  private var unsaved: [(cell: CellEntry, changes: CellChanges)] = []

  init(
    _ entry: SessionEntry, in store: any Store, host: any Host, isUnwanted: Bool = false
  ) throws(Diagnostic) {
    self.entry = entry
    self.isUnwanted = isUnwanted
    self.store = store
    self.host = host
    if let head = entry.head { self.head = try store.cells(ofSession: entry.id).first { $0.id == head } }
  }

  /// How many cells lead to the present state, those that could not be saved included.
  var depth: Int { (head?.number ?? 0) + unsaved.count }
}

extension SessionHistory {
  /// Adds a cell. When the store fails it says so once and keeps the cell for the next time.
  ///
  /// Returns what was saved, by the numbers of the cells.
  func add(_ cell: CellEntry, _ changes: CellChanges) -> [(number: Int, cell: SavedCell)] {
    unsaved.append((cell, changes))
    isUnwanted = false
    let number = depth
    var saved: [(number: Int, cell: SavedCell)] = []
    do throws(Diagnostic) {
      try saveCells { saved.append(($0, $1)) }
    } catch {
      host.show(
        .note(
          "cell \(number) is not saved: \(error.message)\n      it stays in memory and is saved with the next one"
        ))
    }
    return saved
  }

  /// Saves what could not be saved yet.
  func saveCells(_ note: (Int, SavedCell) -> Void = { _, _ in }) throws(Diagnostic) {
    while let (cell, changes) = unsaved.first {
      var cell = cell
      cell.parent = head?.id
      cell.number = (head?.number ?? 0) + 1
      let saved = try store.append(cell, changes, to: entry.id)
      cell.id = saved.id
      head = cell
      unsaved.removeFirst()
      for remark in saved.notes { host.show(.note(remark)) }
      note(cell.number, saved)
    }
  }

  /// How the cell whose state the session is in is asked for; nil before the first.
  public func headLabel() throws(Diagnostic) -> CellLabel? {
    guard let head else { return nil }
    return try CellLabel.labels(of: cells())[head.id]
  }

  /// All cells of the session and those that lead to them, the oldest first.
  public func cells() throws(Diagnostic) -> [CellEntry] { try store.cells(ofSession: entry.id) }

  /// Notes that the session is now in the state after a cell.
  func moved(to cell: CellEntry?) throws(Diagnostic) {
    try store.move(session: entry.id, to: cell?.id, at: host.date())
    head = cell
  }

  /// Gives the session a name.
  public func rename(to name: String) throws(Diagnostic) {
    try store.rename(session: entry.id, to: name)
    entry.name = name
    isUnwanted = false
  }
}

/// Where `:undo` and its like lead.
extension SessionHistory {
  /// The cell before the last one that did not fail: failed cells changed nothing.
  func cellToUndo() throws(Diagnostic) -> CellEntry? {
    try saveCells()
    let cells = try byNumber()
    var last = head
    while let cell = last, cell.status != .ok { last = cell.parent.flatMap { cells[$0] } }
    guard let last else { throw Diagnostic("there is nothing to undo", kind: .value) }
    return last.parent.flatMap { cells[$0] }
  }

  /// The newest cell that was typed in the present state and did not fail; failed ones in between changed nothing.
  func cellToRedo() throws(Diagnostic) -> CellEntry {
    try saveCells()
    let all = try cells()
    let known = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    /// The nearest cell up from one that did not fail, which gave the state.
    func origin(_ id: Int?) -> Int? {
      var next = id.flatMap { known[$0] }
      while let cell = next, cell.status != .ok { next = cell.parent.flatMap { known[$0] } }
      return next?.id
    }
    let present = origin(head?.id)
    guard let next = all.last(where: { $0.status == .ok && $0.id != present && origin($0.parent) == present })
    else { throw Diagnostic("there is nothing to redo", kind: .value) }
    return next
  }

  /// The cell of a label; where that is only a number, the cell that is on the way to the present state, else on the
  /// way on from it, else the newest one.
  public func cell(_ label: CellLabel) throws(Diagnostic) -> CellEntry {
    try saveCells()
    let all = try cells()
    let number = label.number
    if let branch = label.branch {
      let siblings = all.filter { $0.number == number }
      if siblings.indices.contains(branch) { return siblings[branch] }
      let last = CellLabel(number, branch: siblings.count > 1 ? siblings.count - 1 : nil)
      throw Diagnostic(
        "there is no cell \(label)" + (siblings.isEmpty ? "" : "; the last one of that number is \(last)"),
        kind: .value)
    }
    if let cell = path(to: head, in: all).first(where: { $0.number == number }) { return cell }
    var next = head
    while let cell = next, cell.number < number { next = all.last { $0.parent == cell.id } }
    if let next, next.number == number { return next }
    guard let newest = all.last(where: { $0.number == number }) else {
      let last = all.map(\.number).max() ?? 0
      throw Diagnostic(
        last == 0 ? "there are no cells yet" : "there is no cell \(number); the last one is \(last)",
        kind: .value)
    }
    return newest
  }

  /// The cells that lead to the present state, the oldest first; what was not saved yet is saved before.
  public func path() throws(Diagnostic) -> [CellEntry] {
    try saveCells()
    return path(to: head, in: try cells())
  }

  /// The cells that lead to one, itself included, the oldest first.
  public func path(to cell: CellEntry?, in cells: [CellEntry]) -> [CellEntry] {
    let known = Dictionary(cells.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var path: [CellEntry] = []
    var next = cell
    while let cell = next {
      path.append(cell)
      next = cell.parent.flatMap { known[$0] }
    }
    return path.reversed()
  }

  private func byNumber() throws(Diagnostic) -> [Int: CellEntry] {
    Dictionary(try cells().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }
}

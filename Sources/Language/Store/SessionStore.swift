import Tensors

/// A line of the list of sessions.
public struct SessionEntry {
  /// The store's number for it.
  public var id: Int
  /// What it is called; no two sessions share a name.
  public var name: String
  /// When it was started.
  public var created: Double
  /// When a cell was last added or its head moved.
  public var modified: Double
  /// The cell whose state the session is in; nil before the first.
  public var head: Int?
  /// How many cells lead to the state it is in.
  public var cellCount: Int

  /// A line with these facts.
  public init(id: Int, name: String, created: Double, modified: Double, head: Int?, cellCount: Int) {
    self.id = id
    self.name = name
    self.created = created
    self.modified = modified
    self.head = head
    self.cellCount = cellCount
  }
}

/// Lines of a cell's output that belong to one of its statements.
public struct OutputPart: Equatable, Sendable {
  /// The line of the cell's source under which they stand, from 0.
  public var line: Int
  /// How many lines of output.
  public var count: Int
  /// The plot that the lines show, as an SVG document.
  public var svg: String?

  /// So many lines under a line.
  public init(line: Int, count: Int, svg: String? = nil) {
    self.line = line
    self.count = count
    self.svg = svg
  }
}

/// A cell that was evaluated.
public struct CellEntry {
  /// What became of a cell.
  public enum Status: String, Sendable {
    case ok, error, interrupted
  }

  /// The store's number for it; the store sets it.
  public var id = 0
  /// The cell before it; nil for a first one.
  public var parent: Int?
  /// How many cells lead to it, itself included.
  public var number: Int
  /// What was typed.
  public var source: String
  /// What the text is called in errors.
  public var origin = ""
  /// Where the text begins there: lines before it, and bytes before it in its line.
  public var place = (line: 0, column: 0)
  /// What it showed, in 80 columns; an error included.
  public var output: String
  /// Where the lines of the output belong, in their order.
  public var parts: [OutputPart] = []
  /// What became of it.
  public var status: Status
  /// Whether it was evaluated at all; in the document of a script that failed some were not.
  public var wasEvaluated = true
  /// When it was started.
  public var started: Double
  /// How long it took.
  public var seconds: Double
  /// The random stream after it.
  public var random: RandomStream
  /// The dtype of literals after it.
  public var precision: DType

  /// A cell with these facts.
  public init(
    parent: Int?, number: Int, source: String, output: String, status: Status, started: Double,
    seconds: Double,
    random: RandomStream, precision: DType
  ) {
    self.parent = parent
    self.number = number
    self.source = source
    self.output = output
    self.status = status
    self.started = started
    self.seconds = seconds
    self.random = random
    self.precision = precision
  }
}

/// What a cell did to the names of its session.
public struct CellChanges {
  /// The names it gave values, or removed.
  public var bindings: [(name: String, value: Value?)] = []
  /// The names it depended on.
  public var reads: [CellRead] = []
  /// The data it took from outside.
  public var inputs: [CellInput] = []
  /// The value it showed last.
  public var shown: Value?
  /// The runs that were put on record while it ran.
  public var runs: [Int] = []
  /// Runs that are put on record with it.
  public var finishedRuns: [(run: Run, points: [SeriesPoint])] = []

  /// No change.
  public init() {}
}

/// The store's numbers for a cell that was saved and what it changed.
public struct SavedCell {
  /// For the cell.
  public var id: Int
  /// For the values of names.
  public var values: [String: Int]
  /// For the value it showed last.
  public var shown: Int?
  /// What could not be kept, and why.
  public var notes: [String] = []

  /// A saved cell with these numbers.
  public init(id: Int, values: [String: Int], shown: Int?) {
    self.id = id
    self.values = values
    self.shown = shown
  }
}

/// Keeps sessions: trees of cells, and the names' values after each.
public protocol SessionStore: AnyObject {
  /// Starts a session in the state after a cell of any session, or from nothing.
  ///
  /// Without a name it gets one made of the date. Throws when the name is taken.
  func startSession(named name: String?, after cell: Int?, at date: Double) throws(Diagnostic) -> SessionEntry
  /// All sessions, the last used first.
  func sessions() throws(Diagnostic) -> [SessionEntry]
  /// Gives a session another name. Throws when it is taken.
  func rename(session: Int, to name: String) throws(Diagnostic)
  /// Removes a session; cells that others continue stay.
  func delete(session: Int) throws(Diagnostic)
  /// Claims a session for this process until it ends; false when another has it.
  func claim(session: Int) throws(Diagnostic) -> Bool
  /// Adds a cell, which becomes the session's head. It is safe on disk, where there is one, on return.
  func append(_ cell: CellEntry, _ changes: CellChanges, to session: Int) throws(Diagnostic) -> SavedCell
  /// Moves a session to the state after a cell, or before the first.
  func move(session: Int, to cell: Int?, at date: Double) throws(Diagnostic)
  /// The cells typed into a session and those that lead to them, the oldest first.
  func cells(ofSession session: Int) throws(Diagnostic) -> [CellEntry]
  /// For every name that has a value after a cell, the store's number for that value.
  func bindings(after cell: Int) throws(Diagnostic) -> [(name: String, value: Int)]
  /// For a cell and all before it that showed a value: the cell's number and the store's number for the value.
  func shownValues(upTo cell: Int) throws(Diagnostic) -> [(cell: Int, value: Int)]
  /// What a cell and each before it took from elsewhere and changed, the oldest first.
  func links(upTo cell: Int) throws(Diagnostic) -> [CellLinks]
  /// A value by the store's number.
  func value(_ number: Int) throws(Diagnostic) -> Value
}

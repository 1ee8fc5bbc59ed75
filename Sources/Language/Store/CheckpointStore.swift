/// One version of a model, or of anything that is being trained.
public struct Checkpoint {
  /// The name it is kept under.
  public var name: String
  /// From 1 on, one more for each time it is saved; the store sets it.
  public var version = 0
  /// When it was saved.
  public var created: Double
  /// The number of the run it belongs to.
  public var run: Int?
  /// How many epochs of that run were over.
  public var epoch: Int?
  /// Figures by name, of which `restore(best:)` compares one.
  public var metrics: [(name: String, value: Double)] = []
  /// The model.
  public var value: Value
  /// What training needs to go on: the optimiser's state and the random stream, say; none otherwise.
  public var state = Value.none

  /// A checkpoint that is about to be saved.
  public init(name: String, created: Double, value: Value) {
    self.name = name
    self.created = created
    self.value = value
  }
}

/// A line of the list of checkpoints.
public struct CheckpointEntry {
  /// The name it is kept under.
  public var name: String
  /// From 1 on.
  public var version: Int
  /// When it was saved.
  public var created: Double
  /// The number of the run it belongs to.
  public var run: Int?
  /// How many epochs of that run were over.
  public var epoch: Int?
  /// Figures by name.
  public var metrics: [(name: String, value: Double)]

  /// A line with these facts.
  public init(
    name: String, version: Int, created: Double, run: Int?, epoch: Int?,
    metrics: [(name: String, value: Double)]
  ) {
    self.name = name
    self.version = version
    self.created = created
    self.run = run
    self.epoch = epoch
    self.metrics = metrics
  }
}

/// Keeps versions of checkpoints.
public protocol CheckpointStore: AnyObject {
  /// Adds a version and returns its number; it is safe on disk, where there is one, on return.
  func save(_ checkpoint: Checkpoint) throws(Diagnostic) -> Int
  /// A version, the latest when it is nil; nil when there is none.
  func checkpoint(named name: String, version: Int?) throws(Diagnostic) -> Checkpoint?
  /// All versions of a name, or of all names when it is nil, by name and version.
  func checkpoints(named name: String?) throws(Diagnostic) -> [CheckpointEntry]
}

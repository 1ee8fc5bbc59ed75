/// One version of data kept under a name.
public struct Dataset {
  /// The name it is kept under.
  public var name: String
  /// From 1 on, one more for each time it is saved; the store sets it.
  public var version = 0
  /// When it was saved.
  public var created: Double
  /// The user's remark.
  public var note: String
  /// Where it comes from: a path or address.
  public var source: String
  /// The data, usually a table.
  public var value: Value

  /// A dataset that is about to be saved.
  public init(name: String, created: Double, note: String, source: String, value: Value) {
    self.name = name
    self.created = created
    self.note = note
    self.source = source
    self.value = value
  }
}

/// A line of the list of datasets.
public struct DatasetEntry {
  /// The name it is kept under.
  public var name: String
  /// From 1 on.
  public var version: Int
  /// When it was saved.
  public var created: Double
  /// Rows of a table, or the length of the first axis; nil for other values.
  public var rows: Int?
  /// Columns of a table; nil for other values.
  public var columns: Int?
  /// The user's remark.
  public var note: String
  /// Where it comes from: a path or address.
  public var source: String

  /// A line with these facts.
  public init(
    name: String, version: Int, created: Double, rows: Int?, columns: Int?, note: String, source: String
  ) {
    self.name = name
    self.version = version
    self.created = created
    self.rows = rows
    self.columns = columns
    self.note = note
    self.source = source
  }
}

/// Keeps versions of datasets.
public protocol DatasetStore: AnyObject {
  /// Adds a version and returns its number.
  func save(_ dataset: Dataset) throws(Diagnostic) -> Int
  /// A version, the latest when it is nil; nil when there is none.
  func dataset(named name: String, version: Int?) throws(Diagnostic) -> Dataset?
  /// All versions, by name and version.
  func datasets() throws(Diagnostic) -> [DatasetEntry]
}

/// A name that a cell depended on.
public struct CellRead: Hashable, Sendable {
  /// The name; `ans`, or `out[3]` for what cell 3 showed.
  public var name: String
  /// The store's number for the cell that gave the name its value; nil for shown values and until it is saved.
  public var writer: Int?
  /// Whether only a function reads it that the cell defines, when it is called.
  public var isDeferred: Bool

  /// A name that is read.
  public init(_ name: String, writer: Int? = nil, isDeferred: Bool = false) {
    self.name = name
    self.writer = writer
    self.isDeferred = isDeferred
  }
}

/// Data that a cell took from outside of its session.
public struct CellInput: Hashable, Sendable {
  /// Where data can be.
  public enum Kind: String, Sendable {
    case file, dataset, checkpoint
  }

  /// Where it is.
  public var kind: Kind
  /// The path, or the name it is kept under.
  public var name: String
  /// Which version of that name; nil for a file.
  public var version: Int?

  /// Data from somewhere.
  public init(_ kind: Kind, _ name: String, version: Int? = nil) {
    self.kind = kind
    self.name = name
    self.version = version
  }
}

/// What a cell took from elsewhere and what it changed.
public struct CellLinks {
  /// The store's number for the cell.
  public var cell: Int
  /// The names it depended on.
  public var reads: [CellRead] = []
  /// The names it changed, with the store's numbers for the values; nil for a removed one.
  public var writes: [(name: String, value: Int?)] = []
  /// The data it read.
  public var inputs: [CellInput] = []

  /// A cell without links.
  public init(cell: Int) { self.cell = cell }
}

import Tensors

/// Equally long named columns, shared until one of its owners changes it.
public final class Table {
  /// One column of a table.
  public enum Column {
    /// Numbers or truth values, of rank 1.
    case tensor(Tensor)
    /// Texts, some of which may be missing.
    case text(TextVector)
  }

  /// The names of the columns, which differ from one another.
  public internal(set) var names: [String]
  /// A column for each name, all of ``rowCount`` items.
  public internal(set) var columns: [Column]
  /// How many rows there are.
  public internal(set) var rowCount: Int

  /// A table of these columns, each of `rowCount` items; there is a name for each.
  public init(names: [String], columns: [Column], rowCount: Int) {
    precondition(names.count == columns.count, "a name for each column")
    self.names = names
    self.columns = columns
    self.rowCount = rowCount
  }
}

extension Table {
  /// The table in a few words, for where it stands inside something else.
  var inline: String { "table of \(rowCount) rows (\(names.joined(separator: ", ")))" }
}

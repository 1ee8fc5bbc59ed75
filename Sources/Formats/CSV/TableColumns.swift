import Tensors

/// Equally long columns with names: what a CSV file holds.
public struct TableColumns {
  /// A column's cells.
  public enum Cells {
    /// Numbers or truth values, of rank 1; a missing number is nan.
    case numbers(Tensor)
    /// Texts; a missing one is nil.
    case texts(ContiguousArray<String?>)
  }

  /// The names, which differ from one another.
  public private(set) var names: [String]
  /// One column for each name.
  public private(set) var cells: [Cells]

  /// A table of these columns, which are equally long.
  public init(names: [String], cells: [Cells]) {
    precondition(names.count == cells.count, "a name for each column")
    precondition(Set(cells.map(\.count)).count <= 1, "columns of one length")
    self.names = names
    self.cells = cells
  }

  /// Number of rows.
  public var rowCount: Int { cells.first?.count ?? 0 }
}

extension TableColumns.Cells {
  /// Number of cells.
  var count: Int {
    switch self {
    case .numbers(let tensor): tensor.count
    case .texts(let texts): texts.count
    }
  }
}

extension Value {
  /// Rows and columns as a list of datasets tells them.
  public var extent: (rows: Int?, columns: Int?) {
    switch unfixed {
    case .table(let table): (table.rowCount, table.columns.count)
    case .tensor(let tensor):
      (tensor.shape.array.first, tensor.shape.rank == 2 ? tensor.shape.array.last : nil)
    case .text(let vector): (vector.items.count, nil)
    case .list(let list): (list.items.count, nil)
    case .none, .bool, .number, .traced, .string, .record, .function, .figure, .fixed: (nil, nil)
    }
  }
}

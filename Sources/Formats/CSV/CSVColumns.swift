import Tensors

/// Where the cells of one column go while a file is read; as plain memory, because counting references would take
/// longer than reading numbers.
struct CSVColumn {
  /// The first cell of a column of numbers, nil for one of texts.
  let numbers: UnsafeMutablePointer<Double>?
  /// The first cell of a column of texts, nil for one of numbers.
  let texts: UnsafeMutablePointer<String?>?
}

/// Memory for the cells of columns of texts, all missing at first.
final class CSVTexts {
  private var columns: [UnsafeMutableBufferPointer<String?>] = []

  /// Memory for `count` columns of `rows` cells.
  ///
  /// Throws ``FormatError/tensor(_:)`` when that is more than a tensor may have.
  init(_ count: Int, rows: Int) throws(FormatError) {
    try building { () throws(TensorError) in
      try Storage.checkRoom(for: rows * max(1, count), String?.self)
    }
    for _ in 0..<count {
      let column = UnsafeMutableBufferPointer<String?>.allocate(capacity: rows)
      Storage.preferLargePages(UnsafeMutableRawBufferPointer(column))
      columns.append(column)
    }
    let step = 1 << 16
    let parts = (rows + step - 1) / step
    Threads.forEach(count * parts, isShared: parts > 1) { index in
      let start = index % parts * step
      let part = columns[index / parts][start..<min(rows, start + step)]
      UnsafeMutableBufferPointer(rebasing: part).initialize(repeating: nil)
    }
  }

  deinit {
    for column in columns { column.deinitialize().deallocate() }
  }

  /// The first cell of a column.
  subscript(column: Int) -> UnsafeMutablePointer<String?>? { columns[column].baseAddress }

  /// Moves the first `rows` cells of a column out; missing ones are left.
  func take(_ column: Int, rows: Int) -> ContiguousArray<String?> {
    ContiguousArray(unsafeUninitializedCapacity: rows) { cells, count in
      Storage.preferLargePages(UnsafeMutableRawBufferPointer(cells))
      let source = UnsafeMutableBufferPointer(rebasing: columns[column][..<rows])
      count = cells.moveInitialize(fromContentsOf: source)
      source.initialize(repeating: nil)
    }
  }
}

extension TableColumns.Cells {
  /// The texts of a column, or truth values when all of them are written as such.
  init(_ texts: ContiguousArray<String?>) throws(FormatError) {
    let truths = try TableColumns.Cells.truthValues(texts)
    self = truths.map { .numbers($0) } ?? .texts(texts)
  }

  private static func truthValues(_ texts: ContiguousArray<String?>) throws(FormatError) -> Tensor? {
    var values: [Bool] = []
    for text in texts {
      switch text {
      case "true", "True", "TRUE": values.append(true)
      case "false", "False", "FALSE": values.append(false)
      default: return nil
      }
    }
    guard !values.isEmpty else { return nil }
    return try building { () throws(TensorError) in try Tensor(values) }
  }

  /// The first `rows` of a column of numbers.
  init(_ numbers: Tensor, rows: Int, precision: DType) throws(FormatError) {
    self = .numbers(
      try building { () throws(TensorError) in
        guard rows < numbers.count else { return try numbers.converted(to: precision) }
        return try Tensor([rows], .f64) { target in
          try? numbers.withBytes {
            target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<target.count]))
          }
        }.converted(to: precision)
      })
  }
}

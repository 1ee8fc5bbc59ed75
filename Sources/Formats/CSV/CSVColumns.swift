import Tensors

/// The columns that grow while a file is read.
///
/// They lie in plain memory: as objects, counting references would take longer than reading numbers.
final class CSVColumns {
  private var columns: UnsafeMutableBufferPointer<CSVColumn>

  /// Columns of texts or numbers with room for about `rows` cells.
  ///
  /// Throws ``FormatError/size(bytes:limit:)`` when they need more memory than a tensor may have.
  init(_ isText: [Bool], rows: Int) throws(FormatError) {
    guard rows <= Storage.limit / 8 / max(1, isText.count) else {
      throw .size(bytes: 8 * rows * isText.count, limit: Storage.limit)
    }
    columns = .allocate(capacity: isText.count)
    _ = columns.initialize(from: isText.map { CSVColumn(isNumeric: !$0, rows: rows) })
  }

  deinit {
    for column in columns { column.numbers.deallocate() }
    columns.deinitialize().deallocate()
  }

  /// The columns, valid while `body` runs.
  func withColumns<Result>(
    _ body: (UnsafeMutableBufferPointer<CSVColumn>) throws(FormatError) -> Result
  ) throws(FormatError) -> Result {
    defer { withExtendedLifetime(self) {} }
    return try body(columns)
  }

  /// For each column, whether a cell was no number where numbers were expected.
  var failures: [Bool] { columns.map(\.hasFailed) }

  /// The finished columns.
  func cells(precision: DType) throws(FormatError) -> [TableColumns.Cells] {
    var cells: [TableColumns.Cells] = []
    for column in columns { cells.append(try column.cells(precision: precision)) }
    return cells
  }
}

/// One column that grows while a file is read.
struct CSVColumn {
  /// Whether its cells were numbers so far.
  private(set) var isNumeric: Bool
  /// Whether a cell was no number where numbers were expected.
  private(set) var hasFailed = false
  fileprivate var numbers: UnsafeMutableBufferPointer<Double>
  private var count = 0
  private var texts: ContiguousArray<String?> = []

  fileprivate init(isNumeric: Bool, rows: Int) {
    self.isNumeric = isNumeric
    numbers = .allocate(capacity: isNumeric ? rows : 0)
    if !isNumeric { texts.reserveCapacity(rows) }
  }

  /// Adds a number, nan for a missing one.
  @inline(__always)
  mutating func append(_ number: Double) throws(FormatError) {
    if count == numbers.count { try grow() }
    numbers[count] = number
    count += 1
  }

  /// Adds a text, nil for a missing one.
  mutating func append(_ text: String?) { texts.append(text) }

  /// Notes that a cell is no number; what was gathered is given up.
  mutating func fail() {
    hasFailed = true
    isNumeric = false
  }

  @inline(never)
  private mutating func grow() throws(FormatError) {
    let capacity = 2 * count + 16
    guard capacity <= Storage.limit / 8 else { throw .size(bytes: 8 * capacity, limit: Storage.limit) }
    let larger = UnsafeMutableBufferPointer<Double>.allocate(capacity: capacity)
    _ = larger.update(fromContentsOf: numbers)
    numbers.deallocate()
    numbers = larger
  }

  /// The finished column.
  fileprivate func cells(precision: DType) throws(FormatError) -> TableColumns.Cells {
    guard isNumeric else {
      return try truthValues().map { .numbers($0) } ?? .texts(texts)
    }
    let part = UnsafeMutableBufferPointer(rebasing: numbers[..<count])
    let tensor = try building { () throws(TensorError) in
      try Tensor([count], .f64) { $0.copyMemory(from: UnsafeRawBufferPointer(part)) }.converted(to: precision)
    }
    return .numbers(tensor)
  }

  /// The column as truth values when all its cells are written as such.
  private func truthValues() throws(FormatError) -> Tensor? {
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
}

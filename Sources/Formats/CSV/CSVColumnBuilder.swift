import Tensors

/// A column that grows while a file is read.
final class CSVColumnBuilder {
  /// Whether its cells were numbers so far.
  private(set) var isNumeric: Bool
  /// Whether a cell was no number where numbers were expected.
  private(set) var hasFailed = false
  private var numbers: UnsafeMutableBufferPointer<Double>
  private var count = 0
  private var texts: ContiguousArray<String?> = []

  /// A column of numbers with room for about `rows`.
  ///
  /// Throws ``FormatError/size(bytes:limit:)`` when they need more memory than a tensor may have.
  init(numbers rows: Int) throws(FormatError) {
    isNumeric = true
    numbers = try CSVColumnBuilder.room(for: rows)
  }

  /// A column of texts with room for about `rows`.
  init(texts rows: Int) {
    isNumeric = false
    numbers = UnsafeMutableBufferPointer(start: nil, count: 0)
    texts.reserveCapacity(rows)
  }

  deinit { numbers.deallocate() }

  /// Adds a number, nan for a missing one.
  @inline(__always)
  func append(_ number: Double) throws(FormatError) {
    if count == numbers.count { try grow() }
    numbers[count] = number
    count += 1
  }

  /// Adds a text, nil for a missing one.
  func append(_ text: String?) { texts.append(text) }

  /// Notes that a cell is no number; what was gathered is given up.
  func fail() {
    hasFailed = true
    isNumeric = false
  }

  @inline(never)
  private func grow() throws(FormatError) {
    let larger = try CSVColumnBuilder.room(for: 2 * count + 16)
    _ = larger.update(fromContentsOf: numbers)
    numbers.deallocate()
    numbers = larger
  }

  private static func room(for rows: Int) throws(FormatError) -> UnsafeMutableBufferPointer<Double> {
    guard rows <= Storage.limit / 8 else { throw .size(bytes: rows, limit: Storage.limit) }
    return .allocate(capacity: rows)
  }

  /// The finished column.
  func cells(precision: DType) throws(FormatError) -> TableColumns.Cells {
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

/// The value that each cell showed last: the latest ones in memory, the others where the store has them.
struct ShownValues {
  /// Where such a value is.
  enum Place {
    case memory(Value)
    /// In the store, under this number.
    case store(Int)
    /// Nowhere any more: nothing recorded it, and it made room for later ones.
    case gone
  }

  private struct Kept {
    var value: Value
    var bytes: Int
  }

  /// Bytes of memory that values take before old ones have to go; the latest one always stays.
  var budget = 250_000_000
  private var kept: [Int: Kept] = [:]
  private var stored: [Int: Int] = [:]
  /// The cells that showed something, in order, and how many of the first ones are not in memory.
  private(set) var cells: [Int] = []
  private var released = 0
  private var bytes = 0

  /// What a value takes besides its numbers.
  private static let overhead = 128
}

extension ShownValues {
  /// The value of a cell; nil when it showed none.
  subscript(cell: Int) -> Place? {
    if let value = kept[cell]?.value { return .memory(value) }
    if let number = stored[cell] { return .store(number) }
    return isKnown(cell) ? .gone : nil
  }

  /// Notes what the cell that is running showed.
  mutating func note(_ value: Value, in cell: Int) {
    forget(cell)
    // A cell comes after all others; only a script evaluated statement by statement shows twice in one.
    cells.append(cell)
    let size = value.byteCount + ShownValues.overhead
    kept[cell] = Kept(value: value, bytes: size)
    bytes += size
    release()
  }

  /// Takes back what the cell that is running showed; `before` is what it had shown before.
  mutating func restore(_ before: Place?, in cell: Int) {
    forget(cell)
    guard case .memory(let value)? = before else { return }
    note(value, in: cell)
  }

  /// Notes the store's number for what a cell showed.
  mutating func saved(_ cell: Int, as number: Int?) { stored[cell] = number }

  /// Goes to a state in which these cells have shown the store's values of these numbers.
  ///
  /// What is in memory and is the same value stays there.
  mutating func move(to shown: [(cell: Int, value: Int)]) {
    let numbers = Dictionary(shown.map { ($0.cell, $0.value) }, uniquingKeysWith: { _, last in last })
    for (cell, value) in kept where numbers[cell] == nil || numbers[cell] != stored[cell] {
      bytes -= value.bytes
      kept[cell] = nil
    }
    stored = numbers
    cells = shown.map(\.cell)
    released = cells.firstIndex { kept[$0] != nil } ?? cells.count
  }

  private mutating func forget(_ cell: Int) {
    guard cells.last == cell else { return }
    cells.removeLast()
    released = min(released, cells.count)
    stored[cell] = nil
    if let old = kept.removeValue(forKey: cell) { bytes -= old.bytes }
  }

  /// Lets the oldest values go until the rest is within the budget.
  mutating func release() {
    while bytes > budget, released < cells.count - 1 {
      if let old = kept.removeValue(forKey: cells[released]) { bytes -= old.bytes }
      released += 1
    }
  }

  private func isKnown(_ cell: Int) -> Bool {
    var (low, high) = (0, cells.count)
    while low < high {
      let middle = (low + high) / 2
      if cells[middle] < cell { low = middle + 1 } else { high = middle }
    }
    return low < cells.count && cells[low] == cell
  }
}

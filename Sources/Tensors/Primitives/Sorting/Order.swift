/// Sorts positions by 64-bit keys, stably.
///
/// Digits of 11 bits from the lowest; a digit that all keys share costs nothing. Few keys are inserted
/// one by one.
struct Sorter {
  private var keys: [UInt64]
  private var order: [Int]
  private var otherKeys: [UInt64]
  private var otherOrder: [Int]

  private static let digits = 6
  private static let bits = 11
  private static let few = 48

  init(capacity: Int) {
    keys = Array(repeating: 0, count: capacity)
    order = Array(repeating: 0, count: capacity)
    let isLong = capacity > Sorter.few
    otherKeys = Array(repeating: 0, count: isLong ? capacity : 0)
    otherOrder = Array(repeating: 0, count: isLong ? capacity : 0)
  }

  /// The key that sorts like `x`: -0 with 0, nan last also when descending.
  static func key(_ x: Double, descending: Bool) -> UInt64 {
    if x.isNaN { return .max }
    let bits = (x + 0).bitPattern
    let ascending = bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    return descending ? ~ascending : ascending
  }

  /// The positions of the elements in sorted order.
  mutating func sort(descending: Bool, _ element: (Int) -> Double) -> [Int] {
    for position in keys.indices {
      keys[position] = Sorter.key(element(position), descending: descending)
      order[position] = position
    }
    if keys.count > Sorter.few { radixSort() } else { insertionSort() }
    return order
  }

  private mutating func insertionSort() {
    for position in 0..<keys.count {
      let (key, item) = (keys[position], order[position])
      var place = position
      while place > 0, keys[place - 1] > key {
        keys[place] = keys[place - 1]
        order[place] = order[place - 1]
        place -= 1
      }
      keys[place] = key
      order[place] = item
    }
  }

  private mutating func radixSort() {
    let mask = (1 << Sorter.bits) - 1
    for digit in 0..<Sorter.digits {
      if Threads.isInterrupted { return }
      let shift = digit * Sorter.bits
      var starts = [Int](repeating: 0, count: mask + 1)
      for key in keys { starts[Int(truncatingIfNeeded: key >> shift) & mask] += 1 }
      if starts.contains(keys.count) { continue }
      var total = 0
      for value in starts.indices {
        let count = starts[value]
        starts[value] = total
        total += count
      }
      for position in keys.indices {
        let value = Int(truncatingIfNeeded: keys[position] >> shift) & mask
        let place = starts[value]
        starts[value] = place + 1
        otherKeys[place] = keys[position]
        otherOrder[place] = order[position]
      }
      swap(&keys, &otherKeys)
      swap(&order, &otherOrder)
    }
  }
}

extension Tensor {
  /// Calls `body` for each row along an axis with the positions along it in sorted order.
  ///
  /// Element i of a row lies at `start + i * step`; rows are told by their number.
  func forEachSortedRow(
    _ passes: Passes, descending: Bool = false,
    _ body: (_ row: Int, _ start: Int, _ step: Int, _ order: [Int]) throws(TensorError) -> Void
  ) throws(TensorError) {
    let source = try converted(to: .f64)
    try Storage.checkRoom(for: passes.n, (UInt64, Int, UInt64, Int).self)
    var sorter = Sorter(capacity: passes.n)
    try source.withPointer { (x) throws(TensorError) in
      let x = x.f64
      for outer in 0..<passes.outer {
        for inner in 0..<passes.inner {
          let start = outer * passes.n * passes.inner + inner
          let order = sorter.sort(descending: descending) { x[start + $0 * passes.inner] }
          try body(outer * passes.inner + inner, start, passes.inner, order)
        }
      }
    }
  }

  /// The first `count` positions of each sorted row, in the source and along the axis.
  func sortedPositions(
    along axis: Int, descending: Bool, count: Int
  ) throws(TensorError) -> (picks: Picks, along: Tensor) {
    let passes = Passes(along: axis, of: shape)
    var target = shape
    target[axis] = count
    try Storage.checkRoom(for: target.count, Int64.self)
    var positions = ContiguousArray<Int64>(repeating: 0, count: target.count)
    let along = try Tensor(uninitialized: target, .f64)
    try along.withPointer { (pointer) throws(TensorError) in
      try forEachSortedRow(passes, descending: descending) { (row, start, step, order) throws(TensorError) in
        let (outer, inner) = row.quotientAndRemainder(dividingBy: step)
        for rank in 0..<count {
          let place = (outer * count + rank) * step + inner
          positions[place] = Int64(start + order[rank] * step)
          pointer.f64[place] = Double(order[rank])
        }
      }
    }
    return (Picks(positions, shape: target), along)
  }
}

/// A list of positions in memory that kernels read, counted against the memory limit.
final class Positions {
  let count: Int
  private let storage: Storage

  /// Room for `count` positions, filled by `body`.
  init(count: Int, _ body: (UnsafeMutablePointer<Int64>) -> Void) throws(TensorError) {
    self.count = count
    storage = try Storage(bytes: count * MemoryLayout<Int64>.stride)
    body(storage.pointer.assumingMemoryBound(to: Int64.self))
  }

  convenience init(_ positions: [Int64]) throws(TensorError) {
    try self.init(count: positions.count) { pointer in
      for (k, position) in positions.enumerated() { pointer[k] = position }
    }
  }

  subscript(k: Int) -> Int64 {
    precondition(k >= 0 && k < count, "position \(k) of \(count)")
    return storage.pointer.assumingMemoryBound(to: Int64.self)[k]
  }

  /// Runs `body` with the address of the first one, which stays valid until `body` returns.
  func withPointer(_ body: (UnsafePointer<Int64>) -> Void) {
    body(UnsafePointer(storage.pointer.assumingMemoryBound(to: Int64.self)))
    withExtendedLifetime(storage) {}
  }
}

extension Positions {
  /// Places in the list whose position occurs again further on.
  ///
  /// When a list of positions is written to, the last write wins; these are the writes that lose.
  func repeatedLater() -> [Int64] {
    var isIncreasing = true
    for k in 1..<max(1, count) where self[k] <= self[k - 1] {
      isIncreasing = false
      break
    }
    if isIncreasing { return [] }
    var seen = Set<Int64>(minimumCapacity: count)
    var losers: [Int64] = []
    for k in stride(from: count - 1, through: 0, by: -1) where !seen.insert(self[k]).inserted {
      losers.append(Int64(k))
    }
    return losers
  }
}

import CKernels

extension Threads {
  /// Calls `body` for every index below `count`, on several threads when `isShared`.
  ///
  /// The calls may come in any order and at once: they must not touch what another one writes. All have returned
  /// when this does.
  public static func forEach(_ count: Int, isShared: Bool, _ body: (Int) -> Void) {
    guard isShared, count > 1 else {
      for index in 0..<count { body(index) }
      return
    }
    withoutActuallyEscaping(body) { body in
      var body = body
      withUnsafeMutablePointer(to: &body) { pointer in
        nns_parallel(
          count,
          { context, index in context?.assumingMemoryBound(to: ((Int) -> Void).self).pointee(index) }, pointer
        )
      }
    }
  }
}

extension Threads {
  /// Calls `body` for every unit below `units`, handed out in runs that have memory of their own.
  ///
  /// The threads share it when `work`, a count of multiplications, is worth waking them. Throws
  /// ``TensorError/interrupted``, and ``TensorError/allocation(bytes:limit:)`` when the memory does not fit.
  static func share(
    _ units: Int, work: Int, scratch bytes: Int,
    _ body: (_ unit: Int, _ scratch: UnsafeMutableRawPointer) -> Void
  ) throws(TensorError) {
    guard units > 0 else { return }
    let isShared = work > 1 << 18
    let runs = isShared ? min(units, count * 4) : 1
    let apart = (bytes + 63) / 64 * 64
    let memory = try Storage(bytes: runs * apart)
    forEach(runs, isShared: isShared) { run in
      let scratch = memory.pointer + run * apart
      for unit in run * units / runs..<(run + 1) * units / runs {
        if isInterrupted { return }
        body(unit, scratch)
      }
    }
    withExtendedLifetime(memory) {}
    if isInterrupted { throw .interrupted }
  }
}

import CKernels

extension Threads {
  /// Calls `body` for every index below `count`, on several threads when `isShared`.
  ///
  /// The calls may come in any order and at once: they must not touch what another one writes.
  static func forEach(_ count: Int, isShared: Bool, _ body: (Int) -> Void) {
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

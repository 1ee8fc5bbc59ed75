extension Tensor {
  /// Hands the elements `start`, `start + step`, … of the row-major order to `body` as doubles, `count` of
  /// them; without a copy where they are doubles in a row.
  ///
  /// `body` is not called when the user asked to stop.
  public func read(from start: Int, step: Int = 1, count: Int, _ body: (Span<Double>) -> Void) {
    precondition(
      start >= 0 && step > 0 && (count <= 0 || start + (count - 1) * step < self.count),
      "elements outside of the tensor")
    guard count > 0, !Threads.isInterrupted else { return }
    if dtype == .f64, step == 1, sequenceStart == nil {
      // A tensor with memory has no reason to fail.
      try? withPointer { (pointer) throws(TensorError) in
        let first = pointer.assumingMemoryBound(to: Double.self) + start
        body(UnsafeBufferPointer(start: first, count: count).span)
      }
      return
    }
    let numbers = (0..<count).map { self[flat: start + $0 * step] }
    body(numbers.span)
  }
}

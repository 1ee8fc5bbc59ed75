/// The addresses a kernel works on in one go.
struct Run {
  /// Where each operand is read.
  let a, b, c: UnsafeMutableRawPointer
  /// Elements each operand advances by: 1 or 0.
  let stepA, stepB, stepC: Int
  /// Where the result is written.
  let result: UnsafeMutableRawPointer
  /// How many elements.
  let count: Int
}

/// An operand of a broadcasting kernel.
struct RunOperand {
  let address: UnsafeMutableRawPointer
  /// Bytes of an element.
  let size: Int
  /// Elements it advances by within a run, and from one run to the next.
  let step, stride: Int
  /// Where it is written out for a block of several runs, and the row that is written there already.
  var buffer: UnsafeMutableRawPointer?
  private var writtenRow: UnsafeMutableRawPointer?

  init(_ address: UnsafeMutableRawPointer, size: Int, step: Int, stride: Int) {
    self.address = address
    self.size = size
    self.step = step
    self.stride = stride
  }

  /// Whether the elements for several runs follow each other, or are one and the same.
  func isPlain(_ run: Int) -> Bool { stride == run * step }

  /// The elements for `rows` runs from an offset on: in place, or written out.
  mutating func block(at offset: Int, rows: Int, run: Int) -> UnsafeMutableRawPointer {
    let start = address + offset * size
    guard rows > 1, !isPlain(run), let buffer else { return start }
    if stride == 0 {
      if writtenRow == start { return buffer }
      writtenRow = start
    }
    switch size {
    case 8: write(UInt64.self, from: start, to: buffer, rows, run)
    case 4: write(UInt32.self, from: start, to: buffer, rows, run)
    default: write(UInt8.self, from: start, to: buffer, rows, run)
    }
    return buffer
  }

  @inline(__always)
  private func write<Element>(
    _: Element.Type, from source: UnsafeMutableRawPointer, to buffer: UnsafeMutableRawPointer, _ rows: Int,
    _ run: Int
  ) {
    var source = source.assumingMemoryBound(to: Element.self)
    var target = buffer.assumingMemoryBound(to: Element.self)
    for _ in 0..<rows {
      if step == 0 {
        target.update(repeating: source.pointee, count: run)
      } else {
        target.update(from: source, count: run)
      }
      source += stride
      target += run
    }
  }
}

extension Tensor {
  /// Elements of a block of short runs: enough to forget the cost of a call, few enough for the first cache.
  private static let block = 1024
  /// Elements that make it worth while to wake a thread.
  private static let share = 32768

  /// Fills itself from operands that broadcast to its shape, each read as the given dtype.
  ///
  /// Runs that are short are written out side by side, so that the kernel always works on many elements.
  func fill(
    from a: Quantity, _ dtypeOfA: DType, _ b: Quantity, _ dtypeOfB: DType,
    _ c: Quantity = .number(0), _ dtypeOfC: DType = .bool, by kernel: (Run) -> Void
  ) throws(TensorError) {
    let walk = BroadcastWalk(shape, a.shape, b.shape, c.shape)
    try a.withElements(as: dtypeOfA) { (a) throws(TensorError) in
      try b.withElements(as: dtypeOfB) { (b) throws(TensorError) in
        try c.withElements(as: dtypeOfC) { (c) throws(TensorError) in
          try withPointer { (result) throws(TensorError) in
            let addresses: InlineArray<3, UnsafeMutableRawPointer> = [a, b, c]
            let sizes: InlineArray<3, Int> = [dtypeOfA.size, dtypeOfB.size, dtypeOfC.size]
            fill(result, walk, addresses, sizes, kernel)
          }
        }
      }
    }
  }

  private func fill(
    _ result: UnsafeMutableRawPointer, _ walk: BroadcastWalk,
    _ addresses: InlineArray<3, UnsafeMutableRawPointer>, _ sizes: InlineArray<3, Int>,
    _ kernel: (Run) -> Void
  ) {
    let count = count
    if count == 0 { return }
    let steps = (walk.strides[0][0], walk.strides[1][0], walk.strides[2][0])
    if walk.loops == 0 {
      kernel(
        Run(
          a: addresses[0], b: addresses[1], c: addresses[2], stepA: steps.0, stepB: steps.1, stepC: steps.2,
          result: result, count: count))
      return
    }
    let (run, rows, size) = (walk.run, walk.lengths[1], dtype.size)
    let rowsPerBlock = min(rows, max(1, Tensor.block / run))
    let blocksPerRound = (rows + rowsPerBlock - 1) / rowsPerBlock
    let blocks = walk.rounds * blocksPerRound
    let blocksPerShare = max(1, Tensor.share / (rowsPerBlock * run))
    // A kernel with a long run shares it by itself.
    let isShared = count > 2 * Tensor.share && run < Tensor.share
    Threads.forEach((blocks + blocksPerShare - 1) / blocksPerShare, isShared: isShared) { share in
      var operands: InlineArray<3, RunOperand> = [
        RunOperand(addresses[0], size: sizes[0], step: steps.0, stride: walk.strides[0][1]),
        RunOperand(addresses[1], size: sizes[1], step: steps.1, stride: walk.strides[1][1]),
        RunOperand(addresses[2], size: sizes[2], step: steps.2, stride: walk.strides[2][1]),
      ]
      let bufferBytes = rowsPerBlock * run * 8
      let isBuffered = rowsPerBlock > 1
      let buffers = UnsafeMutableRawPointer.allocate(
        byteCount: isBuffered ? 3 * bufferBytes : 1, alignment: 64)
      defer { buffers.deallocate() }
      if isBuffered { for operand in 0..<3 { operands[operand].buffer = buffers + operand * bufferBytes } }
      for block in (share * blocksPerShare)..<min(blocks, (share + 1) * blocksPerShare) {
        let (round, part) = block.quotientAndRemainder(dividingBy: blocksPerRound)
        let first = part * rowsPerBlock
        let taken = min(rowsPerBlock, rows - first)
        var starts: InlineArray<3, UnsafeMutableRawPointer> = addresses
        var advances: InlineArray<3, Int> = [0, 0, 0]
        for operand in 0..<3 {
          let offset = walk.offset(operand, round: round) + first * walk.strides[operand][1]
          let isPlain = operands[operand].isPlain(run)
          starts[operand] = operands[operand].block(at: offset, rows: taken, run: run)
          advances[operand] = taken == 1 || isPlain ? operands[operand].step : 1
        }
        kernel(
          Run(
            a: starts[0], b: starts[1], c: starts[2], stepA: advances[0], stepB: advances[1],
            stepC: advances[2],
            result: result + (round * rows + first) * run * size, count: taken * run))
      }
    }
  }
}

extension UnsafeMutableRawPointer {
  /// The address as one of doubles.
  @inline(__always) var f64: UnsafeMutablePointer<Double> { assumingMemoryBound(to: Double.self) }
  /// The address as one of floats.
  @inline(__always) var f32: UnsafeMutablePointer<Float> { assumingMemoryBound(to: Float.self) }
  /// The address as one of truth values.
  @inline(__always) var bool: UnsafeMutablePointer<UInt8> { assumingMemoryBound(to: UInt8.self) }
}

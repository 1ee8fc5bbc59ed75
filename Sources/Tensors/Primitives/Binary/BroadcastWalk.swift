/// How up to three operands of broadcasting shapes are walked together: nested loops around runs
/// within which every operand either follows the result or stays on one element.
struct BroadcastWalk {
  /// Length of the runs.
  private(set) var run = 1
  /// Elements each operand advances by within a run: 1 or 0.
  private(set) var steps: InlineArray<3, Int> = [0, 0, 0]
  private var loops = 0
  private var lengths: InlineArray<8, Int> = InlineArray(repeating: 1)
  private var strides: InlineArray<3, InlineArray<8, Int>> = InlineArray(
    repeating: InlineArray(repeating: 0))

  /// The walk over `result`, to which the operands broadcast; axes that no operand tells apart are merged.
  init(_ result: Shape, _ a: Shape, _ b: Shape, _ c: Shape = Shape()) {
    if a == result, b == result || b.rank == 0, c == result || c.rank == 0 {
      run = result.count
      steps = [1, b.rank == 0 ? 0 : 1, c.rank == 0 ? 0 : 1]
      return
    }
    var elements: InlineArray<3, Int> = [1, 1, 1]
    var merged = -1
    for axis in stride(from: result.rank - 1, through: 0, by: -1) {
      let length = result[axis]
      var here: InlineArray<3, Int> = [0, 0, 0]
      for operand in 0..<3 {
        let shape = operand == 0 ? a : operand == 1 ? b : c
        let position = axis - (result.rank - shape.rank)
        guard position >= 0, shape[position] != 1 else { continue }
        here[operand] = elements[operand]
        elements[operand] *= shape[position]
      }
      if length == 1 { continue }
      var joins = merged >= 0
      for operand in 0..<3 where joins && here[operand] != strides[operand][merged] * lengths[merged] {
        joins = false
      }
      if joins {
        lengths[merged] *= length
        continue
      }
      merged += 1
      lengths[merged] = length
      for operand in 0..<3 { strides[operand][merged] = here[operand] }
    }
    guard merged >= 0 else { return }
    loops = merged
    run = lengths[0]
    for operand in 0..<3 { steps[operand] = strides[operand][0] }
  }

  /// Calls `body` for each run with the position of its first element in the result and the operands.
  @inline(__always)
  func forEachRun(_ body: (_ result: Int, _ a: Int, _ b: Int, _ c: Int) -> Void) {
    var runs = run == 0 ? 0 : 1
    for loop in 0..<loops { runs *= lengths[loop + 1] }
    var counters: InlineArray<8, Int> = InlineArray(repeating: 0)
    var (a, b, c) = (0, 0, 0)
    for index in 0..<runs {
      body(index * run, a, b, c)
      var loop = 1
      while loop <= loops {
        counters[loop] += 1
        a += strides[0][loop]
        b += strides[1][loop]
        c += strides[2][loop]
        if counters[loop] < lengths[loop] { break }
        counters[loop] = 0
        a -= strides[0][loop] * lengths[loop]
        b -= strides[1][loop] * lengths[loop]
        c -= strides[2][loop] * lengths[loop]
        loop += 1
      }
    }
  }
}

/// The addresses a kernel works on in one run.
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

extension Tensor {
  /// Fills itself run by run from operands that broadcast to its shape, each read as the given dtype.
  @inline(__always)
  func fill(
    from a: Quantity, _ dtypeOfA: DType, _ b: Quantity, _ dtypeOfB: DType,
    _ c: Quantity = .number(0), _ dtypeOfC: DType = .bool, by kernel: (Run) -> Void
  ) throws(TensorError) {
    let walk = BroadcastWalk(shape, a.shape, b.shape, c.shape)
    let (sizeA, sizeB, sizeC, size) = (dtypeOfA.size, dtypeOfB.size, dtypeOfC.size, dtype.size)
    try a.withElements(as: dtypeOfA) { (a) throws(TensorError) in
      try b.withElements(as: dtypeOfB) { (b) throws(TensorError) in
        try c.withElements(as: dtypeOfC) { (c) throws(TensorError) in
          try withPointer { (result) throws(TensorError) in
            walk.forEachRun { i, j, k, l in
              kernel(
                Run(
                  a: a + j * sizeA, b: b + k * sizeB, c: c + l * sizeC, stepA: walk.steps[0],
                  stepB: walk.steps[1], stepC: walk.steps[2], result: result + i * size, count: walk.run))
            }
          }
        }
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

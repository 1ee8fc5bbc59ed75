import CKernels

/// How a stack of matrix products C = A B of one shape is cut into pieces for the threads.
///
/// The cut depends on the shapes alone, and every piece is one call on one thread: so the bits do not
/// depend on how many threads there are.
struct ProductPlan {
  let m: Int
  let n: Int
  let k: Int
  /// Whether A is stored as [k, m].
  let transposeA: Bool
  /// Whether B is stored as [n, k].
  let transposeB: Bool

  /// Up to this many multiplications our own kernel beats OpenBLAS, which packs first (measured with
  /// B as it is and transposed).
  static let smallWork = 1 << 18
  private static let smallTransposedWork = 1 << 13
  /// A piece takes about 25 microseconds, several times what waking a thread costs.
  private static let pieceWork = 1 << 20

  /// Whether our own kernel does it.
  var isSmall: Bool {
    // Products with a vector are bound by memory, where packing only costs.
    if m == 1 || n == 1 { return true }
    return work <= (transposeB ? ProductPlan.smallTransposedWork : ProductPlan.smallWork)
  }

  private var work: Int { m * n * k }

  /// Rows of C in one piece.
  var pieceRows: Int {
    if work < ProductPlan.pieceWork * 2 { return m }
    return m >= n ? ProductPlan.piece(of: m) : m > 2048 ? 1024 : m
  }

  /// Columns of C in one piece.
  var pieceColumns: Int {
    if work < ProductPlan.pieceWork * 2 { return n }
    return n > m ? ProductPlan.piece(of: n) : n > 2048 ? 1024 : n
  }

  /// Pieces of 256 lose 3 % to a single call, smaller ones more.
  private static func piece(of length: Int) -> Int {
    length >= 512 ? 256 : (length / 2 + 15) / 16 * 16
  }

  /// Pieces of one product.
  var pieces: Int { rowPieces * columnPieces }
  private var rowPieces: Int { (m + pieceRows - 1) / pieceRows }
  private var columnPieces: Int { (n + pieceColumns - 1) / pieceColumns }

  /// The rows and columns of C in piece `index`.
  func piece(_ index: Int) -> (rows: Range<Int>, columns: Range<Int>) {
    let (row, column) = (index / columnPieces * pieceRows, index % columnPieces * pieceColumns)
    return (row..<min(m, row + pieceRows), column..<min(n, column + pieceColumns))
  }

  /// Small products that are handed to a thread together.
  var productsPerTask: Int { max(1, ProductPlan.pieceWork / 8 / max(1, work)) }
}

/// A plan together with its memory.
struct ProductTask {
  let plan: ProductPlan
  let dtype: DType
  let a: UnsafeMutableRawPointer
  let b: UnsafeMutableRawPointer
  let c: UnsafeMutableRawPointer
  /// Where the operands of each product start, in elements.
  let aOffsets: [Int]
  let bOffsets: [Int]
  /// Nil when every product is small.
  let blas: BLAS?

  /// Computes everything, unless the user interrupts.
  func run() throws(TensorError) {
    var task = self
    let count = aOffsets.count
    if count == 1, blas == nil {
      runSmall(0)
    } else {
      withUnsafeMutablePointer(to: &task) { task in
        if blas == nil {
          let tasks = (count + plan.productsPerTask - 1) / plan.productsPerTask
          nns_parallel(tasks, { ProductTask.at($0)?.runSmallOnes($1) }, task)
        } else {
          nns_parallel(count * plan.pieces, { ProductTask.at($0)?.runPiece($1) }, task)
        }
      }
    }
    if Threads.isInterrupted { throw .interrupted }
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> ProductTask? {
    context?.assumingMemoryBound(to: ProductTask.self).pointee
  }

  private func runSmallOnes(_ task: Int) {
    let first = task * plan.productsPerTask
    for product in first..<min(aOffsets.count, first + plan.productsPerTask) { runSmall(product) }
  }

  private func runSmall(_ product: Int) {
    let (m, n, k) = (plan.m, plan.n, plan.k)
    let (i, j, to) = (aOffsets[product], bOffsets[product], product * m * n)
    switch dtype {
    case .f32: nns_small_gemm_f32(plan.transposeA, plan.transposeB, m, n, k, a.f32 + i, b.f32 + j, c.f32 + to)
    case .f64, .bool:
      nns_small_gemm_f64(plan.transposeA, plan.transposeB, m, n, k, a.f64 + i, b.f64 + j, c.f64 + to)
    }
  }

  private func runPiece(_ index: Int) {
    guard let blas, !Threads.isInterrupted else { return }
    let (product, (rows, columns)) = (index / plan.pieces, plan.piece(index % plan.pieces))
    let (m, n, k) = (plan.m, plan.n, plan.k)
    let (aRow, bRow) = (plan.transposeA ? m : k, plan.transposeB ? k : n)
    let fromA = aOffsets[product] + rows.lowerBound * (plan.transposeA ? 1 : k)
    let fromB = bOffsets[product] + columns.lowerBound * (plan.transposeB ? k : 1)
    let to = product * m * n + rows.lowerBound * n + columns.lowerBound
    let (rowMajor, asIs, transposed) = (Int32(101), Int32(111), Int32(112))
    let (ta, tb) = (plan.transposeA ? transposed : asIs, plan.transposeB ? transposed : asIs)
    let lengths = (Int32(rows.count), Int32(columns.count), Int32(k))
    switch dtype {
    case .f32:
      blas.productF32(
        rowMajor, ta, tb, lengths.0, lengths.1, lengths.2, 1, a.f32 + fromA, Int32(aRow), b.f32 + fromB,
        Int32(bRow),
        0, c.f32 + to, Int32(n))
    case .f64, .bool:
      blas.productF64(
        rowMajor, ta, tb, lengths.0, lengths.1, lengths.2, 1, a.f64 + fromA, Int32(aRow), b.f64 + fromB,
        Int32(bRow),
        0, c.f64 + to, Int32(n))
    }
  }
}

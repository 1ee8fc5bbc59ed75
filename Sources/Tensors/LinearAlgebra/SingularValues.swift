/// The reduced singular value decomposition of one matrix, all parts by rows.
struct SingularValues {
  /// Left singular vectors, [rows, rank].
  var u: [Double]
  /// Singular values, largest first.
  var s: [Double]
  /// Right singular vectors, [rank, columns].
  var vt: [Double]

  /// Decomposes a matrix of finite numbers given by rows.
  init(rowMajor matrix: [Double], rows: Int, columns: Int) throws(TensorError) {
    let rank = min(rows, columns)
    u = Array(repeating: 0, count: rows * rank)
    s = Array(repeating: 0, count: rank)
    vt = Array(repeating: 0, count: rank * columns)
    guard rank > 0 else { return }
    // Read by columns it is the transposed matrix V S Uᵀ, whose parts come back as ours by rows.
    if try divideAndConquer(matrix, rows, columns) { return }
    guard try iterate(matrix, rows, columns) else { throw .noConvergence(operation: "svd") }
  }

  private mutating func divideAndConquer(_ matrix: [Double], _ rows: Int, _ columns: Int) throws(TensorError)
    -> Bool
  {
    let lapack = try BLAS.shared().lapack
    var (a, m, n, rank) = (matrix, Int32(columns), Int32(rows), Int32(s.count))
    var integers = Array(repeating: Int32(0), count: 8 * s.count)
    var (size, query, info) = (0.0, Int32(-1), Int32(0))
    lapack.gesdd("S", &m, &n, &a, &m, &s, &vt, &m, &u, &rank, &size, &query, &integers, &info, 1)
    var room = Int32(size)
    var work = Array(repeating: 0.0, count: Int(room))
    lapack.gesdd("S", &m, &n, &a, &m, &s, &vt, &m, &u, &rank, &work, &room, &integers, &info, 1)
    return info == 0
  }

  private mutating func iterate(_ matrix: [Double], _ rows: Int, _ columns: Int) throws(TensorError) -> Bool {
    let lapack = try BLAS.shared().lapack
    var (a, m, n, rank) = (matrix, Int32(columns), Int32(rows), Int32(s.count))
    var (size, query, info) = (0.0, Int32(-1), Int32(0))
    lapack.gesvd("S", "S", &m, &n, &a, &m, &s, &vt, &m, &u, &rank, &size, &query, &info, 1, 1)
    var room = Int32(size)
    var work = Array(repeating: 0.0, count: Int(room))
    lapack.gesvd("S", "S", &m, &n, &a, &m, &s, &vt, &m, &u, &rank, &work, &room, &info, 1, 1)
    return info == 0
  }

  /// The singular vectors as matrices and, between them, the reciprocals of the singular values; 0 for those up to
  /// `limit`.
  func inverted(rows: Int, columns: Int, above limit: Double) throws(TensorError) -> (
    u: Quantity, scaled: Quantity, vt: Quantity
  ) {
    let rank = s.count
    return (
      .tensor(try Tensor(u, shape: Shape(checking: [rows, rank]))),
      .tensor(try Tensor(s.map { $0 > limit ? 1 / $0 : 0 })),
      .tensor(try Tensor(vt, shape: Shape(checking: [rank, columns])))
    )
  }

  /// Up to this size a singular value counts as 0.
  func threshold(rows: Int, columns: Int, _ dtype: DType) -> Double {
    Double(max(rows, columns)) * dtype.roundingUnit * (s.first ?? 0)
  }
}

extension DType {
  /// The distance from 1 to the next number.
  var roundingUnit: Double { self == .f32 ? Double(Float.ulpOfOne) : .ulpOfOne }
}

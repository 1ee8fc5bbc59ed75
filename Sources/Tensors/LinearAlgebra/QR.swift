/// The reduced factors Q R, packed one after the other.
final class QR: Primitive, Sendable {
  static let shared = QR()

  private init() {}

  var name: String { "qr" }
  var keeps: Kept { [.inputs, .output] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let matrices = try MatrixStack(inputs[0], operation: name)
    let lapack = try BLAS.shared().lapack
    let (m, n) = (matrices.rows, matrices.columns)
    let rank = min(m, n)
    return try matrices.map([m * rank + rank * n]) { (index, result) throws(TensorError) in
      guard rank > 0 else { return }
      var a = try matrices.columnMajor(index)
      var scales = Array(repeating: 0.0, count: rank)
      var (rows, columns, reflections, info) = (Int32(m), Int32(n), Int32(rank), Int32(0))
      var room = Int32(64 * max(m, n))
      var work = Array(repeating: 0.0, count: Int(room))
      lapack.geqrf(&rows, &columns, &a, &rows, &scales, &work, &room, &info)
      for i in 0..<rank {
        for j in 0..<n { result[m * rank + i * n + j] = i <= j ? a[j * m + i] : 0 }
      }
      lapack.orgqr(&rows, &reflections, &reflections, &a, &rows, &scales, &work, &room, &info)
      result.fill(from: Array(a[..<(m * rank)]).transposed(rows: rank, columns: m))
    }
  }

  static func unpack(_ packed: Quantity, _ shape: Shape) throws(TensorError) -> (q: Quantity, r: Quantity) {
    let (m, n) = (shape[shape.rank - 2], shape[shape.rank - 1])
    let parts = try packed.unpacked([m, min(m, n)], [min(m, n), n])
    return (parts[0], parts[1])
  }

  /// With M = R R̄ᵀ - Q̄ᵀ Q and its lower triangle mirrored: Ā = (Q̄ + Q mirror(M)) R⁻ᵀ
  ///
  /// A wide matrix is [A₁ A₂] with square A₁ and R₂ = Qᵀ A₂.
  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let a = application[input: 0]
    let (m, n) = (a.shape[a.shape.rank - 2], a.shape[a.shape.rank - 1])
    let (q, r) = try QR.unpack(application.output, a.shape)
    let (gq, gr) = try QR.unpack(g, a.shape)
    try cotangents.add(0) { () throws(TensorError) in
      guard n > m else { return try QR.gradient(q, r, gq, gr) }
      let first: [IndexEntry] = [.ellipsis, .slice(start: nil, stop: m, step: 1)]
      let rest: [IndexEntry] = [.ellipsis, .slice(start: m, stop: nil, step: 1)]
      let late = try gr.indexed(rest)
      let fromRest = try a.indexed(rest).matrixProduct(late, transposeB: true)
      var result = try Quantity.zeros(a.shape, a.dtype)
      try Quantity.assign(&result, first, QR.gradient(q, r.indexed(first), gq + fromRest, gr.indexed(first)))
      try Quantity.assign(&result, rest, q.matrixProduct(late))
      return result
    }
  }

  private static func gradient(
    _ q: Quantity, _ r: Quantity, _ gq: Quantity, _ gr: Quantity
  ) throws(TensorError) -> Quantity {
    let m = try r.matrixProduct(gr, transposeB: true) - gq.matrixProduct(q, transposeA: true)
    let mirrored = try m.masked { $0 >= $1 ? 1 : 0 } + m.masked { $0 > $1 ? 1 : 0 }.matrixTransposed()
    let sum = try gq + q.matrixProduct(mirrored)
    return try r.solve(sum.matrixTransposed()).matrixTransposed()
  }
}

extension Quantity {
  /// Q with orthonormal columns and upper triangular R with `self == Q @ R`, reduced: as many columns of
  /// Q as rows of R as the shorter axis is long.
  public func qr() throws(TensorError) -> (q: Quantity, r: Quantity) {
    try requireMatrix("qr")
    return try QR.unpack(QR.shared(self), shape)
  }
}

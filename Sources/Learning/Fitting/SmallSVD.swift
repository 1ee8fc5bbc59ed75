/// Singular values and right vectors of a small square matrix by one-sided Jacobi rotations (Hestenes, 1958), which
/// finds even the smallest to high relative accuracy.
struct SmallSVD {
  /// The singular values, in no particular order.
  private(set) var values: [Double]
  /// For each singular value its right singular vector.
  private(set) var vectors: [[Double]]

  /// Decomposes the matrix with these columns.
  init(columns: [[Double]]) {
    let n = columns.count
    var a = columns
    vectors = (0..<n).map { column in (0..<n).map { $0 == column ? 1 : 0 } }
    var isRotating = n > 1
    for _ in 0..<60 where isRotating {
      isRotating = false
      for p in 0..<(n - 1) {
        for q in (p + 1)..<n {
          let (alpha, beta, gamma) = (a[p].dot(a[p]), a[q].dot(a[q]), a[p].dot(a[q]))
          guard abs(gamma) > 1e-16 * (alpha * beta).squareRoot(), gamma.isFinite else { continue }
          isRotating = true
          let zeta = (beta - alpha) / (2 * gamma)
          let tangent = (zeta < 0 ? -1 : 1) / (abs(zeta) + (1 + zeta * zeta).squareRoot())
          let cosine = 1 / (1 + tangent * tangent).squareRoot()
          SmallSVD.rotate(&a, p, q, cosine, cosine * tangent)
          SmallSVD.rotate(&vectors, p, q, cosine, cosine * tangent)
        }
      }
    }
    values = a.map { Vectors.norm($0) }
  }

  private static func rotate(_ a: inout [[Double]], _ p: Int, _ q: Int, _ cosine: Double, _ sine: Double) {
    for i in a[p].indices {
      let (x, y) = (a[p][i], a[q][i])
      a[p][i] = cosine * x - sine * y
      a[q][i] = sine * x + cosine * y
    }
  }
}

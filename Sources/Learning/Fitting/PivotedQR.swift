/// A matrix as Q R Pᵀ: Q by Householder reflections, P such that the diagonal of R falls (Businger and Golub, 1965).
struct PivotedQR {
  /// How many rows the matrix has, at least as many as columns.
  let rows: Int
  /// How many columns it has.
  let columns: Int
  /// Which column stands at each place: column `order[j]` of the matrix became number j.
  private(set) var order: [Int]
  /// The diagonal of R.
  private(set) var diagonal: [Double]
  /// Column by column: R above the diagonal, the reflections from it downwards.
  private var packed: [Double]

  /// Factors the matrix whose columns follow one another in `matrix`.
  init(columnMajor matrix: [Double], rows: Int, columns: Int) {
    precondition(matrix.count == rows * columns && rows >= columns, "\(rows) by \(columns)")
    (self.rows, self.columns, packed) = (rows, columns, matrix)
    order = Array(0..<columns)
    diagonal = Array(repeating: 0, count: columns)
    packed.withUnsafeMutableBufferPointer { buffer in
      guard let a = buffer.baseAddress, columns > 0 else { return }
      PivotedQR.factor(a, rows, columns, &order, &diagonal)
    }
  }

  private static func factor(
    _ a: UnsafeMutablePointer<Double>, _ m: Int, _ n: Int, _ order: inout [Int], _ diagonal: inout [Double]
  ) {
    var norms = (0..<n).map { Vectors.norm(a + $0 * m, m) }
    var exact = norms
    for j in 0..<n {
      let best = (j..<n).reduce(j) { norms[$1] > norms[$0] ? $1 : $0 }
      if best != j {
        for i in 0..<m { swap(&a[best * m + i], &a[j * m + i]) }
        order.swapAt(j, best)
        norms[best] = norms[j]
        exact[best] = exact[j]
      }
      let column = a + j * m + j
      let length = m - j
      var norm = Vectors.norm(column, length)
      if norm == 0 { continue }
      if column[0] < 0 { norm = -norm }
      for i in 0..<length { column[i] /= norm }
      column[0] += 1
      for k in (j + 1)..<max(j + 1, n) {
        let other = a + k * m + j
        Vectors.add(-Vectors.dot(column, other, length) / column[0], column, to: other, length)
        guard norms[k] != 0 else { continue }
        // What is left of the column's norm, computed anew when little is.
        let share = other[0] / norms[k]
        norms[k] *= max(0, 1 - share * share).squareRoot()
        let ratio = norms[k] / exact[k]
        if 0.05 * ratio * ratio <= 2.2e-16 {
          norms[k] = Vectors.norm(other + 1, length - 1)
          exact[k] = norms[k]
        }
      }
      diagonal[j] = -norm
    }
  }
}

extension PivotedQR {
  /// The element of R in row i and column j, on or above the diagonal.
  func r(_ i: Int, _ j: Int) -> Double { i == j ? diagonal[j] : packed[j * rows + i] }

  /// Qᵀ times a vector of as many elements as there are rows.
  func transposedTimes(_ vector: [Double]) -> [Double] {
    var result = vector
    packed.withUnsafeBufferPointer { packed in
      result.withUnsafeMutableBufferPointer { result in
        guard let a = packed.baseAddress, let x = result.baseAddress else { return }
        for j in 0..<columns {
          let column = a + j * rows + j
          guard column[0] != 0 else { continue }
          let share = Vectors.dot(column, x + j, rows - j) / column[0]
          Vectors.add(-share, column, to: x + j, rows - j)
        }
      }
    }
    return result
  }

  /// The solution of R x = b, in the order of R's columns; R has no 0 on its diagonal.
  func solveUpper(_ b: [Double]) -> [Double] {
    var x = Array(b.prefix(columns))
    for j in stride(from: columns - 1, through: 0, by: -1) {
      x[j] /= diagonal[j]
      for i in 0..<j { x[i] -= r(i, j) * x[j] }
    }
    return x
  }

  /// The solution of Rᵀ x = b; R has no 0 on its diagonal.
  func solveUpperTransposed(_ b: [Double]) -> [Double] {
    var x = b
    for j in 0..<columns {
      for i in 0..<j { x[j] -= r(i, j) * x[i] }
      x[j] /= diagonal[j]
    }
    return x
  }

  /// Values in the order of R's columns, put back in that of the matrix.
  func unordered(_ values: [Double]) -> [Double] {
    var result = values
    for (place, column) in order.enumerated() { result[column] = values[place] }
    return result
  }
}

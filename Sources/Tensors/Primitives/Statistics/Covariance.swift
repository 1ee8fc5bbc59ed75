extension Quantity {
  /// The covariances of the rows of a matrix (or of two of its vectors), their sums divided by n - ddof.
  ///
  /// Each row holds the observations of one variable; a vector gives its variance.
  public func covariance(with other: Quantity? = nil, ddof: Double = 1) throws(TensorError) -> Quantity {
    var x = try rows("cov")
    if let other { x = try .concat([x, other.rows("cov")], axis: 0) }
    let n = Double(x.shape[1])
    let distances = try x - x.mean(axes: [1], keepdims: true)
    let result = try distances.matrixProduct(distances.transpose()) / .number(Swift.max(0, n - ddof))
    return try result.shape.count == 1 ? result.reshaped(to: []) : result
  }

  /// The correlations of the rows of a matrix (or of two vectors): covariances over standard deviations.
  public func correlation(with other: Quantity? = nil) throws(TensorError) -> Quantity {
    let covariance = try covariance(with: other)
    if covariance.shape.rank == 0 { return try covariance / covariance }
    let deviations = try ElementwiseTable.sqrt(covariance.diag())
    return try covariance / deviations.expandDims(1) / deviations
  }

  private func rows(_ operation: String) throws(TensorError) -> Quantity {
    switch shape.rank {
    case 1: return try expandDims(0)
    case 2: return self
    default: throw .shape(operation: operation, shape, wanted: "a vector or a matrix")
    }
  }
}

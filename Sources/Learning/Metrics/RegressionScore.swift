import Tensors

/// Measures of how near predicted numbers come to what they should be.
///
/// Prediction and target have one shape, of rank 1 or more; where there are several outputs, along later axes, the result
/// is the mean over them, as in scikit-learn. Both can be differentiated.
public enum RegressionScore {
  /// The root of the mean squared error.
  public static func rmse(_ prediction: Quantity, _ target: Quantity) throws(TensorError) -> Quantity {
    let squares = try ElementwiseTable.square(prediction - target).mean(axes: [0])
    return try ElementwiseTable.sqrt(squares).mean()
  }

  /// The coefficient of determination: the share of the target's variance that the prediction explains.
  ///
  /// For a constant target it is 1 when the prediction is exact and 0 otherwise.
  public static func r2(_ prediction: Quantity, _ target: Quantity) throws(TensorError) -> Quantity {
    let left = try ElementwiseTable.square(target - prediction).sum(axes: [0])
    let total = try ElementwiseTable.square(target - target.mean(axes: [0], keepdims: true)).sum(axes: [0])
    let isConstant = try BooleanTable.equal(total, 0)
    let share = try 1 - left / Quantity.where(isConstant, 1, total)
    return try Quantity.where(isConstant, BooleanTable.equal(left, 0).cast(to: target.dtype), share).mean()
  }
}

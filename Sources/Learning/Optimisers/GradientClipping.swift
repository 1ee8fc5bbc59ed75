import Tensors

/// Keeping gradients from growing without bounds.
public enum GradientClipping {
  /// The Euclidean length of all gradients together.
  public static func norm(of gradients: [Quantity]) throws(TensorError) -> Quantity {
    var norms: [Quantity] = []
    for gradient in gradients { norms.append(try gradient.norm()) }
    return norms.count > 1 ? try Quantity.stack(norms).norm() : norms.first ?? 0
  }

  /// What to multiply gradients of length `norm` with so that they are no longer than `limit`.
  ///
  /// A length that is nan gives nan, so that a gradient that went wrong is still seen.
  public static func factor(for norm: Quantity, limit: Quantity) throws(TensorError) -> Quantity {
    guard case .number(let length) = norm.concrete, case .number(let most) = limit.concrete, length <= most
    else { return try limit / norm }
    return 1
  }
}

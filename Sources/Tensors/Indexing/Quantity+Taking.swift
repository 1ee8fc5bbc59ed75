extension Quantity {
  /// The entries of `axis` that `indices` list, of the flattened elements without an axis.
  ///
  /// The axes of `indices` take the place of `axis`.
  public func take(_ indices: Tensor, axis: Int? = nil) throws(TensorError) -> Quantity {
    guard let axis else { return try reshaped(to: [shape.count]).take(indices, axis: 0) }
    let position = try shape.axis(axis)
    let before = Array(repeating: IndexEntry.all, count: position)
    return try IndexRead(Selection(before + [.integers(indices)], of: shape))(self)
  }

  /// One element of every line along `axis`, for every entry of `indices` on that axis.
  ///
  /// What `argsort` and `argmax` along an axis return selects the elements they speak of.
  public func takeAlong(_ indices: Tensor, axis: Int) throws(TensorError) -> Quantity {
    try IndexRead(Selection(along: axis, by: indices, of: shape))(self)
  }

  /// Itself with `values` added to the entries of `axis` that `indices` list; repeated ones accumulate.
  ///
  /// Indices of the target's own rank (if that is above 1) name single elements along the axis instead.
  public func scatterAdd(_ indices: Tensor, _ values: Quantity, axis: Int = 0) throws(TensorError) -> Quantity
  {
    let position = try shape.axis(axis)
    let selection =
      indices.shape.rank == shape.rank && shape.rank > 1
      ? try Selection(along: position, by: indices, of: shape)
      : try Selection(
        Array(repeating: IndexEntry.all, count: position) + [.integers(indices)], of: shape)
    var result = self
    try IndexUpdate(selection, adding: true).apply(to: &result, values)
    return result
  }
}

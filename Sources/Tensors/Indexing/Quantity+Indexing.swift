extension Quantity {
  /// What the entries between the brackets of an index expression select.
  ///
  /// Rows and ranges of rows are views.
  public func indexed(_ entries: [IndexEntry]) throws(TensorError) -> Quantity {
    if entries.count == 1, case .at(let position) = entries[0] { return try element(position) }
    return try IndexRead(Selection(entries, of: shape))(self)
  }

  /// What lies at one position of axis 0: an element of a vector, a row of anything larger.
  ///
  /// Of a plain vector it allocates nothing, and ranges stay unmaterialised.
  public func element(_ position: Int) throws(TensorError) -> Quantity {
    if case .tensor(let tensor) = self, tensor.shape.rank == 1 {
      return .number(tensor[flat: try tensor.shape.position(position, axis: 0)])
    }
    return try IndexRead(Selection(at: position, of: shape))(self)
  }

  /// Itself with the selected elements replaced by `value`, which is broadcast.
  public func assigningIndex(_ entries: [IndexEntry], _ value: Quantity) throws(TensorError) -> Quantity {
    var result = self
    try Quantity.assign(&result, entries, value)
    return result
  }

  /// Replaces the selected elements of `target` by `value`, which is broadcast.
  ///
  /// In place when nobody else can see the target; always as if copied. The dtype of the target stays.
  public static func assign(
    _ target: inout Quantity, _ entries: [IndexEntry], _ value: Quantity
  ) throws(TensorError) {
    try IndexUpdate(Selection(entries, of: target.shape)).apply(to: &target, value)
  }

  /// Replaces what lies at one position of axis 0.
  public static func assign(_ target: inout Quantity, at position: Int, _ value: Quantity) throws(TensorError) {
    try IndexUpdate(Selection(at: position, of: target.shape)).apply(to: &target, value)
  }

  /// Adds `value` as one more entry of axis 0: a number to a vector, a row to a matrix.
  ///
  /// In amortised constant time when nobody else can see the target; always as if copied. An empty
  /// vector takes rows of any shape.
  public static func append(_ target: inout Quantity, _ value: Quantity) throws(TensorError) {
    try Append.shared.apply(to: &target, value)
  }
}

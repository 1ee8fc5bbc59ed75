extension Quantity {
  /// What the entries between the brackets of an index expression select.
  ///
  /// Rows and ranges of rows are views.
  public func indexed(_ entries: [IndexEntry]) throws(TensorError) -> Quantity {
    if let position = try shape.elementPosition(entries) { return try element(flat: position) }
    return try IndexRead(Selection(entries, of: shape))(self)
  }

  /// What lies at one position of axis 0: an element of a vector, a row of anything larger.
  ///
  /// Of a plain vector it allocates nothing, and ranges stay unmaterialised.
  public func element(_ position: Int) throws(TensorError) -> Quantity {
    if let place = try shape.elementPosition(position) { return try element(flat: place) }
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
    if value.isScalar, let position = try target.shape.elementPosition(entries) {
      return try ElementUpdate.apply(to: &target, at: position, value, adding: false)
    }
    try IndexUpdate(Selection(entries, of: target.shape)).apply(to: &target, value)
  }

  /// Replaces what lies at one position of axis 0.
  public static func assign(_ target: inout Quantity, at position: Int, _ value: Quantity) throws(TensorError)
  {
    if value.isScalar, let place = try target.shape.elementPosition(position) {
      return try ElementUpdate.apply(to: &target, at: place, value, adding: false)
    }
    try IndexUpdate(Selection(at: position, of: target.shape)).apply(to: &target, value)
  }

  /// Adds `value` as one more entry of axis 0: a number to a vector, a row to a matrix.
  ///
  /// In amortised constant time when nobody else can see the target; always as if copied. An empty
  /// vector takes rows of any shape.
  public static func append(_ target: inout Quantity, _ value: Quantity) throws(TensorError) {
    try Append.shared.apply(to: &target, value)
  }

  /// Whether it is a number under all its wrappers.
  private var isScalar: Bool {
    switch self {
    case .number: true
    case .tensor: false
    case .traced(let traced): traced.primal.isScalar
    }
  }
}

extension Shape {
  /// The row-major position of an element of a vector; nil where the index selects more.
  fileprivate func elementPosition(_ index: Int) throws(TensorError) -> Int? {
    rank == 1 ? try position(index, axis: 0) : nil
  }

  /// The row-major position of the element that single positions on every axis select; nil where the
  /// entries select more.
  fileprivate func elementPosition(_ entries: [IndexEntry]) throws(TensorError) -> Int? {
    guard entries.count == rank, rank > 0 else { return nil }
    var result = 0
    for axis in 0..<rank {
      guard case .at(let index) = entries[axis] else { return nil }
      result = result * self[axis] + (try position(index, axis: axis))
    }
    return result
  }
}

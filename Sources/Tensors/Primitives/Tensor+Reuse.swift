extension Quantity {
  /// The tensor to write a result of this form into: its own when it fits and nobody else can see it.
  mutating func target(_ shape: Shape, _ dtype: DType) throws(TensorError) -> Tensor {
    if let own = reusable(shape, dtype) { return own }
    return try Tensor(uninitialized: shape, dtype)
  }

  /// Its tensor when that has this form and nobody else can see it.
  mutating func reusable(_ shape: Shape, _ dtype: DType) -> Tensor? {
    guard case .tensor(let tensor) = self, tensor.dtype == dtype, tensor.shape == shape else { return nil }
    return reusable()
  }

  /// Its tensor when nobody else can see it.
  mutating func reusable() -> Tensor? {
    guard case .tensor(var tensor) = self else { return nil }
    // Only one reference may be left for the question to make sense.
    self = .number(0)
    let isOwn = isKnownUniquelyReferenced(&tensor) && tensor.ownsMemory
    self = .tensor(tensor)
    guard isOwn else { return nil }
    tensor.willWrite()
    return tensor
  }

  /// Whether it is a plain number.
  var isNumber: Bool {
    if case .number = self { true } else { false }
  }
}

import Tensors

/// What a cell can change besides names, so that a failed cell can be undone.
struct SessionState {
  /// The stream random numbers are drawn from.
  var random = RandomStream(key: 0)
  /// The dtype of literals, ranges and created tensors.
  var precision = DType.f64
}

import Plotting
import Tensors

/// A tensor's elements, or one of its columns, as numbers to be drawn.
struct TensorSamples: Samples {
  private let tensor: Tensor
  private let start: Int
  private let step: Int
  let count: Int

  /// All elements in row-major order.
  init(_ tensor: Tensor) {
    self.tensor = tensor
    start = 0
    step = 1
    count = tensor.count
  }

  /// A column of a tensor of rank 2.
  init(_ tensor: Tensor, column: Int) {
    let columns = tensor.shape[1]
    self.tensor = tensor
    start = column
    step = columns
    count = columns > 0 ? tensor.count / columns : 0
  }

  /// The tensor when all of its elements are drawn; nil for a part of it.
  var whole: Tensor? { count == tensor.count ? tensor : nil }

  func read(_ range: Range<Int>, _ body: (Span<Double>) -> Void) {
    tensor.read(from: start + range.lowerBound * step, step: step, count: range.count, body)
  }
}

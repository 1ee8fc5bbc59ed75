import Tensors

/// Which rows of the data make up the batches of an epoch.
public struct BatchPlan: Sendable {
  /// Rows of the data.
  public let count: Int
  /// Rows of a batch; the last one of an epoch may be smaller.
  public let size: Int
  /// Whether every epoch sees the rows in another order.
  public let shuffles: Bool

  /// Batches of `size` out of `count` rows; nil for all rows at once.
  public init(count: Int, size: Int?, shuffles: Bool) {
    self.count = count
    self.size = max(1, min(size ?? count, count))
    // The order of the rows of a single batch does not matter.
    self.shuffles = shuffles && self.size < count
  }
}

extension BatchPlan {
  /// The rows of one batch.
  public enum Rows {
    /// All of them, in their order.
    case all
    /// Neighbouring rows.
    case range(Range<Int>)
    /// The rows at these positions, a vector of whole numbers.
    case positions(Tensor)
  }

  /// How many batches an epoch has.
  public var batchCount: Int { (count + size - 1) / size }

  /// The batches of one epoch; shuffling draws one permutation from `stream`.
  ///
  /// Throws ``TensorError`` when there is no memory for the order.
  public func epoch(using stream: inout RandomStream) throws(TensorError) -> [Rows] {
    guard size < count else { return [.all] }
    let bounds = (0..<batchCount).map { $0 * size..<min(count, ($0 + 1) * size) }
    guard shuffles else { return bounds.map { .range($0) } }
    let order = try stream.permutation(count)
    var batches: [Rows] = []
    for bound in bounds {
      if case .tensor(let positions) = try order.rows(bound) { batches.append(.positions(positions)) }
    }
    return batches
  }
}

extension Quantity {
  /// The rows of a batch.
  ///
  /// Throws ``TensorError``.
  public func rows(_ rows: BatchPlan.Rows) throws(TensorError) -> Quantity {
    switch rows {
    case .all: self
    case .range(let range): try self.rows(range)
    case .positions(let positions): try take(positions, axis: 0)
    }
  }
}

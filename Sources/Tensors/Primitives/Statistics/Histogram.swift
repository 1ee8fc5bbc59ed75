extension Quantity {
  /// How many elements fall into each of `bins` equal bins between `range`, and the edges of the bins.
  ///
  /// Without a range it is that of the data. The last bin includes its upper edge; elements outside and nan
  /// are not counted.
  public func histogram(
    bins: Int = 10, range: (low: Double, high: Double)? = nil
  ) throws(TensorError) -> (counts: Quantity, edges: Quantity) {
    guard bins > 0 else { throw .argument(operation: "histogram", "the number of bins must be at least 1") }
    let elements = try tensor().doubles()
    let finite = elements.filter(\.isFinite)
    var (low, high) = range ?? (finite.min() ?? 0, finite.max() ?? 1)
    guard low.isFinite, high.isFinite, low <= high else {
      throw .argument(operation: "histogram", "the range must be finite and ascend")
    }
    if low == high { (low, high) = (low - 0.5, high + 0.5) }
    let edges = try Quantity.linspace(low, high, bins + 1).tensor().doubles()
    return try (elements.counted(within: edges), .tensor(Tensor(edges)))
  }

  /// How often each of the integers 0, 1, … occurs.
  public func bincount(minimumLength: Int = 0) throws(TensorError) -> Quantity {
    let elements = try tensor().doubles()
    var length = Double(Swift.max(0, minimumLength))
    for element in elements {
      guard element == element.rounded() else { throw .fraction(element) }
      guard element >= 0 else { throw .argument(operation: "bincount", "the elements must not be negative") }
      length = Swift.max(length, element + 1)
    }
    guard length < 0x1p48 else { throw .allocation(bytes: Int.max, limit: Storage.limit) }
    let counts = try Tensor.filled(0, Shape(checking: [Int(length)]))
    try counts.withPointer { (pointer) throws(TensorError) in
      for element in elements { pointer.f64[Int(element)] += 1 }
    }
    return .tensor(counts)
  }
}

extension [Double] {
  /// How many lie between neighbouring edges, the last bin with its upper edge.
  fileprivate func counted(within edges: [Double]) throws(TensorError) -> Quantity {
    var counts = [Double](repeating: 0, count: edges.count - 1)
    for element in self where element >= edges[0] && element <= edges[edges.count - 1] {
      var (low, high) = (0, edges.count - 1)
      while high - low > 1 {
        let middle = (low + high) / 2
        if element >= edges[middle] { low = middle } else { high = middle }
      }
      counts[low] += 1
    }
    return .tensor(try Tensor(counts))
  }
}

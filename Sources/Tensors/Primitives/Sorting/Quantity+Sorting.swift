extension Quantity {
  /// The elements in ascending order along `axis`, equal ones in their order, nan last.
  public func sort(axis: Int = -1, descending: Bool = false) throws(TensorError) -> Quantity {
    if shape.rank == 0 { return self }
    let axis = try shape.axis(axis)
    let picks = try tensor().sortedPositions(along: axis, descending: descending, count: shape[axis]).picks
    return try picked(by: picks)
  }

  /// The positions along `axis` that would sort it: stable, nan last.
  public func argsort(axis: Int = -1, descending: Bool = false) throws(TensorError) -> Quantity {
    let axis = try shape.axis(axis)
    return .tensor(
      try tensor().sortedPositions(along: axis, descending: descending, count: shape[axis]).along)
  }

  /// The `k` largest elements along `axis`, largest first, and their positions.
  public func topk(
    _ k: Int, axis: Int = -1, smallest: Bool = false
  ) throws(TensorError) -> (values: Quantity, positions: Quantity) {
    let axis = try shape.axis(axis)
    guard k >= 0, k <= shape[axis] else {
      throw .argument(operation: "topk", "k must be between 0 and the length \(shape[axis]) of the axis")
    }
    let (picks, along) = try tensor().sortedPositions(along: axis, descending: !smallest, count: k)
    return (try picked(by: picks), .tensor(along))
  }

  /// The different elements in ascending order, where each first occurs, which of them each element is, and
  /// how often they occur; nans count as one.
  public func unique() throws(TensorError) -> (
    values: Quantity, positions: Quantity, inverse: Quantity, counts: Quantity
  ) {
    let source = try tensor()
    let n = source.count
    let elements = try source.doubles()
    var (firsts, counts): ([Double], [Double]) = ([], [])
    let inverse = try Tensor(uninitialized: [n], .f64)
    try inverse.withPointer { (pointer) throws(TensorError) in
      try source.forEachSortedRow(Passes(outer: n == 0 ? 0 : 1, n: n, inner: 1)) {
        (_, _, _, order) throws(TensorError) in
        var previous = Double.nan
        for position in order {
          let element = elements[position]
          if firsts.isEmpty || element != previous && !(element.isNaN && previous.isNaN) {
            firsts.append(Double(position))
            counts.append(0)
          }
          previous = element
          counts[counts.count - 1] += 1
          pointer.f64[position] = Double(counts.count - 1)
        }
      }
    }
    let picks = Picks(ContiguousArray(firsts.map { Int64($0) }), shape: [firsts.count])
    return (
      try picked(by: picks), .tensor(try Tensor(firsts)), try Quantity.tensor(inverse).reshaped(to: shape),
      .tensor(try Tensor(counts))
    )
  }
}

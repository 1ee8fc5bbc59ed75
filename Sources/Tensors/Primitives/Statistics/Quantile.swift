extension Quantity {
  /// The value below which the share `q` of the elements over `axes` lies, between neighbours linearly.
  ///
  /// nan when one of them is.
  public func quantile(_ q: Double, axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError)
    -> Quantity
  {
    try quantiles([q], axes: axes, keepdims: keepdims)[0]
  }

  /// The values at several shares, with one sorting.
  public func quantiles(
    _ shares: [Double], axes: [Int]? = nil, keepdims: Bool = false
  ) throws(TensorError) -> [Quantity] {
    guard shares.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
      throw .argument(operation: "quantile", "the share must be between 0 and 1")
    }
    let axes = try ReducedAxes(axes, of: shape, keepdims: keepdims)
    guard axes.count > 0 else { throw .empty(operation: "quantile") }
    let rows = try reducedAxesLast(axes)
    let (count, n) = (rows.shape[0], axes.count)
    var lower = [ContiguousArray<Int64>](repeating: [], count: shares.count)
    var upper = lower
    try rows.tensor().forEachSortedRow(Passes(outer: count, n: n, inner: 1)) {
      (_, start, _, order) throws(TensorError) in
      let last = order[n - 1]
      let isUndefined = try rows.element(start + last).isNaN
      for (index, share) in shares.enumerated() {
        let place = Double(n - 1) * share
        let below = Swift.min(Int(place), n - 1)
        let above = place > Double(below) ? below + 1 : below
        lower[index].append(Int64(start + (isUndefined ? last : order[below])))
        upper[index].append(Int64(start + (isUndefined ? last : order[above])))
      }
    }
    var result: [Quantity] = []
    for (index, share) in shares.enumerated() {
      let place = Double(n - 1) * share
      let part = place - place.rounded(.down)
      let low = try rows.picked(by: Picks(lower[index], shape: [count]))
      if part == 0 {
        result.append(try low.reshaped(to: axes.result))
        continue
      }
      let high = try rows.picked(by: Picks(upper[index], shape: [count]))
      let value = try low * .number(1 - part) + high * .number(part)
      result.append(try value.reshaped(to: axes.result))
    }
    return result
  }

  /// The middle value over `axes`, the mean of the two middle ones of an even number.
  public func median(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Quantity {
    guard try ReducedAxes(axes, of: shape).count > 0 else { throw .empty(operation: "median") }
    return try quantile(0.5, axes: axes, keepdims: keepdims)
  }

  /// A matrix with the elements that `axes` reduces together as its rows.
  func reducedAxesLast(_ axes: ReducedAxes) throws(TensorError) -> Quantity {
    let order = (0..<shape.rank).filter { !axes.contains($0) } + (0..<shape.rank).filter(axes.contains)
    let n = axes.count
    return try permute(order).reshaped(to: [n == 0 ? 0 : shape.count / n, n])
  }

  /// One element by its row-major position.
  func element(_ position: Int) throws(TensorError) -> Double {
    switch concrete {
    case .number(let number): number
    case .tensor(let tensor): tensor[flat: position]
    case .traced: preconditionFailure("a concrete quantity is not traced")
    }
  }
}

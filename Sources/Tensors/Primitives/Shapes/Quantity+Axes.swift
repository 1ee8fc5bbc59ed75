extension Quantity {
  /// Without the axes named, which have length 1; without all such axes for nil.
  public func squeeze(axes: [Int]? = nil) throws(TensorError) -> Quantity {
    let named = try ReducedAxes(axes, of: shape)
    var result = Shape()
    for axis in 0..<shape.rank {
      guard named.contains(axis) else {
        result.append(shape[axis])
        continue
      }
      if shape[axis] == 1 { continue }
      guard axes == nil else { throw .shape(operation: "squeeze", shape, wanted: "length 1 on axis \(axis)") }
      result.append(shape[axis])
    }
    return try reshaped(to: result)
  }

  /// With a new axis of length 1 at a position of the result.
  public func expandDims(_ axis: Int) throws(TensorError) -> Quantity {
    guard shape.rank < Shape.maximumRank else { throw .rank(shape.rank + 1) }
    let position = axis < 0 ? axis + shape.rank + 1 : axis
    guard position >= 0, position <= shape.rank else { throw .axis(axis, shape) }
    return try reshaped(to: shape.inserting(1, at: position))
  }

  /// The axes from `axis` on as one.
  public func flatten(from axis: Int = 1) throws(TensorError) -> Quantity {
    let start = axis < 0 ? axis + shape.rank : axis
    guard start >= 0 else { throw .axis(axis, shape) }
    if start >= shape.rank { return self }
    let lengths = Array(shape.array[..<start]) + [shape.count(of: start..<shape.rank)]
    return try reshaped(to: Shape(unchecked: lengths))
  }

  /// Each element `count` times in a row along `axis`, over all elements for nil.
  public func repeatEach(_ count: Int, axis: Int? = nil) throws(TensorError) -> Quantity {
    guard count >= 0 else { throw .argument(operation: "repeat_each", "the count must not be negative") }
    let (x, position) = try alongAxis(axis)
    return try x.repeated(count, axis: position, after: true)
  }

  /// The whole repeated along each axis; counts align at the last axis.
  public func tile(_ counts: [Int]) throws(TensorError) -> Quantity {
    guard counts.allSatisfy({ $0 >= 0 }) else {
      throw .argument(operation: "tile", "the counts must not be negative")
    }
    var result = self
    while result.shape.rank < counts.count { result = try result.expandDims(0) }
    let missing = result.shape.rank - counts.count
    for (axis, count) in counts.enumerated() {
      result = try result.repeated(count, axis: axis + missing, after: false)
    }
    return result
  }

  private func repeated(_ count: Int, axis: Int, after: Bool) throws(TensorError) -> Quantity {
    if count == 1 { return self }
    let expanded = try expandDims(after ? axis + 1 : axis)
    var shape = expanded.shape
    shape[after ? axis + 1 : axis] = count
    var joined = self.shape
    let (length, overflow) = joined[axis].multipliedReportingOverflow(by: count)
    guard !overflow else { throw .allocation(bytes: Int.max, limit: Storage.limit) }
    joined[axis] = length
    _ = try Shape(checking: joined.array)
    return try expanded.broadcast(to: shape).reshaped(to: joined)
  }

  /// The coordinates of a grid: one quantity per vector, each of the shape of all their lengths.
  ///
  /// The first vector runs along axis 0 (`ij` indexing), or along axis 1 with `isCartesian`.
  public static func meshgrid(_ vectors: [Quantity], isCartesian: Bool = false) throws(TensorError)
    -> [Quantity]
  {
    var lengths = vectors.map(\.shape.count)
    if isCartesian, lengths.count > 1 { lengths.swapAt(0, 1) }
    let shape = try Shape(checking: lengths)
    var result: [Quantity] = []
    for (position, vector) in vectors.enumerated() {
      let axis = isCartesian && position < 2 && vectors.count > 1 ? 1 - position : position
      var own = Shape(unchecked: Array(repeating: 1, count: vectors.count))
      own[axis] = vector.shape.count
      result.append(try vector.reshaped(to: own).broadcast(to: shape))
    }
    return result
  }
}

/// Which axes a reduction runs over, and what stays.
struct ReducedAxes: Sendable {
  /// The shape of the operand.
  private(set) var shape: Shape
  /// Whether the reduced axes stay with length 1.
  let keepdims: Bool
  // A bit for each reduced axis: a reduction allocates nothing to say what it does.
  private var mask: UInt8 = 0

  /// The axes named by `axes`, all of them for nil; negative ones count from the end.
  init(_ axes: [Int]?, of shape: Shape, keepdims: Bool = false) throws(TensorError) {
    self.shape = shape
    self.keepdims = keepdims
    guard let axes else {
      mask = UInt8(truncatingIfNeeded: (1 << shape.rank) - 1)
      return
    }
    for axis in axes {
      let bit: UInt8 = 1 << (try shape.axis(axis))
      guard mask & bit == 0 else { throw .repeatedAxis(axis) }
      mask |= bit
    }
  }
}

extension ReducedAxes {
  /// Whether an axis is reduced.
  func contains(_ axis: Int) -> Bool { mask >> axis & 1 != 0 }

  /// How many elements become one.
  var count: Int {
    var product = 1
    for axis in 0..<shape.rank where contains(axis) { product *= shape[axis] }
    return product
  }

  /// The operand's shape with every reduced axis of length 1.
  var kept: Shape {
    var result = shape
    for axis in 0..<shape.rank where contains(axis) { result[axis] = 1 }
    return result
  }

  /// The shape of the result.
  var result: Shape {
    if keepdims { return kept }
    var result = Shape()
    for axis in 0..<shape.rank where !contains(axis) { result.append(shape[axis]) }
    return result
  }

  /// The last group of neighbouring reduced axes, of which those of length 1 do not count.
  ///
  /// Nil when there is nothing left to reduce; `isOnly` says that no other group exists.
  var lastGroup: (range: Range<Int>, isOnly: Bool)? {
    var upper: Int?
    var lower = 0
    for axis in stride(from: shape.rank - 1, through: 0, by: -1) where shape[axis] != 1 {
      if contains(axis) {
        if upper == nil { upper = axis + 1 }
        lower = axis
      } else if let upper {
        let isOnly = !(0..<axis).contains { contains($0) && shape[$0] != 1 }
        return (lower..<upper, isOnly)
      }
    }
    guard let upper else { return nil }
    return (lower..<upper, true)
  }

  /// The operand read as [outer, n, inner] with the axis to reduce in the middle.
  func passes(over range: Range<Int>) -> Passes {
    Passes(
      outer: shape.count(of: 0..<range.lowerBound), n: shape.count(of: range),
      inner: shape.count(of: range.upperBound..<shape.rank))
  }

  /// Notes that a range of axes is reduced by now.
  mutating func finish(_ range: Range<Int>) {
    for axis in range { shape[axis] = 1 }
  }
}

/// Row-major elements read as [outer, n, inner], with the axis to work along in the middle.
struct Passes {
  let outer: Int
  let n: Int
  let inner: Int

  init(outer: Int, n: Int, inner: Int) {
    self.outer = outer
    self.n = n
    self.inner = inner
  }

  /// Along one axis of a shape.
  init(along axis: Int, of shape: Shape) {
    outer = shape.count(of: 0..<axis)
    n = shape[axis]
    inner = shape.count(of: (axis + 1)..<shape.rank)
  }
}

extension Tensor {
  /// Its elements arranged so that those which `axes` reduces together lie along one axis.
  ///
  /// Shares memory when they do already.
  func arranged(for axes: ReducedAxes) throws(TensorError) -> (tensor: Tensor, passes: Passes) {
    guard let group = axes.lastGroup else {
      return (self, Passes(outer: count, n: axes.count, inner: 1))
    }
    if group.isOnly { return (self, axes.passes(over: group.range)) }
    let kept = (0..<shape.rank).filter { !axes.contains($0) }
    let reduced = (0..<shape.rank).filter { axes.contains($0) }
    let n = axes.count
    return (try permuted(kept + reduced), Passes(outer: n == 0 ? 0 : count / n, n: n, inner: 1))
  }

  /// A copy with the axes in another order.
  func permuted(_ order: [Int]) throws(TensorError) -> Tensor {
    let strides = shape.strides
    return try gathered(shape: Shape(unchecked: order.map { shape[$0] }), strides: order.map { strides[$0] })
  }
}

/// The elements of a tensor that an index expression names, worked out once: what reading, writing
/// and their derivatives share.
struct Selection {
  /// The shape that is indexed.
  let source: Shape
  /// The shape of what is selected.
  let shape: Shape
  /// Where the elements are.
  let layout: Layout

  enum Layout {
    /// One element at a row-major position.
    case element(Int)
    /// Neighbouring elements from a position on.
    case run(Int)
    /// From a position on, with a step in elements for every axis of the selected shape.
    case strided(Int, [Int])
    /// Rows of `inner` neighbours; position k stands for the elements from `k * inner` on.
    case listed(Positions, inner: Int)
  }
}

extension Selection {
  /// The elements under a single position on axis 0.
  init(at position: Int, of source: Shape) throws(TensorError) {
    guard source.rank > 0 else { throw .tooManyIndices(1, source) }
    let place = try source.position(position, axis: 0)
    self.source = source
    guard source.rank > 1 else {
      shape = Shape()
      layout = .element(place)
      return
    }
    shape = source.removing(0)
    layout = .run(place * shape.count)
  }

  /// The first entries of axis 0; the caller knows that there are so many.
  init(first count: Int, of source: Shape) {
    self.source = source
    var shape = source
    shape[0] = count
    self.shape = shape
    layout = .run(0)
  }

  /// One element of every line along `axis`, by an index of the rank of `source` that broadcasts
  /// along the other axes.
  init(along axis: Int, by index: Tensor, of source: Shape) throws(TensorError) {
    let axis = try source.axis(axis)
    guard index.shape.rank == source.rank else {
      throw .shapes(operation: "take_along", source, index.shape, wanted: "equal ranks")
    }
    var shape = source
    shape[axis] = index.shape[axis]
    guard index.shape.broadcasts(to: shape) else {
      throw .shapes(
        operation: "take_along", source, index.shape, wanted: "equal lengths outside axis \(axis)")
    }
    let listed = try index.integers(of: source, axis: axis)
    let indexSteps = index.shape.steps(whenSpreadTo: shape)
    var sourceSteps = source.strides
    let alongAxis = sourceSteps[axis]
    sourceSteps[axis] = 0
    let lengths = shape.array
    self.source = source
    self.shape = shape
    let positions = try Positions(count: shape.count) { pointer in
      var k = 0
      forEachOffset(lengths, indexSteps, sourceSteps) { place, base in
        pointer[k] = Int64(base + listed[place] * alongAxis)
        k += 1
      }
    }
    layout = .listed(positions, inner: 1)
  }

  /// The selected places whose write is undone by a later one to the same element.
  func overwritten() throws(TensorError) -> Selection? {
    guard case .listed(let positions, let inner) = layout else { return nil }
    let losers = positions.repeatedLater()
    guard !losers.isEmpty else { return nil }
    return Selection(
      source: shape, shape: [losers.count, inner], layout: .listed(try Positions(losers), inner: inner))
  }
}

/// Walks an index space in row-major order with two running offsets.
func forEachOffset(_ lengths: [Int], _ first: [Int], _ second: [Int], _ body: (Int, Int) -> Void) {
  guard !lengths.contains(0) else { return }
  var place = Array(repeating: 0, count: lengths.count)
  var (a, b) = (0, 0)
  while true {
    body(a, b)
    var axis = lengths.count - 1
    while axis >= 0 {
      place[axis] += 1
      a += first[axis]
      b += second[axis]
      if place[axis] < lengths[axis] { break }
      a -= first[axis] * lengths[axis]
      b -= second[axis] * lengths[axis]
      place[axis] = 0
      axis -= 1
    }
    if axis < 0 { return }
  }
}

extension Shape {
  /// The position that `index` names on an axis when negative ones count from the end.
  func position(_ index: Int, axis: Int) throws(TensorError) -> Int {
    let length = self[axis]
    let position = index < 0 ? index &+ length : index
    guard position >= 0, position < length else { throw .index(index, axis: axis, length: length) }
    return position
  }

  /// Whether a tensor of this shape can be read as one of shape `other` by repeating axes of length 1.
  ///
  /// As in NumPy's assignment, surplus leading axes of length 1 do not matter.
  func broadcasts(to other: Shape) -> Bool {
    for back in 1...Swift.max(1, rank) where back <= rank {
      let length = self[rank - back]
      let wanted = back <= other.rank ? other[other.rank - back] : 1
      guard length == wanted || length == 1 else { return false }
    }
    return true
  }

  /// Elements between neighbours along the axes of `other`, 0 where this shape repeats.
  func steps(whenSpreadTo other: Shape) -> [Int] {
    let own = strides
    var result = Array(repeating: 0, count: other.rank)
    for back in 1...Swift.max(1, rank) where back <= rank && back <= other.rank {
      if self[rank - back] != 1 { result[other.rank - back] = own[rank - back] }
    }
    return result
  }
}

extension Tensor {
  /// The elements as positions on an axis of `shape`, checked to be integers inside it.
  func integers(of shape: Shape, axis: Int) throws(TensorError) -> [Int] {
    let elements = try doubles()
    let length = shape[axis]
    var result: [Int] = []
    result.reserveCapacity(elements.count)
    for element in elements {
      guard let index = Int(exactly: element) else { throw .fraction(element) }
      let position = index < 0 ? index + length : index
      guard position >= 0, position < length else { throw .index(index, axis: axis, length: length) }
      result.append(position)
    }
    return result
  }
}

extension Selection {
  /// What `entries` select from a tensor of shape `source`, by NumPy's rules.
  ///
  /// Slices clamp; positions outside an axis are errors. Several index tensors broadcast together
  /// and pick pointwise; the axes they make stand where the first of them stood when all are
  /// neighbours, in front otherwise.
  init(_ entries: [IndexEntry], of source: Shape) throws(TensorError) {
    if entries.count == 1, case .at(let position) = entries[0] {
      try self.init(at: position, of: source)
      return
    }
    var resolver = IndexResolver(source)
    try resolver.resolve(entries)
    try self.init(resolver)
  }

  private init(_ resolver: IndexResolver) throws(TensorError) {
    if resolver.lists.isEmpty {
      try self.init(basic: resolver)
    } else {
      try self.init(listed: resolver)
    }
  }

  /// Axes with a step each, no lists.
  private init(basic resolver: IndexResolver) throws(TensorError) {
    source = resolver.source
    shape = try Shape(checking: resolver.axes.map(\.length))
    let steps = resolver.axes.map(\.step)
    if shape.rank == 0 {
      layout = .element(resolver.from)
    } else if shape.count == 0 {
      layout = .run(0)
    } else if isRowMajor(shape, steps) {
      layout = .run(resolver.from)
    } else {
      layout = .strided(resolver.from, steps)
    }
  }

  /// Lists of positions, spread over the remaining axes.
  private init(listed resolver: IndexResolver) throws(TensorError) {
    var common = resolver.lists[0].shape
    for list in resolver.lists.dropFirst() { common = try common.broadcast(with: list.shape) }
    let place = resolver.listsAreNeighbours ? resolver.firstList : 0
    let before = resolver.axes[..<place]
    var after = resolver.axes[place...]
    let shape = try Shape(checking: before.map(\.length) + common.array + after.map(\.length))

    // Whole axes at the end are copied as rows.
    var inner = 1
    while let last = after.last, last.isWhole, last.step == inner, last.length > 0 {
      inner *= last.length
      after.removeLast()
    }

    var spread = Array(repeating: resolver.from, count: common.count)
    for list in resolver.lists {
      let steps = list.shape.steps(whenSpreadTo: common)
      var k = 0
      forEachOffset(common.array, steps, Array(repeating: 0, count: common.rank)) { element, _ in
        spread[k] += list.offsets[element]
        k += 1
      }
    }
    let outerOffsets = offsets(before)
    let innerOffsets = offsets(after)
    self.source = resolver.source
    self.shape = shape
    let count = outerOffsets.count * spread.count * innerOffsets.count
    let positions = try Positions(count: count) { pointer in
      var k = 0
      for outer in outerOffsets {
        for middle in spread {
          for last in innerOffsets {
            pointer[k] = Int64((outer + middle + last) / inner)
            k += 1
          }
        }
      }
    }
    layout = .listed(positions, inner: inner)
  }
}

/// Whether elements with these steps are neighbours in row-major order.
private func isRowMajor(_ shape: Shape, _ steps: [Int]) -> Bool {
  var expected = 1
  for axis in stride(from: shape.rank - 1, through: 0, by: -1) where shape[axis] != 1 {
    guard steps[axis] == expected else { return false }
    expected *= shape[axis]
  }
  return true
}

/// Every offset that some axes reach, in row-major order.
private func offsets(_ axes: ArraySlice<IndexResolver.Axis>) -> [Int] {
  axes.reduce([0]) { offsets, axis in
    offsets.flatMap { base in (0..<axis.length).map { base + $0 * axis.step } }
  }
}

/// Reads the entries of an index expression from left to right.
struct IndexResolver {
  /// An axis of the result that is no list.
  struct Axis {
    var length: Int
    var step: Int
    /// Whether it is an axis of the source from end to end.
    var isWhole = false
  }

  /// Positions listed for one or more axes, as offsets in elements.
  struct List {
    var shape: Shape
    var offsets: [Int]
  }

  let source: Shape
  private let strides: [Int]
  /// Offset of the first element that slices and single positions leave.
  private(set) var from = 0
  private(set) var axes: [Axis] = []
  private(set) var lists: [List] = []
  /// How many axes of the result come before the first list.
  private(set) var firstList = 0
  private(set) var listsAreNeighbours = true

  private var axis = 0
  private var listCameBefore = false
  private var gapCameAfter = false

  init(_ source: Shape) {
    self.source = source
    strides = source.strides
  }
}

extension IndexResolver {
  mutating func resolve(_ entries: [IndexEntry]) throws(TensorError) {
    let entries = entries.map(\.preferringMask)
    let consumed = entries.reduce(0) { $0 + $1.consumedAxes }
    guard consumed <= source.rank else { throw .tooManyIndices(consumed, source) }
    guard entries.count(where: \.isEllipsis) <= 1 else {
      throw .argument(operation: "index", "only one ... may stand in an index")
    }
    let listed = entries.count(where: \.isListed)
    // A range as the only list is a slice: nothing has to be listed.
    let rangeIsSlice =
      listed == 1 && !entries.contains { if case .at = $0 { true } else { false } }
    for entry in entries {
      switch entry {
      case .at(let position):
        from += try source.position(position, axis: axis) * strides[axis]
        axis += 1
        if listed > 0 { noteList() }
      case .slice(let start, let stop, let step): try slice(start, stop, step)
      case .newAxis: keep(Axis(length: 1, step: 0))
      case .ellipsis:
        noteGap()
        wholeAxes(source.rank - consumed)
      case .mask(let mask): try list(whereTrue: mask)
      case .integers(let integers):
        guard rangeIsSlice, try sliceAlong(integers) else {
          try list(integers)
          continue
        }
      }
    }
    wholeAxes(source.rank - axis)
  }

  private mutating func keep(_ kept: Axis) {
    noteGap()
    axes.append(kept)
  }

  private mutating func wholeAxes(_ count: Int) {
    for _ in 0..<max(0, count) {
      keep(Axis(length: source[axis], step: strides[axis], isWhole: true))
      axis += 1
    }
  }

  private mutating func slice(_ start: Int?, _ stop: Int?, _ step: Int) throws(TensorError) {
    guard step != 0 else { throw .argument(operation: "index", "the step of a slice must not be 0") }
    let length = source[axis]
    let range = clampedSlice(start, stop, step, length: length)
    keep(Axis(length: range.count, step: strides[axis] &* step, isWhole: step == 1 && range.count == length))
    if range.count > 0 { from += range.start * strides[axis] }
    axis += 1
  }

  /// Turns a range that was never materialised into a slice; false when it is none.
  private mutating func sliceAlong(_ integers: Tensor) throws(TensorError) -> Bool {
    guard let start = integers.sequenceStart, integers.count > 0, let first = Int(exactly: start),
      first >= 0, first < source[axis], integers.dtype == .f64
    else { return false }
    let last = first + integers.count - 1
    guard last < source[axis] else { throw .index(source[axis], axis: axis, length: source[axis]) }
    try slice(first, last + 1, 1)
    return true
  }

  private mutating func list(_ integers: Tensor) throws(TensorError) {
    let step = strides[axis]
    let positions = try integers.integers(of: source, axis: axis)
    lists.append(List(shape: integers.shape, offsets: positions.map { $0 * step }))
    axis += 1
    noteList()
  }

  private mutating func list(whereTrue mask: Tensor) throws(TensorError) {
    let rank = mask.shape.rank
    let masked = Shape(unchecked: source.array[axis..<axis + rank])
    guard mask.dtype == .bool, rank > 0, mask.shape == masked else { throw .mask(mask.shape, masked) }
    // The masked axes are neighbours, so one step serves all of them.
    let step = strides[axis + rank - 1]
    let count = mask.count
    let offsets = try mask.withPointer { (pointer) throws(TensorError) -> [Int] in
      let flags = pointer.assumingMemoryBound(to: UInt8.self)
      return (0..<count).filter { flags[$0] != 0 }.map { $0 * step }
    }
    lists.append(List(shape: [offsets.count], offsets: offsets))
    axis += rank
    noteList()
  }

  private mutating func noteList() {
    if !listCameBefore {
      firstList = axes.count
      listCameBefore = true
    } else if gapCameAfter {
      listsAreNeighbours = false
    }
  }

  private mutating func noteGap() {
    if listCameBefore { gapCameAfter = true }
  }
}

extension IndexEntry {
  /// Truth values given as an index are a mask.
  fileprivate var preferringMask: IndexEntry {
    if case .integers(let tensor) = self, tensor.dtype == .bool { .mask(tensor) } else { self }
  }
}

/// The positions of a slice, as Python clamps them.
func clampedSlice(_ start: Int?, _ stop: Int?, _ step: Int, length: Int) -> (start: Int, count: Int) {
  let lowest = step > 0 ? 0 : -1
  let highest = step > 0 ? length : length - 1
  func clamp(_ bound: Int) -> Int { min(max(bound < 0 ? bound + length : bound, lowest), highest) }
  let first = start.map(clamp) ?? (step > 0 ? lowest : highest)
  let end = stop.map(clamp) ?? (step > 0 ? highest : lowest)
  let distance = step > 0 ? end - first : first - end
  // step.magnitude, as -Int.min does not exist.
  let count = distance > 0 ? Int((UInt(distance) - 1) / step.magnitude) + 1 : 0
  return (first, count)
}

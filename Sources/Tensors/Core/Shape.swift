/// The lengths of a tensor's axes, outermost first.
///
/// Stored in line, so that making a tensor allocates nothing for it; a tensor has at most
/// ``maximumRank`` axes.
public struct Shape: Sendable {
  /// The largest number of axes a tensor can have.
  public static let maximumRank = 8

  /// Number of axes.
  public private(set) var rank: Int
  private var lengths: InlineArray<8, Int>

  /// The shape of a single number.
  public init() {
    rank = 0
    lengths = InlineArray(repeating: 0)
  }

  /// The shape with these lengths.
  ///
  /// Throws ``TensorError/rank(_:)`` for more than eight axes and ``TensorError/negativeLength(_:)``
  /// for a negative one.
  public init(checking lengths: [Int]) throws(TensorError) {
    guard lengths.count <= Shape.maximumRank else { throw .rank(lengths.count) }
    if let negative = lengths.first(where: { $0 < 0 }) { throw .negativeLength(negative) }
    var product = 1
    for length in lengths where length > 0 {
      let (next, overflow) = product.multipliedReportingOverflow(by: length)
      if overflow || next > 1 << 48 { throw .allocation(bytes: Int.max, limit: Storage.limit) }
      product = next
    }
    self.init(unchecked: lengths)
  }

  /// The shape with these lengths, which are known to be few and not negative.
  init(unchecked lengths: some Sequence<Int>) {
    self.init()
    for length in lengths { append(length) }
  }
}

extension Shape: ExpressibleByArrayLiteral {
  /// The shape with these lengths.
  public init(arrayLiteral lengths: Int...) { self.init(unchecked: lengths) }
}

extension Shape: Hashable {
  /// Whether both have the same lengths.
  @inlinable
  public static func == (a: Shape, b: Shape) -> Bool {
    guard a.rank == b.rank else { return false }
    for axis in 0..<a.rank where a[axis] != b[axis] { return false }
    return true
  }

  /// Feeds the lengths to `hasher`.
  public func hash(into hasher: inout Hasher) {
    for length in self { hasher.combine(length) }
  }
}

// A sequence but no collection: the count of a collection would be the rank.
extension Shape: Sequence {
  /// Walks the lengths, outermost first.
  public struct Iterator: IteratorProtocol {
    private let shape: Shape
    private var axis = 0

    fileprivate init(_ shape: Shape) { self.shape = shape }

    /// The next length.
    public mutating func next() -> Int? {
      guard axis < shape.rank else { return nil }
      defer { axis += 1 }
      return shape.lengths[axis]
    }
  }

  /// Walks the lengths, outermost first.
  public func makeIterator() -> Iterator { Iterator(self) }
}

extension Shape {
  /// The lengths of a range of axes.
  public subscript(axes: Range<Int>) -> [Int] { axes.map { self[$0] } }

  /// The length of the outermost axis; nil for a number.
  public var first: Int? { rank == 0 ? nil : self[0] }

  /// The length of the innermost axis; nil for a number.
  public var last: Int? { rank == 0 ? nil : self[rank - 1] }

  /// The length of an axis, counted from 0.
  public subscript(axis: Int) -> Int {
    get {
      precondition(axis >= 0 && axis < rank, "axis \(axis) of rank \(rank)")
      return lengths[axis]
    }
    set {
      precondition(axis >= 0 && axis < rank, "axis \(axis) of rank \(rank)")
      lengths[axis] = newValue
    }
  }
}

extension Shape: CustomStringConvertible {
  /// The lengths in square brackets, as the language writes a shape.
  public var description: String { "[" + map(String.init).joined(separator: ", ") + "]" }
}

extension Shape {
  /// The number of elements a tensor of this shape holds.
  ///
  /// The empty shape belongs to a single number, so its count is one.
  ///
  ///     Shape([2, 3]).count  // 6
  public var count: Int {
    var product = 1
    for axis in 0..<rank { product *= lengths[axis] }
    return product
  }

  /// The lengths as an array.
  public var array: [Int] { Array(self) }

  /// Adds an axis at the end; the caller knows that there is room.
  mutating func append(_ length: Int) {
    precondition(rank < Shape.maximumRank, "a ninth axis")
    lengths[rank] = length
    rank += 1
  }

  /// Adds an axis before position `axis`.
  func inserting(_ length: Int, at axis: Int) -> Shape {
    var result = Shape()
    for position in 0...rank {
      if position == axis { result.append(length) }
      if position < rank { result.append(lengths[position]) }
    }
    return result
  }

  /// The shape without one axis.
  func removing(_ axis: Int) -> Shape {
    var result = Shape()
    for position in 0..<rank where position != axis { result.append(lengths[position]) }
    return result
  }

  /// The product of the lengths of a range of axes.
  func count(of axes: Range<Int>) -> Int { axes.reduce(1) { $0 * lengths[$1] } }

  /// Elements between neighbours along each axis of row-major storage.
  var strides: [Int] {
    var result = Array(repeating: 1, count: rank)
    for axis in stride(from: rank - 2, through: 0, by: -1) {
      result[axis] = result[axis + 1] * lengths[axis + 1]
    }
    return result
  }

  /// The axis that `axis` names when negative ones count from the end.
  public func axis(_ axis: Int) throws(TensorError) -> Int {
    let position = axis < 0 ? axis + rank : axis
    guard position >= 0, position < rank else { throw .axis(axis, self) }
    return position
  }

  /// The shape both broadcast to: lengths are equal or one of them is 1, aligned at the last axis.
  public func broadcast(with other: Shape) throws(TensorError) -> Shape {
    if self == other { return self }
    let rank = Swift.max(rank, other.rank)
    var result = Shape()
    for axis in 0..<rank {
      let mine = axis - (rank - self.rank)
      let theirs = axis - (rank - other.rank)
      let a = mine < 0 ? 1 : lengths[mine]
      let b = theirs < 0 ? 1 : other.lengths[theirs]
      guard a == b || a == 1 || b == 1 else { throw .broadcast(self, other, axis: axis - rank) }
      result.append(a == 1 ? b : a)
    }
    return result
  }
}

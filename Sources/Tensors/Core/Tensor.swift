import CKernels

/// A dense, row-major array of numbers or truth values of rank 1 or more.
///
/// A tensor behaves as a value: whoever changes one in place has made sure, by uniqueness, that
/// nobody else can see it. Ranges of integers stay unmaterialised until their memory is asked for.
public final class Tensor {
  /// The lengths of the axes.
  @exclusivity(unchecked) public internal(set) var shape: Shape
  /// What the elements are.
  public let dtype: DType
  /// The memory; nil for a sequence that nobody has looked into yet.
  @exclusivity(unchecked) private var memory: Storage?
  /// The first element; nil while there is no memory. Kept because reaching it through the storage
  /// costs every small operation the counting of a reference.
  @exclusivity(unchecked) private var address: UnsafeMutableRawPointer?
  /// The first element's position in the storage, in elements.
  private let offset: Int
  /// Start of the sequence `start, start + 1, …` while there is no memory.
  @exclusivity(unchecked) private var start: Double = 0
  /// Whether it is being built or changed element by element: then parts of it are handed out as
  /// copies, because with a view about, the next change would have to copy everything.
  var isWorkedOn = false

  /// A tensor with unspecified elements.
  ///
  /// Throws ``TensorError/allocation(bytes:limit:)``.
  init(uninitialized shape: Shape, _ dtype: DType) throws(TensorError) {
    self.shape = shape
    self.dtype = dtype
    let storage = try Storage(bytes: shape.count * dtype.size)
    memory = storage
    address = storage.pointer
    offset = 0
  }

  /// A tensor over part of existing memory.
  init(_ storage: Storage, offset: Int, shape: Shape, _ dtype: DType) {
    precondition((offset + shape.count) * dtype.size <= storage.capacity, "a tensor outside its storage")
    self.shape = shape
    self.dtype = dtype
    memory = storage
    address = storage.pointer + offset * dtype.size
    self.offset = offset
  }

  /// The integers from `start` on, `count` of them, without memory until they are looked at.
  public init(integersFrom start: Double, count: Int, dtype: DType = .f64) {
    shape = [max(0, count)]
    self.dtype = dtype == .f32 ? .f32 : .f64
    memory = nil
    offset = 0
    self.start = start
  }
}

extension Tensor {
  /// Number of elements.
  public var count: Int { shape.count }

  /// The first of consecutive integers while they are not materialised.
  public var sequenceStart: Double? { memory == nil ? start : nil }

  /// The memory, made on first use for a sequence.
  ///
  /// Throws ``TensorError/allocation(bytes:limit:)`` when a sequence does not fit.
  func storage() throws(TensorError) -> Storage {
    if let memory { return memory }
    let made = try Storage(bytes: count * dtype.size)
    switch dtype {
    case .f32: nns_iota_f32(start, 1, made.pointer.assumingMemoryBound(to: Float.self), count)
    case .f64, .bool: nns_iota_f64(start, 1, made.pointer.assumingMemoryBound(to: Double.self), count)
    }
    memory = made
    address = made.pointer
    return made
  }

  /// Runs `body` with the address of the first element, which stays valid until `body` returns.
  @inline(__always)
  func withPointer<Result>(
    _ body: (UnsafeMutableRawPointer) throws(TensorError) -> Result
  ) throws(TensorError) -> Result {
    defer { withExtendedLifetime(self) {} }
    if let address { return try body(address) }
    return try body(storage().pointer)
  }

  /// The same elements under another shape of the same count, sharing memory.
  func reshaped(to shape: Shape) throws(TensorError) -> Tensor {
    precondition(shape.count == count, "\(self.shape) as \(shape)")
    return Tensor(try storage(), offset: offset, shape: shape, dtype)
  }

  /// The part that starts `elements` elements in, sharing memory.
  func part(from elements: Int, shape: Shape) throws(TensorError) -> Tensor {
    Tensor(try storage(), offset: offset + elements, shape: shape, dtype)
  }

  /// Whether the memory belongs to this tensor alone, so that a unique owner of the tensor may
  /// write into it.
  var ownsMemory: Bool {
    guard memory != nil else { return false }
    return isKnownUniquelyReferenced(&memory)
  }

  /// Has to be called before memory is written again after it was made: forgets the hashes of the pieces
  /// that hold these elements, or of all.
  ///
  /// The tensor owns its memory.
  @inline(__always)
  func willWrite(_ elements: Range<Int>? = nil) {
    guard let memory, !memory.pieces.isEmpty else { return }
    memory.pieces.forget(
      elements.map { ($0.lowerBound + offset) * dtype.size..<($0.upperBound + offset) * dtype.size })
  }

  /// The table of its memory, when that starts with its first element.
  var pieceTable: PieceTable {
    get { offset == 0 ? memory?.pieces ?? PieceTable() : PieceTable() }
    set { if offset == 0 { memory?.pieces = newValue } }
  }

  /// Room behind the last element that a unique owner may grow into, in elements.
  var spareElements: Int {
    guard let memory else { return 0 }
    return memory.capacity / dtype.size - offset - count
  }
}

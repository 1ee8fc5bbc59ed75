import Tensors

/// Takes one structure, or two of the same form, apart and puts it together with other leaves.
///
/// It keeps its own stack, so that deep structures cannot overflow the machine's. Parts that are
/// shared are worked on once unless the walk is told to treat every leaf as its own.
struct StructureWalk {
  /// What becomes of a numeric leaf; the second is nil when there is one structure only.
  private let leaf: (Quantity, Quantity?) throws -> Value
  /// What becomes of a part marked as fixed.
  private let fixed: (Fixed) throws -> Value
  /// What is being done, for messages: `add`.
  private let purpose: String
  private let remembersShared: Bool
  private var frames: [Frame] = []
  private var made: [ContainerPair: Value] = [:]

  private struct Frame {
    let first: Container
    let second: Container?
    var results: ContiguousArray<Value> = []
  }

  init(
    _ purpose: String, remembersShared: Bool, fixed: @escaping (Fixed) throws -> Value = { .fixed($0) },
    leaf: @escaping (Quantity, Quantity?) throws -> Value
  ) {
    self.purpose = purpose
    self.remembersShared = remembersShared
    self.fixed = fixed
    self.leaf = leaf
  }
}

extension StructureWalk {
  /// The structure made of `first` (and `second`).
  mutating func run(_ first: Value, _ second: Value? = nil) throws -> Value {
    var finished = try visit(first, second)
    while let top = frames.indices.last {
      if let value = finished { frames[top].results.append(value) }
      let position = frames[top].results.count
      if position < frames[top].first.count {
        finished = try visit(frames[top].first[position], frames[top].second?[position])
      } else {
        finished = try close(frames.removeLast())
      }
    }
    return finished ?? first
  }

  /// The value made of a leaf, or nil after opening a container.
  private mutating func visit(_ first: Value, _ second: Value?) throws -> Value? {
    if case .fixed(let mark) = first { return try fixed(mark) }
    guard let second else {
      if let container = Container(first) { return open(container, nil) }
      guard let quantity = first.leaf else { return first }
      return try leaf(quantity, nil)
    }
    if case .fixed = second { return first }
    if let a = Container(first), let b = Container(second) {
      guard a.matches(b) else { throw mismatch(a.form, b.form) }
      return open(a, b)
    }
    switch (first.leaf, second.leaf) {
    case (let a?, let b?): return try combine(a, b)
    case (nil, nil) where Container(first) == nil && Container(second) == nil: return first
    default: throw mismatch(first.kind, second.kind)
    }
  }

  private mutating func open(_ first: Container, _ second: Container?) -> Value? {
    if remembersShared, first.depth > 2, let known = made[ContainerPair(first, second)] { return known }
    frames.append(Frame(first: first, second: second))
    return nil
  }

  private mutating func close(_ frame: Frame) throws -> Value {
    let value = try frame.first.filled(with: frame.results)
    if remembersShared, frame.first.depth > 2 { made[ContainerPair(frame.first, frame.second)] = value }
    return value
  }

  private func combine(_ a: Quantity, _ b: Quantity) throws -> Value {
    do {
      return try leaf(a, b)
    } catch let error as TensorError {
      guard case .broadcast = error, !frames.isEmpty else { throw error }
      throw mismatch("\(a.shape)", "\(b.shape)")
    }
  }

  /// The error about the part that is being visited.
  private func mismatch(_ first: String, _ second: String) -> Diagnostic {
    let path = structurePath(frames.map { $0.first.step(to: $0.results.count) })
    return Diagnostic(
      "cannot \(purpose) the structures: \(path.isEmpty ? "the left one" : path) is \(first)"
        + (path.isEmpty ? ", the right one \(second)" : " on the left and \(second) on the right"),
      kind: .shape, hint: "two structures combine leaf by leaf and must have the same form")
  }
}

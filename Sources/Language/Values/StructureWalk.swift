import Tensors

/// Takes one structure, or two of the same form, apart and puts it together with other leaves.
///
/// It keeps its own stack, so that deep structures cannot overflow the machine's.
struct StructureWalk {
  /// What happens to parts marked as fixed.
  enum Marks {
    /// They are left as they are.
    case carried
    /// Their leaves are visited too.
    case entered
    /// Their leaves are visited and the marks taken off.
    case removed
  }

  /// What becomes of a numeric leaf: the second is nil when there is one structure only; the flag says
  /// that it lies in a part marked as fixed.
  typealias Leaf = (_ first: Quantity, _ second: Quantity?, _ isFixed: Bool) throws -> Value

  private let leaf: Leaf
  private let marks: Marks
  /// What is being done, for messages: `add`.
  private let purpose: String
  /// Whether parts that are shared are worked on once; otherwise every leaf outside of fixed parts is
  /// visited by itself.
  private let remembersShared: Bool
  private var frames: [Frame] = []
  private var fixedDepth = 0
  private var made: [ContainerPair: Value] = [:]

  private struct Frame {
    let first: Container
    let second: Container?
    var results: ContiguousArray<Value> = []
  }

  init(_ purpose: String, remembersShared: Bool, marks: Marks = .carried, leaf: @escaping Leaf) {
    self.purpose = purpose
    self.remembersShared = remembersShared
    self.marks = marks
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
    if case .fixed(let mark) = first {
      if marks == .carried { return first }
      fixedDepth += 1
      return open(.fixed(mark), nil)
    }
    guard let second else {
      if let container = Container(first) { return open(container, nil) }
      guard let quantity = first.leaf else { return first }
      return try leaf(quantity, nil, fixedDepth > 0)
    }
    if case .fixed = second { return first }
    if let a = Container(first), let b = Container(second) {
      guard a.matches(b) else { throw mismatch(a.form, b.form) }
      return open(a, b)
    }
    switch (first.leaf, second.leaf) {
    case (let a?, let b?): return try combine(a, b)
    case (nil, nil) where !first.isStructure && !second.isStructure: return first
    default: throw mismatch(first.kind, second.kind)
    }
  }

  private mutating func open(_ first: Container, _ second: Container?) -> Value? {
    if let key = key(first, second), let known = made[key] {
      if case .fixed = first { fixedDepth -= 1 }
      return known
    }
    frames.append(Frame(first: first, second: second))
    return nil
  }

  private mutating func close(_ frame: Frame) throws -> Value {
    let key = key(frame.first, frame.second)
    var value = frame.results.first ?? .none
    if case .fixed = frame.first {
      fixedDepth -= 1
      if marks == .entered { value = try frame.first.filled(with: frame.results) }
    } else {
      value = try frame.first.filled(with: frame.results)
    }
    if let key { made[key] = value }
    return value
  }

  /// Under what a pair is remembered, nil for one that is not: small ones are quickly made again.
  private func key(_ first: Container, _ second: Container?) -> ContainerPair? {
    guard first.depth > 2, remembersShared || fixedDepth > 0 else { return nil }
    return ContainerPair(first, second, isFixed: fixedDepth > 0)
  }

  private func combine(_ a: Quantity, _ b: Quantity) throws -> Value {
    do {
      return try leaf(a, b, false)
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

import Tensors

extension Structure {
  /// A numeric leaf and the way to it, such as `layers[1].w`; empty for a bare number or tensor.
  struct Leaf {
    let path: String
    let quantity: Quantity
  }

  /// The numeric leaves in order, with their paths; what is marked as fixed is left out.
  ///
  /// Throws a diagnostic when there are more than ``leafLimit``.
  static func leaves(of value: Value) throws(Diagnostic) -> [Leaf] {
    var result: [Leaf] = []
    try visitLeaves(of: value) { quantity, path in result.append(Leaf(path: path(), quantity: quantity)) }
    return result
  }

  /// The numeric leaves in order.
  static func quantities(of value: Value) throws(Diagnostic) -> [Quantity] {
    if let leaf = value.leaf { return [leaf] }
    var result: [Quantity] = []
    try visitLeaves(of: value) { quantity, _ in result.append(quantity) }
    return result
  }

  /// Hands every numeric leaf to `body`, with its path on request, without recursion.
  private static func visitLeaves(
    of value: Value, _ body: (Quantity, () -> String) -> Void
  ) throws(Diagnostic) {
    if let leaf = value.leaf { return body(leaf, { "" }) }
    guard let root = Container(value) else { return }
    // The position of the next item to visit; the one being visited lies before it.
    var frames: [(container: Container, next: Int)] = [(root, 0)]
    // Parts without a leaf count too: shared ones could be endless.
    var visited = 0
    while let top = frames.indices.last {
      let position = frames[top].next
      guard position < frames[top].container.count else {
        frames.removeLast()
        continue
      }
      let item = frames[top].container[position]
      visited += 1
      guard visited <= leafLimit else { throw tooMany }
      frames[top].next += 1
      if let leaf = item.leaf {
        body(leaf) { structurePath(frames.map { $0.container.step(to: $0.next - 1) }) }
      }
      if let inner = Container(item) { frames.append((inner, 0)) }
    }
  }

  private static var tooMany: Diagnostic {
    Diagnostic(
      "the structure has more than \(leafLimit) parts", kind: .limit,
      hint: "keep numbers that belong together in one tensor")
  }
}

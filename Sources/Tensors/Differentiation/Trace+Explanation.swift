extension Trace {
  /// What a node of the recording is: the primitive applied (nil for a variable) and the nodes of its
  /// operands, -1 for constants.
  public func operation(at node: Int) -> (primitive: (any Primitive)?, operands: [Int]) {
    let recorded = tape.nodes[node]
    guard let primitive = recorded.primitive else { return (nil, []) }
    let direct = [recorded.first, recorded.second, recorded.third].map { Int($0) }
    guard let more = tape.more[Int32(node)] else {
      let last = direct.lastIndex { $0 >= 0 } ?? 0
      return (primitive, Array(direct[...last]))
    }
    return (primitive, direct + more.map { Int($0) })
  }

  /// The plain values of a node's operands, if its derivative needs them.
  public func keptInputs(of node: Int) -> [Quantity]? {
    guard node < tape.nodes.count, let primitive = tape.nodes[node].primitive,
      primitive.keeps.contains(.inputs)
    else { return nil }
    let application = Application(self, node)
    return (0..<Int(tape.nodes[node].keptInputs)).map { application[input: $0].concrete }
  }

  /// What a node passes to its operands for the incoming gradient `cotangent`, in the order of a
  /// ``BackwardStep``.
  ///
  /// Where broadcasting has spread an operand, it is what every copy receives, before the sum over them. Takes
  /// time and memory in proportion to the recording.
  public func contributions(of node: Int, cotangent: Quantity) throws(TensorError) -> [Quantity] {
    guard let primitive = tape.nodes[node].primitive else { return [] }
    let application = Application(self, node)
    var cotangents = Cotangents(self, count: node + 1, application: application, isUnreduced: true)
    var contributions: [Quantity] = []
    cotangents.observer = { contributions.append($1) }
    try primitive.pullback(application, cotangent, &cotangents)
    return contributions
  }
}

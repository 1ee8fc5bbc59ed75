/// The nodes of a recording and the values their derivatives need.
struct Tape {
  /// One application of a primitive, or a variable.
  ///
  /// Kept small, because a loop over numbers makes one for every operation.
  struct Node {
    /// Nil for a variable.
    var primitive: (any Primitive)?
    /// Node of each of the first three operands, -1 for one that does not vary.
    var first: Int32 = -1
    var second: Int32 = -1
    var third: Int32 = -1
    /// Position in `forms`, -1 for a number.
    var form: Int32 = -1
    /// Position in `values` of the first value kept: the inputs if they are, then the output if it is.
    var values: Int32 = 0
    /// How many inputs are kept.
    var keptInputs: Int32 = 0
  }

  private(set) var nodes: ContiguousArray<Node> = []
  private(set) var values: ContiguousArray<Quantity> = []
  private(set) var forms: ContiguousArray<Trace.Form> = []
  /// Nodes of the operands from the fourth on, of the few applications that have so many.
  private(set) var more: [Int32: [Int32]] = [:]
  /// What the recording keeps alive, estimated.
  private(set) var bytes = 0
}

extension Tape {
  /// Adds a node whose value looks like `value` and returns its index.
  mutating func append(_ node: Node, formOf value: Quantity) -> Int32 {
    var node = node
    if !value.isNumber, value.shape.rank > 0 {
      let form = Trace.Form(shape: value.shape, dtype: value.dtype)
      // Neighbouring operations mostly share a form.
      if forms.last != form { forms.append(form) }
      node.form = Int32(forms.count - 1)
    }
    nodes.append(node)
    bytes += MemoryLayout<Node>.stride
    return Int32(truncatingIfNeeded: nodes.count - 1)
  }

  /// Adds an application and returns its index.
  mutating func append(
    _ node: Node, kept: Kept, inputs: Inputs, output: Quantity, more indices: [Int32]
  ) -> Int32 {
    var node = node
    node.values = Int32(truncatingIfNeeded: values.count)
    if kept.contains(.inputs) {
      node.keptInputs = Int32(inputs.count)
      for position in 0..<inputs.count { keep(inputs[position]) }
    }
    if kept.contains(.output) { keep(output) }
    let index = append(node, formOf: output)
    if !indices.isEmpty { more[index] = indices }
    return index
  }

  /// Adds an application to one or two operands and returns its index.
  mutating func append(
    _ primitive: some Primitive, _ first: Int32, _ x: Quantity, _ second: Int32, _ y: Quantity,
    output: Quantity
  ) -> Int32 {
    var node = Node(primitive: primitive, first: first, second: second)
    node.values = Int32(truncatingIfNeeded: values.count)
    let kept = primitive.keeps
    if kept.contains(.inputs) {
      node.keptInputs = 2
      keep(x)
      keep(y)
    }
    if kept.contains(.output) { keep(output) }
    return append(node, formOf: output)
  }

  private mutating func keep(_ value: Quantity) {
    bytes += MemoryLayout<Quantity>.stride + value.byteCount
    values.append(value)
  }

  /// Shape and dtype of a node's value.
  func form(of node: Int32) -> Trace.Form {
    let form = nodes[Int(node)].form
    return form < 0 ? Trace.Form() : forms[Int(form)]
  }
}

extension Quantity {
  /// Bytes of the tensor it holds; nothing for a number.
  var byteCount: Int {
    switch self {
    case .number: 0
    case .tensor(let tensor): tensor.count * tensor.dtype.size
    case .traced(let traced): traced.primal.byteCount
    }
  }
}

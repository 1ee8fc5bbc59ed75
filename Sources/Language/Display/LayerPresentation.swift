import Tensors

/// How layers show themselves: their kind and the shapes of what they hold, a chain layer by layer.
struct LayerPresentation {
  private static let levelLimit = 8
  private var lines: [String] = []

  /// The text of a record of a kind that can be called; nil for any other.
  static func text(_ record: Record) -> String? {
    guard record.layout.kind != nil, record["call"] != nil else { return nil }
    var presentation = LayerPresentation()
    presentation.write(.record(record), label: "", level: 0)
    return presentation.lines.joined(separator: "\n")
  }

  private mutating func write(_ layer: Value, label: String, level: Int) {
    let start = String(repeating: "  ", count: level) + label
    guard lines.count < Display.lineLimit else { return }
    if case .record(let record) = layer.unfixed, let nodes = LayerPresentation.nodes(record) {
      lines.append(start + "\(layer.typeName) of \(counted(nodes.count, "operation"))")
      let room = max(0, Display.lineLimit - lines.count)
      lines += nodes.prefix(room).map { String(repeating: "  ", count: level + 1) + $0 }
      return
    }
    guard case .record(let record) = layer.unfixed, let inner = LayerPresentation.inner(record),
      level < LayerPresentation.levelLimit
    else {
      lines.append(start + LayerPresentation.line(layer))
      return
    }
    let count = inner.items.count
    lines.append(start + "\(layer.typeName) of \(counted(count, "layer"))")
    for (position, part) in inner.items.enumerated() {
      write(part, label: "[\(position)] ", level: level + 1)
    }
  }

  /// The operations of a graph with the weights that each takes: `Gemm(w: [5, 4], b: [5])`; nil for other layers.
  private static func nodes(_ record: Record) -> [String]? {
    guard case .record(let graph)? = record["graph"], case .list(let nodes)? = graph["nodes"] else {
      return nil
    }
    var weights: Record?
    if case .record(let record)? = record["weights"] { weights = record }
    return nodes.items.map { node in
      guard case .record(let node) = node.unfixed, case .string(let operation)? = node["op"] else {
        return "?"
      }
      var inputs: ContiguousArray<String?> = []
      if case .text(let vector)? = node["inputs"] { inputs = vector.items }
      let held = inputs.compactMap { name in
        name.flatMap { name in weights?[name].flatMap { LayerPresentation.held($0) }.map { "\(name): \($0)" }
        }
      }
      return "\(operation)(\(held.joined(separator: ", ")))"
    }
  }

  /// The layers that a layer puts one after the other: its own, or those of its body.
  private static func inner(_ record: Record) -> List? {
    if case .list(let list)? = record["layers"] { return list }
    if case .record(let body)? = record["body"], case .list(let list)? = body["layers"] { return list }
    return nil
  }

  /// A layer on one line: `dense(w: [2, 16], b: [16])`.
  private static func line(_ layer: Value) -> String {
    switch layer.unfixed {
    case .record(let record):
      let fields = zip(record.layout.names, record.values).compactMap { name, value in
        held(value).map { "\(name): \($0)" }
      }
      return "\(layer.typeName)(\(fields.joined(separator: ", ")))"
    case .function(let function): return FunctionText.inline(function)
    case let other: return other.typeName
    }
  }

  /// What a field holds in a word; nil for what the layer does.
  private static func held(_ value: Value) -> String? {
    switch Display.settled(value) {
    case .none, .function: nil
    case .tensor(let tensor): "\(tensor.shape)"
    case .number(let number): Display.number(number)
    case let other: other.typeName
    }
  }
}

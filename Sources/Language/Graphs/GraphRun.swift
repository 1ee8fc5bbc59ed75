import Tensors

/// The evaluation of a graph of operations, as `load` makes it of an ONNX file.
///
/// The graph is a value of the language: a record of `inputs` and `nodes` (lists of records), the texts `outputs`, and
/// what is known from the beginning in `constants`. So it is stored, shown and compared like any other.
struct GraphRun {
  private let graph: Record
  private let dtype: DType
  private let opset: Int
  private var known: [String: Quantity] = [:]

  /// Gets the parts of a model ready: its field `graph`, and the numbers in `weights`.
  ///
  /// Throws a diagnostic when it has no such fields.
  init(_ model: Record) throws(Diagnostic) {
    guard case .record(let graph)? = model["graph"] else {
      throw Diagnostic("run_graph: the model has no record `graph`", kind: .type)
    }
    self.graph = graph
    if case .string(let name)? = graph["dtype"] { dtype = DType(name: name) ?? .f32 } else { dtype = .f64 }
    if case .number(let number)? = graph["opset"], (0...1e6).contains(number) {
      opset = Int(number)
    } else {
      opset = 17
    }
    for field in [graph["constants"], model["weights"]] {
      guard case .record(let record)? = field else { continue }
      for (name, value) in zip(record.layout.names, record.values) {
        if let quantity = value.quantity { known[name] = quantity }
      }
    }
  }

  /// What the graph computes of `arguments`: one value, or a list of several.
  mutating func callAsFunction(_ arguments: [Value]) throws -> Value {
    try take(arguments)
    for node in try GraphRun.records(graph["nodes"], "nodes") {
      if Threads.isInterrupted { throw TensorError.interrupted }
      try run(node)
    }
    var results: [Value] = []
    for name in try GraphRun.texts(graph["outputs"], "outputs") {
      guard let result = known[name] else { throw Diagnostic("run_graph: nothing gives the output \(name)") }
      results.append(Value(result))
    }
    return results.count == 1 ? results[0] : .list(try List(results))
  }

  /// Names the arguments as the graph's inputs do.
  private mutating func take(_ arguments: [Value]) throws {
    let inputs = try GraphRun.records(graph["inputs"], "inputs")
    guard inputs.count == arguments.count else {
      let names = inputs.map { GraphRun.text($0["name"]) }.joined(separator: ", ")
      throw Diagnostic(
        "the model takes \(counted(inputs.count, "argument")) (\(names)), not \(arguments.count)",
        kind: .argument)
    }
    for (input, argument) in zip(inputs, arguments) {
      let name = GraphRun.text(input["name"])
      guard let quantity = argument.quantity else {
        throw Diagnostic(
          "the model's input \(name) must be a number or a tensor, not \(argument.kind)", kind: .type)
      }
      if case .list(let lengths)? = input["shape"] { try GraphRun.check(quantity.shape, lengths, name) }
      // Integers are not converted, because positions in f32 would lose digits.
      if case .string(let dtype)? = input["dtype"], let dtype = DType(name: dtype) {
        known[name] = try quantity.cast(to: dtype)
      } else {
        known[name] = quantity
      }
    }
  }

  private static func check(_ shape: Shape, _ wanted: List, _ name: String) throws(Diagnostic) {
    let lengths = wanted.items.map {
      if case .number(let number) = $0.unfixed { number } else { Double?.none }
    }
    let fits = shape.rank == lengths.count && zip(shape, lengths).allSatisfy { $1 == nil || Double($0) == $1 }
    guard !fits else { return }
    let text = lengths.map { $0.map { Display.number($0) } ?? "any" }.joined(separator: ", ")
    throw Diagnostic(
      "the model's input \(name) is [\(text)], not \(shape)", kind: .shape,
      hint: shape.rank + 1 == lengths.count ? "x[none] makes a batch of one" : nil)
  }

  private mutating func run(_ node: Record) throws {
    let name = GraphRun.text(node["op"])
    let own = GraphRun.text(node["name"])
    let title = own.isEmpty ? name : "\(own) (\(name))"
    do {
      let outputs = try GraphRun.texts(node["outputs"], "outputs")
      var inputs: [Quantity?] = []
      for input in try GraphRun.texts(node["inputs"] ?? .text(TextVector([])), "inputs") {
        guard input.isEmpty || known[input] != nil else {
          throw Diagnostic("nothing gives its input \(input)")
        }
        inputs.append(known[input])
      }
      var settings: Record?
      if case .record(let record)? = node["settings"] { settings = record }
      let step = GraphStep(
        inputs: inputs, settings: settings, opset: opset, dtype: dtype,
        outputCount: outputs.count)
      for (output, result) in zip(outputs, try GraphOperation.named(name)(step)) { known[output] = result }
    } catch let error as TensorError {
      if case .interrupted = error { throw error }
      throw GraphRun.placed(error.diagnostic(), title)
    } catch let error as Diagnostic {
      throw GraphRun.placed(error, title)
    }
  }

  private static func placed(_ error: Diagnostic, _ title: String) -> Diagnostic {
    var error = error
    error.message = "\(title): \(error.message)"
    return error
  }

  private static func records(_ value: Value?, _ field: String) throws(Diagnostic) -> [Record] {
    guard case .list(let list)? = value else {
      throw Diagnostic("run_graph: the field \(field) of the graph must be a list of records", kind: .type)
    }
    var records: [Record] = []
    for item in list.items {
      guard case .record(let record) = item.unfixed else {
        throw Diagnostic(
          "run_graph: the field \(field) of the graph holds \(item.kind), not a record", kind: .type)
      }
      records.append(record)
    }
    return records
  }

  /// A text, empty for anything else.
  private static func text(_ value: Value?) -> String {
    if case .string(let text)? = value { text } else { "" }
  }

  private static func texts(_ value: Value?, _ field: String) throws(Diagnostic) -> [String] {
    switch value {
    case .text(let vector)?: return vector.items.map { $0 ?? "" }
    case .string(let text)?: return [text]
    case .tensor(let tensor)? where tensor.count == 0: return []
    default: throw Diagnostic("run_graph: \(field) must be texts, not \(value?.kind ?? "none")", kind: .type)
    }
  }
}

import Formats
import Tensors

/// Makes a layer of a model in an ONNX file.
struct GraphModel {
  private let model: ONNX.Model
  /// What the model's numbers become; nil leaves them as the file has them.
  private let dtype: DType?

  init(_ model: ONNX.Model, dtype: DType?) {
    self.model = model
    self.dtype = dtype
  }

  /// The layer: a record of `weights`, which learning changes, and `graph`, which stays.
  ///
  /// Throws a diagnostic for an operation that is not supported.
  func layer() throws -> Value {
    for node in model.nodes {
      do { _ = try GraphOperation.named(node.operation) } catch {
        var error = error
        if !node.name.isEmpty { error.message = "\(node.name): \(error.message)" }
        throw error
      }
    }
    var weights: [(String, Value)] = []
    var constants: [(String, Value)] = []
    let statistics = runningStatistics
    for constant in model.constants {
      let value = try value(constant)
      guard constant.isFloating else {
        constants.append((constant.name, value))
        continue
      }
      weights.append((constant.name, statistics.contains(constant.name) ? .fixed(Fixed(value)) : value))
    }
    guard let run = BuiltinTable.named("run_graph") else { return .none }
    return .record(
      try Record(
        [
          ("weights", .record(try Record(weights))),
          ("graph", .fixed(Fixed(.record(try graph(constants))))),
          ("call", .function(Function(run))),
        ], kind: "onnx"))
  }

  /// Names of means and variances, which are measured and not learnt.
  private var runningStatistics: Set<String> {
    Set(
      model.nodes.filter { $0.operation == "BatchNormalization" }.flatMap { $0.inputs.dropFirst(3).prefix(2) }
    )
  }

  private func graph(_ constants: [(String, Value)]) throws -> Record {
    let found =
      model.inputs.compactMap(\.dtype).first ?? model.constants.first { $0.isFloating }?.tensor.dtype
    let inputs = try model.inputs.map { input in
      Value.record(
        try Record([
          ("name", .string(input.name)),
          (
            "shape",
            try input.lengths.map { .list(try List($0.map { $0.map { .number(Double($0)) } ?? .none })) }
              ?? .none
          ),
          ("dtype", input.dtype.map { .string((dtype ?? $0).name) } ?? .none),
        ]))
    }
    let nodes = try model.nodes.map { node in
      Value.record(
        try Record([
          ("op", .string(node.operation)), ("name", .string(node.name)),
          ("inputs", .text(TextVector(node.inputs.map { Optional($0) }))),
          ("outputs", .text(TextVector(node.outputs.map { Optional($0) }))),
          ("settings", .record(try Record(node.attributes.map { ($0.name, try value($0.value)) }))),
        ]))
    }
    return try Record([
      ("opset", .number(Double(model.opset))), ("dtype", .string((dtype ?? found ?? .f32).name)),
      ("inputs", .list(try List(inputs))), ("outputs", .text(TextVector(model.outputs.map { Optional($0) }))),
      ("nodes", .list(try List(nodes))), ("constants", .record(try Record(constants))),
    ])
  }

  private func value(_ constant: ONNX.Constant) throws -> Value {
    let tensor = constant.tensor
    guard constant.isFloating, let dtype else { return Value(.tensor(tensor)) }
    return Value(.tensor(try tensor.converted(to: dtype)))
  }

  private func value(_ attribute: ONNX.Attribute) throws -> Value {
    switch attribute {
    case .number(let number): .number(number)
    case .integer(let integer): .number(Double(integer))
    case .text(let text): .string(text)
    case .tensor(let constant): try value(constant)
    case .numbers(let numbers): .tensor(try Tensor(numbers))
    case .integers(let integers): .tensor(try Tensor(integers.map { Double($0) }))
    case .texts(let texts): .text(TextVector(texts.map { Optional($0) }))
    case .other: .none
    }
  }
}

import Foundation
import Testing

@testable import Language

/// Graphs of operations, as ONNX files hold them.
@Suite("graphs")
struct GraphTests {
  /// A node, the expressions of its inputs, and what it must compute.
  struct Case: CustomTestStringConvertible, Sendable {
    var operation: String
    var inputs: [String]
    var settings = ""
    var wanted: String
    var opset = 17

    var testDescription: String { "\(operation)(\(inputs.joined(separator: ", ")); \(settings))" }

    /// The call that evaluates the node alone.
    var call: String {
      let names = inputs.indices.map { "\"i\($0)\"" }
      let declared = names.map { "(name: \($0)), " }.joined()
      let node = "(op: \"\(operation)\", inputs: [\(names.joined(separator: ", "))], outputs: [\"y\"]"
      let settings = settings.isEmpty ? "" : ", settings: (\(settings),)"
      let graph = "(opset: \(opset), inputs: (\(declared)), outputs: [\"y\"], nodes: (\(node)\(settings)),))"
      return "run_graph(\((["(graph: \(graph),)"] + inputs).joined(separator: ", ")))"
    }
  }

  private static let image = "reshape(sin(0..<50), 1, 2, 5, 5)"
  private static let kernel = "reshape(cos(0..<54), 3, 2, 3, 3)"

  static let cases: [Case] = [
    Case(
      operation: "Gemm", inputs: ["[[1, 2], [3, 4]]", "[[1, 0, 2], [0, 1, 3]]", "[1, 2, 3]"],
      wanted: "[[1, 2], [3, 4]] @ [[1, 0, 2], [0, 1, 3]] + [1, 2, 3]"),
    Case(
      operation: "Gemm", inputs: ["[[1, 2], [3, 4]]", "[[1, 0], [2, 5], [7, 1]]", "[[1], [2]]"],
      settings: "alpha: 0.5, beta: 2, transA: 1, transB: 1",
      wanted: "0.5 * [[1, 2], [3, 4]].T @ [[1, 0], [2, 5], [7, 1]].T + 2 * [[1], [2]]"),
    Case(operation: "MatMul", inputs: ["[[1, 2]]", "[[3], [4]]"], wanted: "[[11]]"),
    Case(operation: "Add", inputs: ["[1, 2]", "[[1], [2]]"], wanted: "[[2, 3], [3, 4]]"),
    Case(operation: "Sub", inputs: ["[1, 2]", "1"], wanted: "[0, 1]"),
    Case(operation: "Mul", inputs: ["[1, 2]", "[3, 4]"], wanted: "[3, 8]"),
    Case(operation: "Div", inputs: ["[1, 2]", "[2, 4]"], wanted: "[0.5, 0.5]"),
    Case(operation: "Pow", inputs: ["[1, 2]", "3"], wanted: "[1, 8]"),
    Case(operation: "Sqrt", inputs: ["[1, 4]"], wanted: "[1, 2]"),
    Case(operation: "Exp", inputs: ["[0, 1]"], wanted: "exp([0, 1])"),
    Case(operation: "Erf", inputs: ["[0, 1]"], wanted: "erf([0, 1])"),
    Case(operation: "Relu", inputs: ["[-1, 1]"], wanted: "[0, 1]"),
    Case(operation: "LeakyRelu", inputs: ["[-1, 1]"], settings: "alpha: 0.1", wanted: "[-0.1, 1]"),
    Case(operation: "PRelu", inputs: ["[-1, 1]", "[0.5, 0.5]"], wanted: "[-0.5, 1]"),
    Case(operation: "Sigmoid", inputs: ["[-1, 1]"], wanted: "sigmoid([-1, 1])"),
    Case(operation: "Tanh", inputs: ["[-1, 1]"], wanted: "tanh([-1, 1])"),
    Case(operation: "Elu", inputs: ["[-1, 1]"], wanted: "elu([-1, 1])"),
    Case(operation: "Gelu", inputs: ["[-1, 1]"], wanted: "gelu([-1, 1])"),
    Case(operation: "HardSigmoid", inputs: ["[-9, 1, 9]"], wanted: "[0, 0.7, 1]"),
    Case(operation: "Softmax", inputs: ["[[1, 2], [3, 5]]"], wanted: "softmax([[1, 2], [3, 5]], axis: 1)"),
    Case(
      operation: "Softmax", inputs: ["[[1, 2], [3, 5]]"], settings: "axis: 0",
      wanted: "softmax([[1, 2], [3, 5]], axis: 0)"),
    Case(
      operation: "Softmax", inputs: ["[[[1, 2], [3, 5]]]"], wanted: "reshape(softmax([1, 2, 3, 5]), 1, 2, 2)",
      opset: 11),
    Case(operation: "LogSoftmax", inputs: ["[1, 2]"], wanted: "log_softmax([1, 2])"),
    Case(operation: "Clip", inputs: ["[-1, 0.5, 3]", "0", "1"], wanted: "[0, 0.5, 1]"),
    Case(operation: "Clip", inputs: ["[-1, 0.5, 3]"], settings: "max: 2", wanted: "[-1, 0.5, 2]", opset: 6),
    Case(operation: "Sum", inputs: ["[1, 2]", "[3, 4]", "1"], wanted: "[5, 7]"),
    Case(
      operation: "BatchNormalization",
      inputs: [image, "[1, 2]", "[3, 4]", "[0.1, 0.2]", "[1, 4]"], settings: "epsilon: 0",
      wanted:
        "(\(image) - reshape([0.1, 0.2], 2, 1, 1)) / reshape([1, 2], 2, 1, 1) * reshape([1, 2], 2, 1, 1) + reshape([3, 4], 2, 1, 1)"
    ),
    Case(
      operation: "LayerNormalization", inputs: ["[[1, 2, 4], [1, 0, 5]]", "[1, 2, 3]", "[0, 0, 1]"],
      wanted: "normalize([[1, 2, 4], [1, 0, 5]]) * [1, 2, 3] + [0, 0, 1]"),
    Case(
      operation: "Conv", inputs: [image, kernel, "[1, 2, 3]"], wanted: "conv(\(image), \(kernel), [1, 2, 3])"),
    Case(
      operation: "Conv", inputs: [image, kernel],
      settings: "strides: [2, 1], pads: [1, 1, 1, 1], dilations: [1, 2]",
      wanted: "conv(\(image), \(kernel), stride: [2, 1], padding: 1, dilation: [1, 2])"),
    Case(
      operation: "Conv", inputs: [image, kernel], settings: "auto_pad: \"SAME_UPPER\"",
      wanted: "conv(\(image), \(kernel), padding: 1)"),
    Case(
      operation: "Conv", inputs: [image, kernel], settings: "pads: [0, 0, 1, 2]",
      wanted: "conv(pad(\(image), [[0, 0], [0, 0], [0, 1], [0, 2]]), \(kernel))"),
    Case(
      operation: "MaxPool", inputs: [image], settings: "kernel_shape: [2, 2], strides: [2, 2]",
      wanted: "max_pool(\(image), 2)"),
    Case(
      operation: "MaxPool", inputs: [image],
      settings: "kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1]",
      wanted: "max_pool(\(image), 3, stride: 2, padding: 1)"),
    Case(
      operation: "MaxPool", inputs: ["reshape([1, 5, 3, 2, 4], 1, 1, 5)"],
      settings: "kernel_shape: [2], strides: [2], ceil_mode: 1", wanted: "[[[5, 3, 4]]]"),
    Case(
      operation: "AveragePool", inputs: [image], settings: "kernel_shape: [2, 2], strides: [1, 1]",
      wanted: "avg_pool(\(image), 2, stride: 1)"),
    Case(
      operation: "AveragePool", inputs: ["reshape([2, 4, 6], 1, 1, 3)"],
      settings: "kernel_shape: [2], pads: [1, 0]",
      wanted: "[[[2, 3, 5]]]"),
    Case(
      operation: "AveragePool", inputs: ["reshape([2, 4, 6], 1, 1, 3)"],
      settings: "kernel_shape: [2], pads: [1, 0], count_include_pad: 1", wanted: "[[[1, 3, 5]]]"),
    Case(
      operation: "AveragePool", inputs: ["reshape([2, 4, 6], 1, 1, 3)"],
      settings: "kernel_shape: [2], strides: [2], ceil_mode: 1", wanted: "[[[3, 6]]]"),
    Case(
      operation: "GlobalAveragePool", inputs: [image], wanted: "mean(\(image), axis: (2, 3), keepdims: true)"),
    Case(operation: "Flatten", inputs: [image], wanted: "reshape(\(image), 1, 50)"),
    Case(operation: "Flatten", inputs: [image], settings: "axis: 2", wanted: "reshape(\(image), 2, 25)"),
    Case(
      operation: "Reshape", inputs: ["[[1, 2, 3], [4, 5, 6]]", "[0, -1, 1]"],
      wanted: "[[[1], [2], [3]], [[4], [5], [6]]]"),
    Case(operation: "Transpose", inputs: ["[[1, 2]]"], wanted: "[[1], [2]]"),
    Case(
      operation: "Transpose", inputs: ["[[[1, 2]]]"], settings: "perm: [2, 0, 1]", wanted: "[[[1]], [[2]]]"),
    Case(operation: "Squeeze", inputs: ["[[[1, 2]]]", "[0]"], wanted: "[[1, 2]]"),
    Case(operation: "Squeeze", inputs: ["[[[1, 2]]]"], settings: "axes: [1]", wanted: "[[1, 2]]", opset: 11),
    Case(operation: "Unsqueeze", inputs: ["[1, 2]", "[0, -1]"], wanted: "[[[1], [2]]]"),
    Case(
      operation: "Concat", inputs: ["[[1], [2]]", "[[3], [4]]"], settings: "axis: 1",
      wanted: "[[1, 3], [2, 4]]"),
    Case(operation: "Expand", inputs: ["[1, 2]", "[2, 1]"], wanted: "[[1, 2], [1, 2]]"),
    Case(operation: "Pad", inputs: ["[1, 2]", "[1, 2]", "7"], wanted: "[7, 1, 2, 7, 7]"),
    Case(operation: "Max", inputs: ["[1, 5]", "[3, 4]"], wanted: "[3, 5]"),
    Case(operation: "Min", inputs: ["[1, 5]", "[3, 4]", "2"], wanted: "[1, 2]"),
    Case(operation: "Mean", inputs: ["[1, 5]", "[3, 4]"], wanted: "[2, 4.5]"),
    Case(operation: "Softplus", inputs: ["[-1, 1]"], wanted: "softplus([-1, 1])"),
    Case(operation: "Selu", inputs: ["[0, 1]"], wanted: "[0, 1.0507010221481323]"),
    Case(operation: "HardSwish", inputs: ["[-4, 0, 4]"], wanted: "[0, 0, 4]"),
    Case(operation: "Greater", inputs: ["[1, 5]", "[3, 4]"], wanted: "[false, true]"),
    Case(operation: "GreaterOrEqual", inputs: ["[3, 5]", "[3, 6]"], wanted: "[true, false]"),
    Case(operation: "Less", inputs: ["[1, 5]", "[3, 4]"], wanted: "[true, false]"),
    Case(operation: "LessOrEqual", inputs: ["[3, 5]", "[3, 4]"], wanted: "[true, false]"),
    Case(operation: "And", inputs: ["[true, true]", "[true, false]"], wanted: "[true, false]"),
    Case(operation: "Or", inputs: ["[true, false]", "[false, false]"], wanted: "[true, false]"),
    Case(
      operation: "ReduceMax", inputs: ["[[1, 2], [3, 4]]"], settings: "axes: [1], keepdims: 0",
      wanted: "[2, 4]"),
    Case(operation: "ReduceMin", inputs: ["[[1, 2], [3, 4]]"], settings: "axes: [-1]", wanted: "[[1], [3]]"),
    Case(
      operation: "ReduceProd", inputs: ["[[1, 2], [3, 4]]"], settings: "axes: [0], keepdims: 0",
      wanted: "[3, 8]"),
    Case(operation: "ReduceL2", inputs: ["[[3, 4]]"], settings: "axes: [1], keepdims: 0", wanted: "[5]"),
    Case(
      operation: "ArgMax", inputs: ["[[1, 2], [4, 3]]"], settings: "axis: 1, keepdims: 0", wanted: "[1, 0]"),
    Case(operation: "GlobalMaxPool", inputs: [image], wanted: "max(\(image), axis: (2, 3), keepdims: true)"),
    Case(operation: "Split", inputs: ["[1, 2, 3]", "[1, 2]"], wanted: "[1]"),
    Case(operation: "Split", inputs: ["[1, 2, 3]"], wanted: "[1, 2, 3]"),
    Case(operation: "Constant", inputs: [], settings: "value: [1, 2]", wanted: "[1, 2]"),
    Case(operation: "Identity", inputs: ["[1, 2]"], wanted: "[1, 2]"),
    Case(operation: "Dropout", inputs: ["[1, 2]"], wanted: "[1, 2]"),
    Case(operation: "Shape", inputs: [image], wanted: "[1, 2, 5, 5]"),
    Case(operation: "Shape", inputs: [image], settings: "start: 1, end: -1", wanted: "[2, 5]"),
    Case(operation: "Gather", inputs: ["[[1, 2], [3, 4]]", "[1, 1, 0]"], wanted: "[[3, 4], [3, 4], [1, 2]]"),
    Case(operation: "Gather", inputs: ["[[1, 2], [3, 4]]", "1"], settings: "axis: 1", wanted: "[2, 4]"),
    Case(
      operation: "Slice", inputs: ["0..<10", "[2]", "[9223372036854775807]", "[0]", "[3]"],
      wanted: "[2, 5, 8]"),
    Case(
      operation: "Slice", inputs: ["0..<4", "[-1]", "[-9223372036854775807]", "[0]", "[-1]"],
      wanted: "[3, 2, 1, 0]"),
    Case(operation: "Cast", inputs: ["[1.7, -1.7]"], settings: "to: 7", wanted: "[1, -1]"),
    Case(
      operation: "ReduceMean", inputs: ["[[1, 2], [3, 4]]"], settings: "axes: [1]", wanted: "[[1.5], [3.5]]"),
    Case(
      operation: "ReduceMean", inputs: ["[[1, 2], [3, 4]]", "[0]"], settings: "keepdims: 0", wanted: "[2, 3]",
      opset: 18),
    Case(operation: "ReduceSum", inputs: ["[[1, 2], [3, 4]]"], settings: "keepdims: 0", wanted: "10"),
    Case(operation: "Where", inputs: ["[true, false]", "[1, 2]", "[3, 4]"], wanted: "[1, 4]"),
    Case(operation: "Equal", inputs: ["[1, 2]", "[1, 3]"], wanted: "[true, false]"),
  ]

  @Test("operations compute what they should", arguments: cases)
  func operation(_ example: Case) throws {
    let found = try GraphTests.value(
      of:
        "result = (max(abs(\(example.call) - (\(example.wanted)))) < 1e-12, (\(example.call)).shape == (\(example.wanted)).shape)"
    )
    if found.contains("false") { Issue.record("\(example.call) is not \(example.wanted)") }
  }

  @Test("every operation is tried here or in the samples")
  func allAreTried() {
    let simple = ["Neg", "Abs", "Sign", "Floor", "Ceil", "Round", "Reciprocal", "Log", "Sin", "Cos", "Not"]
    let tried = Set(GraphTests.cases.map(\.operation) + simple)
    #expect(Set(GraphOperation.all.map(\.name)).subtracting(tried).isEmpty)
  }

  /// What `result` holds after a script, as it is shown.
  static func value(of script: String, files: [String: [UInt8]] = [:]) throws -> String {
    let host = RecordingHost()
    host.files = files
    let session = Session(host: host)
    let outcome = session.submit(Source(name: "graph", text: script))
    if case .failed(let diagnostic) = outcome { throw diagnostic }
    return Display.text(session.value(of: "result") ?? .none)
  }
}

/// The shared ONNX models and notebook, which other libraries wrote, against what is known about them.
@Suite("model and notebook samples", .enabled(if: ForeignSamples.isPresent))
struct ForeignSampleTests {
  @Test("models compute the outputs that are known, and learn", arguments: ForeignSamples.names("onnx"))
  func models(_ name: String) throws {
    let expected = try #require(ForeignSamples.expectation(name))
    let (input, output) = try (
      #require(OracleReader(expected).record("inputs").tensor("x")),
      #require(OracleReader(expected).record("outputs").tensor("y"))
    )
    let files = try ["m.onnx": ForeignSamples.bytes(name)]
    let (relative, absolute) = try (
      #require(OracleReader(expected).number("rtol")), #require(OracleReader(expected).number("atol"))
    )
    let found = try GraphTests.value(
      of: """
        m = load("m.onnx")
        x = \(input)
        y = m(x)
        wanted = \(output)
        ops = [node.op for node in m.graph.nodes]
        slope = grad(m -> sum(m(x)^2))(m)
        result = (
          all(abs(y - wanted) <= \(absolute) + \(relative) * abs(wanted)), y.dtype, join(ops, " "),
          len(params(m)) > 0, all([any(slope.weights[split(leaf.path, ".")[1]] != 0) for leaf in params(m)]))
        """, files: files)
    let operations = (expected["ops"] as? [String] ?? []).joined(separator: " ")
    #expect(found == "(true, \"f32\", \"\(operations)\", true, true)")
  }

  @Test("a notebook has the cells that are known", arguments: ForeignSamples.names("ipynb"))
  func notebooks(_ name: String) throws {
    let expected = try #require(ForeignSamples.expectation(name))
    let wanted = (expected["cells"] as? [[String: String]] ?? []).map { cell in
      let source = cell["source"] ?? ""
      guard cell["type"] == "markdown" else { return source }
      return source.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "#" : "# " + $0 }.joined(separator: "\n")
    }
    #expect(try SessionExport.cells(reading: ForeignSamples.bytes(name), named: "sample.ipynb") == wanted)
  }
}

/// Access to the samples of formats that only this module reads.
private enum ForeignSamples {
  private static let folder = OracleTests.folder.appendingPathComponent("../formats").standardized

  static let isPresent = FileManager.default.fileExists(
    atPath: folder.appendingPathComponent("expected.json").path)

  private static var files: [[String: Any]] {
    guard let data = try? Data(contentsOf: folder.appendingPathComponent("expected.json")),
      let json = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
    else { return [] }
    return json["files"] as? [[String: Any]] ?? []
  }

  static func names(_ kind: String) -> [String] {
    files.filter { $0["kind"] as? String == kind }.compactMap { $0["file"] as? String }
  }

  static func expectation(_ name: String) -> [String: Any]? { files.first { $0["file"] as? String == name } }

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appendingPathComponent(name)))
  }
}

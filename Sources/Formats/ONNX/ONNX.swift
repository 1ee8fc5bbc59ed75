import Tensors

/// Graphs of operations with their weights, as networks are exchanged between libraries.
public enum ONNX {
  /// What a file holds.
  public struct Model {
    /// The version of the operations' definitions.
    public internal(set) var opset = 0
    /// The operations, each behind those whose results it takes.
    public internal(set) var nodes: [Node] = []
    /// What the graph knows from the beginning, such as weights.
    public internal(set) var constants: [Constant] = []
    /// What the graph is given, without the constants.
    public internal(set) var inputs: [Input] = []
    /// Names of what it computes.
    public internal(set) var outputs: [String] = []
  }

  /// One operation.
  public struct Node {
    /// The operation's name, with its domain in front when that is not the usual one.
    public internal(set) var operation = ""
    /// The node's own name, which may be empty.
    public internal(set) var name = ""
    /// Names of what it takes; an optional one that is left out is empty.
    public internal(set) var inputs: [String] = []
    /// Names of what it computes.
    public internal(set) var outputs: [String] = []
    /// Its settings.
    public internal(set) var attributes: [(name: String, value: Attribute)] = []
  }

  /// A setting of an operation.
  public enum Attribute {
    case number(Double)
    case integer(Int)
    case text(String)
    case tensor(Constant)
    case numbers([Double])
    case integers([Int])
    case texts([String])
    /// A kind that is not read: a graph, or a list of tensors.
    case other
  }

  /// A tensor in the file.
  public struct Constant {
    /// What nodes call it.
    public internal(set) var name: String
    /// The elements: f32 for numbers of up to 32 bits, f64 for longer ones and for integers.
    public let tensor: Tensor
    /// Whether they are no integers or truth values.
    public let isFloating: Bool
  }

  /// Something that the graph is given.
  public struct Input {
    /// What nodes call it.
    public internal(set) var name = ""
    /// The lengths of its axes, nil where any will do; nil as a whole when nothing is said.
    public internal(set) var lengths: [Int?]?
    /// What its elements are; nil when they are integers or truth values.
    public internal(set) var dtype: DType?
  }

  /// What a file holds.
  ///
  /// Throws a ``FormatError`` when the bytes are no such model, name something before it is computed, or keep their
  /// weights in other files.
  public static func read(_ bytes: [UInt8]) throws(FormatError) -> Model {
    guard let first = bytes.first else { throw .empty }
    // The version of the format comes first, as field 1.
    guard first == 0x08 else { throw .signature(format: "onnx") }
    var model = Model()
    var hasGraph = false
    var reader = ProtobufReader(bytes[...])
    while let (number, value) = try reader.next() {
      switch number {
      case 7:
        try ONNXGraphReader.read(try ProtobufReader.bytes(value), into: &model)
        hasGraph = true
      case 8: try addOperators(try ProtobufReader.bytes(value), to: &model)
      default: break
      }
    }
    guard hasGraph else { throw .signature(format: "onnx") }
    try check(model)
    return model
  }

  private static func addOperators(_ bytes: ArraySlice<UInt8>, to model: inout Model) throws(FormatError) {
    var (domain, version) = ("", 0)
    var reader = ProtobufReader(bytes)
    while let (number, value) = try reader.next() {
      switch number {
      case 1: domain = try ProtobufReader.text(value)
      case 2: version = Int(try ProtobufReader.integer(value))
      default: break
      }
    }
    if usualDomains.contains(domain) { model.opset = version }
  }

  /// Names of the domain of ONNX's own operations.
  static let usualDomains: Set<String> = ["", "ai.onnx"]

  /// Throws unless names are given once, and before they are used.
  private static func check(_ model: Model) throws(FormatError) {
    var known: Set<String> = []
    for name in model.inputs.map(\.name) + model.constants.map(\.name) {
      guard known.insert(name).inserted else { throw malformed("\(name) is given twice") }
    }
    for node in model.nodes {
      let title = node.name.isEmpty ? node.operation : "\(node.name) (\(node.operation))"
      if let name = node.inputs.first(where: { !$0.isEmpty && !known.contains($0) }) {
        throw malformed("\(title) takes \(name), which nothing before it gives")
      }
      for name in node.outputs where !name.isEmpty {
        guard known.insert(name).inserted else { throw malformed("\(name) is given twice") }
      }
    }
    guard !model.outputs.isEmpty else { throw malformed("it has no outputs") }
    if let name = model.outputs.first(where: { !known.contains($0) }) {
      throw malformed("nothing gives its output \(name)")
    }
  }

  static func malformed(_ text: String) -> FormatError { .malformed(part: "the graph", text) }
}

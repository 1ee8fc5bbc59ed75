import Tensors

/// A function run forwards and backwards once, with everything that was seen on the way.
struct ExplainedRun {
  /// A variable or an operation, by the name its source gives it.
  struct Node {
    var name: String
    var value: Quantity
  }

  let trace: Trace
  /// In the order of the calculation, the variables first.
  let nodes: [Node]
  let variableCount: Int
  /// The name of what varies.
  let variableName: String
  /// What the function returned.
  let result: Quantity
  /// Whether nothing that varies had a part in the result.
  let isConstant: Bool
  /// In the order of the walk back.
  let steps: [BackwardStep]
  /// For each variable.
  let gradients: [Quantity]

  /// Filled by a closure while the function runs.
  private final class Log {
    var nodes: [Node] = []
  }

  /// Characters of source that name an operation.
  private static let nameLimit = 40

  init(_ call: DerivativeCall) throws {
    let argument = try Structure.map(call.checkedArgument()) { $0.concrete }
    let root = call.parameterName
    let leaves = try Structure.leaves(of: argument)
    let names = leaves.map { ExplainedRun.name(of: $0.path, in: root) }
    let (machine, log, trace) = (call.machine, Log(), Trace())
    trace.listener = { value in
      let position = log.nodes.count
      let name = position < names.count ? names[position] : ExplainedRun.sourceText(machine)
      log.nodes.append(Node(name: name, value: value.concrete))
    }
    defer {
      trace.listener = nil
      trace.close()
    }
    let variables = leaves.map { trace.variable($0.quantity) }
    let output = try Derivatives.single(call(Structure.rebuild(argument, with: variables)).unfixed, call)
    trace.close()
    var steps: [BackwardStep] = []
    gradients = try trace.gradients(of: output, cotangent: 1, for: variables) { steps.append($0) }
    variableName = root
    (result, isConstant) = (output.concrete, !output.isTraced)
    self.trace = trace
    self.steps = steps
    nodes = log.nodes
    variableCount = variables.count
  }

  /// `p` and `layers[0].w` make `p.layers[0].w`.
  private static func name(of path: String, in root: String) -> String {
    path.isEmpty || path.hasPrefix("[") ? root + path : "\(root).\(path)"
  }

  /// Whether the first bracket closes with the last character.
  private static func isWrapped(_ text: String) -> Bool {
    guard text.hasPrefix("("), text.hasSuffix(")") else { return false }
    var open = 0
    for character in text.dropLast() {
      if character == "(" { open += 1 } else if character == ")" { open -= 1 }
      if open == 0 { return false }
    }
    return true
  }

  /// The source of the operation that is running, on one line.
  static func sourceText(_ machine: Machine) -> String {
    guard let place = machine.currentPlace() else { return "" }
    let words = place.source.text(of: place.span).split { $0.isWhitespace }
    var text = words.joined(separator: " ")
    if isWrapped(text) { text = String(text.dropFirst().dropLast()) }
    return text.count > nameLimit ? text.prefix(nameLimit - 3) + "..." : text
  }
}

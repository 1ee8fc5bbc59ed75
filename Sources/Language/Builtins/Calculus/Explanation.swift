import Tensors

/// The chain rule on the user's own numbers: what a function computed, and how its gradient came back,
/// line by line.
struct Explanation {
  /// Lines of each part that are shown before the middle is left out.
  private static let lineLimit = 20

  private let run: ExplainedRun
  private var received: [Int: [Quantity]] = [:]
  private var forward: [String] = []
  private var backward: [String] = []

  init(_ run: ExplainedRun) throws {
    self.run = run
    for (index, node) in run.nodes.enumerated() {
      forward.append("  \(number(index))  \(title(of: index)) = \(ShortValue.text(node.value))")
    }
    for step in run.steps { try explain(step) }
    for variable in 0..<run.variableCount { noteSum(variable) }
  }

  /// All lines.
  var text: String {
    var lines = ["forward"] + Explanation.elided(forward)
    lines += ["backward: local derivative × incoming gradient"] + Explanation.elided(backward)
    lines.append("gradient")
    for (node, gradient) in zip(run.nodes, run.gradients) {
      lines.append("  \(node.name): \(ShortValue.text(gradient))")
    }
    return lines.joined(separator: "\n")
  }

  private static func elided(_ lines: [String]) -> [String] {
    guard lines.count > lineLimit else { return lines }
    let kept = lineLimit / 2
    return lines[..<kept] + ["  ... \(lines.count - 2 * kept) more lines ..."]
      + lines[(lines.count - kept)...]
  }
}

extension Explanation {
  /// The number of a node, aligned.
  private func number(_ index: Int) -> String {
    Display.padded("\(index + 1)", to: "\(run.nodes.count)".count, atLeft: true)
  }

  /// The source of an operation, with what is done where the source stands for several steps.
  private func title(of index: Int) -> String {
    let name = run.nodes[index].name
    guard index >= run.variableCount, let primitive = run.trace.operation(at: index).primitive else {
      return name
    }
    let isShared = [index - 1, index + 1].contains { neighbour in
      guard run.nodes.indices.contains(neighbour), run.nodes[neighbour].name == name else { return false }
      return run.trace.operation(at: neighbour).primitive?.name != primitive.name
    }
    return isShared ? "\(name), \(primitive.name)" : name
  }

  private mutating func explain(_ step: BackwardStep) throws {
    noteSum(step.node)
    let local = try LocalDerivative(step, run)
    let incoming = ShortValue.text(step.incoming)
    for (position, operand) in step.operands.enumerated() {
      let contribution = step.contributions[position].concrete
      received[operand, default: []].append(contribution)
      let result = ShortValue.text(contribution)
      let product =
        local.text(position).map { "\($0) × \(incoming) = \(result)" }
        ?? "\(local.name) passes on \(incoming) as \(result)"
      backward.append("  \(number(step.node))  \(product) → \(operand + 1)  \(title(of: operand))")
    }
  }

  /// Where several gradients meet they are added.
  private mutating func noteSum(_ node: Int) {
    guard let parts = received[node], parts.count > 1 else { return }
    guard let total = try? parts.dropFirst().reduce(parts[0], { try $0 + $1 }) else { return }
    let shown = parts.count > 4 ? "..." : parts.map(ShortValue.text).joined(separator: " + ")
    backward.append(
      "  \(number(node))  \(title(of: node)) receives \(parts.count) contributions: \(shown) = "
        + ShortValue.text(total))
  }
}

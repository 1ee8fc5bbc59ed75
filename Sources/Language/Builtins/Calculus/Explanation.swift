import Tensors

/// The chain rule on the user's own numbers: what a function computed, and how its gradient came back,
/// line by line.
struct Explanation {
  /// Lines of each part that are shown before the middle is left out.
  private static let lineLimit = 40

  private let run: ExplainedRun
  private var received: [Int: [Quantity]] = [:]
  private var forward: [String] = []
  private var backward: [String] = []

  init(_ run: ExplainedRun) throws {
    self.run = run
    for (index, node) in run.nodes.enumerated() {
      forward.append("  \(title(of: index)) = \(ShortValue.text(node.value))")
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
  /// The number of an operation and its source, with what it is where the source has several steps.
  private func title(of index: Int) -> String {
    let node = run.nodes[index]
    guard index >= run.variableCount else { return "\(index + 1)  \(node.name)" }
    let neighbours = [index - 1, index + 1].filter {
      run.nodes.indices.contains($0) && $0 >= run.variableCount
    }
    guard neighbours.contains(where: { run.nodes[$0].name == node.name }),
      let primitive = run.trace.operation(at: index).primitive
    else { return "\(index + 1)  \(node.name)" }
    return "\(index + 1)  \(node.name), \(primitive.name)"
  }

  private mutating func explain(_ step: BackwardStep) throws {
    noteSum(step.node)
    let local = try LocalDerivative(step, run)
    for (position, operand) in step.operands.enumerated() {
      let contribution = step.contributions[position].concrete
      received[operand, default: []].append(contribution)
      backward.append(
        "  \(step.node + 1)  \(local.text(position)) × \(ShortValue.text(step.incoming)) = "
          + "\(ShortValue.text(contribution)) → \(operand + 1)  \(run.nodes[operand].name)")
    }
  }

  /// Where several gradients meet they are added.
  private mutating func noteSum(_ node: Int) {
    guard let parts = received[node], parts.count > 1 else { return }
    guard let total = try? parts.dropFirst().reduce(parts[0], { try $0 + $1 }) else { return }
    let shown = parts.count > 4 ? "..." : parts.map(ShortValue.text).joined(separator: " + ")
    backward.append(
      "  \(node + 1)  \(run.nodes[node].name) receives \(parts.count) contributions: \(shown) = "
        + ShortValue.text(total))
  }
}

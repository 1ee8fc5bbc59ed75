import Tensors

/// The chain rule on the user's own numbers: what a function computed, and how its gradient came back,
/// line by line.
struct Explanation {
  /// Lines of each part that are shown before the middle is left out.
  private static let lineLimit = 20

  /// A line of the backward pass; its text is made only when it is shown.
  private enum Line {
    /// What a step, by its position, passes to one of its operands.
    case passing(step: Int, operand: Int)
    /// Where several gradients meet they are added.
    case sum(node: Int)
  }

  private let run: ExplainedRun
  private var backward: [Line] = []
  /// What each node received.
  private var received: [Int: [Quantity]] = [:]

  init(_ run: ExplainedRun) {
    self.run = run
    for (index, step) in run.steps.enumerated() {
      noteSum(step.node)
      for (position, operand) in step.operands.enumerated() {
        received[operand, default: []].append(step.contributions[position].concrete)
        backward.append(.passing(step: index, operand: position))
      }
    }
    for variable in 0..<run.variableCount { noteSum(variable) }
  }

  private mutating func noteSum(_ node: Int) {
    if let parts = received[node], parts.count > 1 { backward.append(.sum(node: node)) }
  }

  /// All lines.
  func text() throws -> String {
    var lines = ["forward"]
    lines += Explanation.elided(Array(run.nodes.indices)) {
      "  \(number($0))  \(title(of: $0)) = \(ShortValue.text(run.nodes[$0].value))"
    }
    if run.isConstant {
      lines.append("the result, \(ShortValue.text(run.result)), does not depend on \(run.variableName)")
    } else {
      lines.append("backward: local derivative × incoming gradient")
      lines += try Explanation.elided(backward, text)
    }
    lines.append("gradient")
    for (node, gradient) in zip(run.nodes, run.gradients) {
      lines.append("  \(node.name): \(ShortValue.text(gradient))")
    }
    return lines.joined(separator: "\n")
  }

  private static func elided<Item>(_ items: [Item], _ text: (Item) throws -> String) rethrows -> [String] {
    guard items.count > lineLimit else { return try items.map(text) }
    let kept = lineLimit / 2
    return try items.prefix(kept).map(text) + ["  ... \(items.count - 2 * kept) more lines ..."]
      + items.suffix(kept).map(text)
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

  private func text(_ line: Line) throws -> String {
    switch line {
    case .passing(let index, let position):
      let step = run.steps[index]
      let operand = step.operands[position]
      let local = try LocalDerivative(step, run)
      return "  \(number(step.node))  \(local.text(position)) → \(operand + 1)  \(title(of: operand))"
    case .sum(let node):
      let parts = received[node] ?? []
      let total = try parts.reduce(0) { try $0 + $1 }
      let shown = parts.count > 4 ? "..." : parts.map(ShortValue.text).joined(separator: " + ")
      return "  \(number(node))  \(title(of: node)) receives \(parts.count) contributions: \(shown) = "
        + ShortValue.text(total)
    }
  }
}

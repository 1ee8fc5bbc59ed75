extension Quantity {
  /// Sums of products in Einstein's notation: `"ij,jk->ik"` is the matrix product.
  ///
  /// A letter names an axis; axes of one letter walk together, and those that the result lacks are
  /// summed. `...` stands for any further axes, which broadcast. Without `->` the result has the
  /// letters that occur once, in alphabetical order.
  public static func einsum(_ equation: String, _ operands: [Quantity]) throws(TensorError) -> Quantity {
    var plan = try EinsumPlan(equation, operands)
    return try plan.contract()
  }
}

/// An equation of `einsum` with its operands, contracted two at a time.
private struct EinsumPlan {
  /// An operand and the labels of its axes; labels below zero are axes under the dots.
  struct Term {
    var value: Quantity
    var labels: [Int]
  }

  private var terms: [Term] = []
  private var output: [Int] = []
  /// The length that each label's axes have together.
  private var lengths: [Int: Int] = [:]

  init(_ equation: String, _ operands: [Quantity]) throws(TensorError) {
    let text = equation.filter { !$0.isWhitespace }
    let sides = text.split(separator: "->", omittingEmptySubsequences: false)
    guard sides.count <= 2 else { throw EinsumPlan.problem("-> may occur once") }
    let inputs = sides[0].split(separator: ",", omittingEmptySubsequences: false)
    guard inputs.count == operands.count else {
      throw EinsumPlan.problem("the equation speaks of \(inputs.count) operands, there are \(operands.count)")
    }
    var mostDots = 0
    for (input, operand) in zip(inputs, operands) {
      let labels = try EinsumPlan.labels(of: input, rank: operand.shape.rank)
      mostDots = max(mostDots, labels.count { $0 < 0 })
      terms.append(Term(value: operand, labels: labels))
    }
    for term in terms { try note(term) }
    if sides.count == 2 {
      output = try EinsumPlan.outputLabels(of: sides[1], dots: mostDots)
    } else {
      let all = terms.flatMap(\.labels)
      let once = Set(all.filter { label in label >= 0 && all.count { $0 == label } == 1 })
      output = (0..<mostDots).map { $0 - mostDots } + once.sorted()
    }
    if let unknown = output.first(where: { lengths[$0] == nil }) {
      throw EinsumPlan.problem("\(EinsumPlan.name(unknown)) of the result occurs in no operand")
    }
    guard Set(output).count == output.count else {
      throw EinsumPlan.problem("a letter occurs twice in the result")
    }
    try squeeze()
  }

  private static func problem(_ text: String) -> TensorError { .argument(operation: "einsum", text) }

  private static func name(_ label: Int) -> String {
    guard label >= 0, let scalar = Unicode.Scalar(UInt32(label)) else { return "..." }
    return String(Character(scalar))
  }

  /// The label of every axis of an operand of some rank; dots are filled up from the right.
  private static func labels(of text: Substring, rank: Int) throws(TensorError) -> [Int] {
    let (before, after, hasDots) = try letters(of: text)
    let dots = rank - before.count - after.count
    guard dots == 0 || dots > 0 && hasDots else {
      throw problem("\(text) names \(before.count + after.count) axes of an operand that has \(rank)")
    }
    return before + (0..<dots).map { $0 - dots } + after
  }

  private static func outputLabels(of text: Substring, dots: Int) throws(TensorError) -> [Int] {
    let (before, after, hasDots) = try letters(of: text)
    return before + (hasDots ? (0..<dots).map { $0 - dots } : []) + after
  }

  private static func letters(of text: Substring) throws(TensorError) -> (
    before: [Int], after: [Int], dots: Bool
  ) {
    let parts = text.split(separator: "...", omittingEmptySubsequences: false)
    guard parts.count <= 2 else { throw problem("... may occur once in \(text)") }
    var sides: [[Int]] = []
    for part in parts {
      guard part.unicodeScalars.allSatisfy({ $0.properties.isAlphabetic }) else {
        throw problem("axes are named by letters, not \(part)")
      }
      sides.append(part.unicodeScalars.map { Int($0.value) })
    }
    return (sides[0], sides.count == 2 ? sides[1] : [], sides.count == 2)
  }

  private mutating func note(_ term: Term) throws(TensorError) {
    for (axis, label) in term.labels.enumerated() {
      let length = term.value.shape[axis]
      let known = lengths[label] ?? 1
      guard known == 1 || length == 1 || known == length else {
        throw EinsumPlan.problem("\(EinsumPlan.name(label)) stands for axes of length \(known) and \(length)")
      }
      lengths[label] = known == 1 ? length : known
    }
  }

  /// Takes diagonals of repeated letters and drops axes of length 1 that broadcast.
  private mutating func squeeze() throws(TensorError) {
    for index in terms.indices {
      var term = terms[index]
      let kept = term.labels.indices.filter { term.value.shape[$0] == lengths[term.labels[$0]] }
      if kept.count < term.labels.count {
        term.value = try term.value.reshaped(to: Shape(unchecked: kept.map { term.value.shape[$0] }))
        term.labels = kept.map { term.labels[$0] }
      }
      terms[index] = try term.diagonal()
    }
  }

  /// The result: pairs are joined, the smallest results first.
  mutating func contract() throws(TensorError) -> Quantity {
    while terms.count > 1 {
      let (first, second) = cheapestPair()
      let others = terms.indices.filter { $0 != first && $0 != second }
      let wanted = Set(output).union(others.flatMap { terms[$0].labels })
      let joined = try terms[first].summed(keeping: wanted.union(terms[second].labels))
        .joined(with: terms[second].summed(keeping: wanted.union(terms[first].labels)), keeping: wanted)
      terms = others.map { terms[$0] } + [joined]
    }
    guard let last = terms.first else { throw EinsumPlan.problem("there are no operands") }
    return try last.summed(keeping: Set(output)).arranged(as: output)
  }

  private func cheapestPair() -> (Int, Int) {
    if terms.count == 2 { return (0, 1) }
    var best = (0, 1)
    var least = Double.infinity
    for first in terms.indices {
      for second in terms.indices where second > first {
        let labels = Set(terms[first].labels).union(terms[second].labels)
        let cost = labels.reduce(1.0) { $0 * Double(lengths[$1] ?? 1) }
        if cost < least { (best, least) = ((first, second), cost) }
      }
    }
    return best
  }
}

extension EinsumPlan.Term {
  /// With one axis for every letter.
  fileprivate func diagonal() throws(TensorError) -> Self {
    var distinct: [Int] = []
    for label in labels where !distinct.contains(label) { distinct.append(label) }
    if distinct.count == labels.count { return self }
    let steps = value.shape.strides
    let lengths = distinct.map { label in labels.firstIndex(of: label).map { value.shape[$0] } ?? 1 }
    let together = distinct.map { label in
      labels.indices.reduce(0) { labels[$1] == label ? $0 + steps[$1] : $0 }
    }
    let selection = Selection(
      source: value.shape, shape: Shape(unchecked: lengths), layout: .strided(0, together))
    return Self(value: try IndexRead(selection)(value), labels: distinct)
  }

  /// Summed over what nobody asks for.
  fileprivate func summed(keeping wanted: Set<Int>) throws(TensorError) -> Self {
    let axes = labels.indices.filter { !wanted.contains(labels[$0]) }
    if axes.isEmpty { return self }
    return Self(value: try value.sum(axes: Array(axes)), labels: labels.filter(wanted.contains))
  }

  /// The product with another term, summed over the common letters that are not wanted any more.
  fileprivate func joined(with other: Self, keeping wanted: Set<Int>) throws(TensorError) -> Self {
    let common = labels.filter(other.labels.contains)
    let batch = common.filter(wanted.contains)
    let contracted = common.filter { !wanted.contains($0) }
    let mine = labels.filter { !common.contains($0) }
    let theirs = other.labels.filter { !common.contains($0) }
    let result = batch + mine + theirs
    let lengths = result.map { length(of: $0) ?? other.length(of: $0) ?? 1 }
    let shape = try Shape(checking: lengths)
    if contracted.isEmpty {
      let left = try spread(to: result)
      return Self(value: try left * other.spread(to: result), labels: result)
    }
    let left = try grouped(batch, mine, contracted)
    let right = try other.grouped(batch, theirs, contracted)
    let product = try left.matrix.matrixProduct(
      right.matrix, transposeA: left.isTransposed, transposeB: !right.isTransposed)
    return Self(value: try product.reshaped(to: shape), labels: result)
  }

  fileprivate func length(of label: Int) -> Int? { labels.firstIndex(of: label).map { value.shape[$0] } }

  /// As a stack of matrices [free, contracted]; transposed where that saves moving the elements.
  private func grouped(
    _ batch: [Int], _ free: [Int], _ contracted: [Int]
  ) throws(TensorError) -> (matrix: Quantity, isTransposed: Bool) {
    func count(_ labels: [Int]) -> Int { labels.reduce(1) { $0 * (length(of: $1) ?? 1) } }
    let isTransposed = labels == batch + contracted + free && labels != batch + free + contracted
    let order = isTransposed ? labels : batch + free + contracted
    let last = isTransposed ? [count(contracted), count(free)] : [count(free), count(contracted)]
    let lengths = (batch.isEmpty ? [] : [count(batch)]) + last
    return (try arranged(as: order).reshaped(to: Shape(checking: lengths)), isTransposed)
  }

  /// With axes of length 1 for letters it lacks, in this order.
  private func spread(to order: [Int]) throws(TensorError) -> Quantity {
    let arranged = try arranged(as: order.filter(labels.contains))
    return try arranged.reshaped(to: Shape(checking: order.map { length(of: $0) ?? 1 }))
  }

  /// With its axes in this order.
  fileprivate func arranged(as order: [Int]) throws(TensorError) -> Quantity {
    try value.permute(order.compactMap { labels.firstIndex(of: $0) })
  }
}

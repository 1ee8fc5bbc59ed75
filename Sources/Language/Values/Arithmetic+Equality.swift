import Tensors

extension Arithmetic {
  /// Whether two values are the same in form and content, with nan equal to nan and 0 to -0.
  ///
  /// Functions are the same when they are one object or one builtin; the precision of floats does
  /// not count.
  static func same(_ a: Value, _ b: Value) -> Bool {
    isEqual(a, b, distinguishesTruth: true) { $0 == $1 || ($0 != $0 && $1 != $1) }
  }

  /// Whether two values are equal as a whole: what `==` means for anything but tensors and text
  /// vectors. `agree` decides about numbers.
  ///
  /// It keeps its own stack and a memory of the pairs of containers it has seen, so that neither
  /// deep nor shared structures can hurt it.
  static func isEqual(
    _ a: Value, _ b: Value, distinguishesTruth: Bool = false,
    _ agree: (Double, Double) -> Bool = { $0 == $1 }
  ) -> Bool {
    var pending = [(a.unfixed, b.unfixed)]
    var seen: Set<ContainerPair> = []
    while let (x, y) = pending.popLast() {
      if let first = Container(x), let second = Container(y) {
        guard first.matches(second) else { return false }
        // Pairs that turn out different end the whole comparison, so a pair seen before is equal.
        guard first.depth < 3 || seen.insert(ContainerPair(first, second)).inserted else { continue }
        for position in 0..<first.count {
          pending.append((first[position].unfixed, second[position].unfixed))
        }
      } else if let first = x.quantity?.concrete, let second = y.quantity?.concrete {
        guard !distinguishesTruth || x.isTruth == y.isTruth, isEqual(first, second, agree) else {
          return false
        }
      } else if case .table(let first) = x, case .table(let second) = y {
        guard first.names == second.names, first.rowCount == second.rowCount else { return false }
        for (left, right) in zip(first.columns, second.columns) { pending.append((left.value, right.value)) }
      } else if !isEqualLeaf(x, y) {
        return false
      }
    }
    return true
  }

  private static func isEqual(_ x: Quantity, _ y: Quantity, _ agree: (Double, Double) -> Bool) -> Bool {
    switch (x, y) {
    case (.number(let x), .number(let y)): return agree(x, y)
    case (.tensor(let x), .tensor(let y)):
      guard x.shape == y.shape else { return false }
      // Ranges are told apart by their ends, however long they are.
      if let first = x.sequenceStart, let second = y.sequenceStart { return x.count == 0 || first == second }
      guard let left = try? x.doubles(), let right = try? y.doubles() else {
        return (0..<x.count).allSatisfy { !Threads.isInterrupted && agree(x[flat: $0], y[flat: $0]) }
      }
      return zip(left, right).allSatisfy(agree)
    case (.number, .tensor), (.tensor, .number), (.traced, _), (_, .traced): return false
    }
  }

  private static func isEqualLeaf(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.none, .none): true
    case (.string(let x), .string(let y)): x == y
    case (.text(let x), .text(let y)): x.items == y.items
    case (.function(let x), .function(let y)): isEqual(x, y)
    default: false
    }
  }

  private static func isEqual(_ f: Function, _ g: Function) -> Bool {
    if case .builtin(let first) = f.body, case .builtin(let second) = g.body { return first === second }
    return f === g
  }
}

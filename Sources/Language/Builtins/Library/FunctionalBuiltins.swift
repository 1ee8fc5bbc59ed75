import Tensors

/// Functions applied to the items of collections.
extension BuiltinTable {
  static let functionalBuiltins: [Builtin] = [
    Builtin(
      "map(f, collection)", .structure,
      "Results of a function for every item; the two stand in either order.",
      convention: "a list for a list, a record for a record, otherwise as [f(x) for x in xs]",
      example: """
        map(v -> v^2, [1, 2, 3])
        #> [1, 4, 9]
        map((1, "a"), type)
        #> ("number", "string")
        """
    ) { call in
      let (function, collection) = try call.functionAndCollection()
      if case .record(let record) = collection {
        var results: [Value] = []
        for value in record.values { results.append(try call.machine.call(function, [value.unfixed])) }
        return .record(try Record(record.layout, results))
      }
      var results: [Value] = []
      for item in try call.items(of: collection) { results.append(try call.machine.call(function, [item])) }
      return try Collections.collect(results, like: collection, call.state.precision)
    },
    Builtin(
      "filter(condition, collection)", .structure,
      "Items for which a function is true; the two stand in either order.",
      example: """
        filter(v -> v > 1, [1, 2, 3])
        #> [2, 3]
        """
    ) { call in
      let (function, collection) = try call.functionAndCollection()
      var kept: [Int] = []
      let items = try call.items(of: collection)
      for (index, item) in items.enumerated() {
        guard case .bool(let isKept) = try call.machine.call(function, [item]) else {
          throw Diagnostic("filter: the function must return true or false", kind: .type, hint: "x -> x > 0")
        }
        if isKept { kept.append(index) }
      }
      return try Collections.picked(kept, of: collection, items)
    },
    Builtin(
      "reduce(f, collection, start: none)", .structure,
      "Items combined two by two from the left; function and collection stand in either order.",
      example: """
        reduce((a, b) -> a * b, [1, 2, 3, 4])
        #> 24
        reduce((text, n) -> text ++ str(n), (1, 2), "n")
        #> "n12"
        """
    ) { call in
      let (function, collection) = try call.functionAndCollection()
      var items = try call.items(of: collection)[...]
      guard var result = call.isMissing(2) ? items.popFirst() : call[2] else {
        throw Diagnostic("reduce of nothing has no answer", hint: "give a start: reduce(f, xs, 0)")
      }
      for item in items { result = try call.machine.call(function, [result, item]) }
      return result
    },
    Builtin(
      "sort_by(collection, key, descending: false)", .structure,
      "Items in the order of what a function says about them; the two stand in either order.",
      convention: "items with equal keys keep their order; keys are numbers or strings",
      example: """
        sort_by(("pear", "fig", "apple"), len)
        #> ("fig", "pear", "apple")
        """
    ) { call in
      let (function, collection) = try call.functionAndCollection()
      let items = try call.items(of: collection)
      var keys: [Value] = []
      for item in items { keys.append(try call.machine.call(function, [item])) }
      let order = try Ordering.sorted(keys, descending: try call.bool(2))
      return try Collections.picked(order, of: collection, items)
    },
  ]
}

extension Call {
  /// The items of a value that is known to be the collection.
  fileprivate func items(of collection: Value) throws -> [Value] {
    guard let items = try Collections.items(collection) else {
      throw Diagnostic(
        "\(builtin.name): the collection must be a tensor, a list, a text vector or a string, not \(collection.kind)",
        kind: .type)
    }
    return items
  }
}

/// Orders of values that can be compared.
enum Ordering {
  /// The positions of keys, which are all numbers or all strings, in ascending order; equal keys
  /// keep their order and nan comes last.
  static func sorted(_ keys: [Value], descending: Bool) throws(Diagnostic) -> [Int] {
    let strings = keys.compactMap { if case .string(let string) = $0 { string } else { nil } }
    if strings.count == keys.count { return sorted(strings, descending: descending) { $0 < $1 } }
    var numbers: [Double] = []
    for key in keys {
      guard case .number(let number)? = key.quantity?.concrete else {
        throw Diagnostic(
          "only numbers, or only strings, can be put in order, not \(key.kind)", kind: .type,
          hint: "sort_by(xs, x -> …) sorts by a number or a string for each item")
      }
      numbers.append(number)
    }
    return sorted(numbers, descending: descending) { $0 < $1 || $1.isNaN && !$0.isNaN }
  }

  /// The positions of keys in order; equal ones keep theirs.
  static func sorted<Key>(_ keys: [Key], descending: Bool, by precedes: (Key, Key) -> Bool) -> [Int] {
    keys.indices.sorted { a, b in
      if precedes(keys[a], keys[b]) { return !descending }
      if precedes(keys[b], keys[a]) { return descending }
      return a < b
    }
  }
}

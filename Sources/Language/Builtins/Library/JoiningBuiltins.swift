import Tensors

/// Tensors put together and taken apart.
extension BuiltinTable {
  static let joiningBuiltins: [Builtin] = [
    Builtin(
      "concat(...tensors, axis: 0)", .shape, "Tensors joined end to end along an axis.",
      gradient: "each tensor gets its part",
      convention: "takes several tensors or one list of them",
      example: """
        concat([1, 2], [3])
        #> [1, 2, 3]
        concat([[1], [2]], [[3], [4]], axis: 1)[1]
        #> [2, 4]
        """
    ) { call in Value(try Quantity.concat(call.tensors(0), axis: call.integer(1))) },
    Builtin(
      "stack(...tensors, axis: 0)", .shape, "Tensors of one shape side by side along a new axis.",
      gradient: "each tensor gets its part",
      convention: "takes several tensors or one list of them",
      example: """
        stack([1, 2], [3, 4], axis: 1)[0]
        #> [1, 3]
        """
    ) { call in Value(try Quantity.stack(call.tensors(0), axis: call.integer(1))) },
    Builtin(
      "chunk(x, count, axis: 0)", .shape, "Parts of nearly equal length along an axis, as a list.",
      gradient: "joined again",
      example: """
        chunk(0..<5, 2)
        #> ([0, 1, 2], [3, 4])
        """
    ) { call in
      .list(
        try List(
          try call.quantity(0).chunk(call.length(1, limit: Call.itemLimit), axis: call.integer(2)).map {
            Value($0)
          }))
    },
    Builtin(
      "append(x, value)", .shape, "Sequence with one more item at its end.",
      gradient: "each item gets its part",
      example: """
        append([1, 2], 3)
        #> [1, 2, 3]
        append((1, "a"), none)
        #> (1, "a", none)
        """
    ) { call in
      switch call[0] {
      case .list(let list): return .list(try List(list.items + [call[1]]))
      case .text(let vector):
        guard case .string(let string) = call[1] else { throw call.wrong(1, "a string") }
        return .text(TextVector(vector.items + [string]))
      case .tensor(let tensor) where tensor.shape == [0] && call[1].quantity == nil:
        return try BracketRule.collect([call[1]], precision: call.state.precision)
      default:
        var target = try call.quantity(0)
        try Quantity.append(&target, call.quantity(1))
        return Value(target)
      }
    },
  ]
}

extension Call {
  /// Tensors given one by one or as one list.
  func tensors(_ position: Int) throws -> [Quantity] {
    var items = try rest(position)
    if items.count == 1, case .list(let list) = items[0] { items = list.items.map(\.unfixed) }
    return try items.map { item in
      guard let quantity = item.quantity else {
        throw Diagnostic("\(builtin.name) takes tensors, not \(item.kind)", kind: .type)
      }
      return quantity
    }
  }
}

import Tensors

/// Choosing elements, and putting them in order.
extension BuiltinTable {
  static let selectionBuiltins: [Builtin] = choosing + ordering

  private static let choosing: [Builtin] = [
    Builtin(
      "take(x, indices, axis: none)", .shape,
      "Elements at given positions, of the flattened tensor or along an axis.",
      gradient: "goes back to the chosen positions",
      example: """
        take([10, 20, 30], [2, 0])
        #> [30, 10]
        """
    ) { call in Value(try call.quantity(0).take(call.indices(1), axis: call.oneAxis(2))) },
    Builtin(
      "take_along(x, indices, axis: -1)", .shape,
      "For every line along an axis the elements that its own indices name.",
      gradient: "goes back to the chosen positions",
      example: """
        take_along([[5, 6], [7, 8]], [[1], [0]])
        #> [2, 1] f64
        #>   6
        #>   7
        """
    ) { call in Value(try call.quantity(0).takeAlong(call.indices(1), axis: call.integer(2))) },
    Builtin(
      "scatter_add(x, indices, values, axis: 0)", .shape,
      "Values added to the entries that indices list; repeated ones accumulate.",
      gradient: "the incoming one for x, taken at indices for values",
      example: """
        scatter_add(zeros(3), [0, 2, 2], [1, 1, 1])
        #> [1, 0, 2]
        """
    ) { call in
      Value(try call.quantity(0).scatterAdd(call.indices(1), call.quantity(2), axis: call.integer(3)))
    },
    Builtin(
      "diff(x, n: 1, axis: -1)", .shape, "Differences of neighbours, n times over.",
      formula: "x[i + 1] - x[i]",
      gradient: "differences of the incoming one, with the other sign",
      example: """
        diff([1, 4, 9, 16])
        #> [3, 5, 7]
        """
    ) { call in
      Value(try call.quantity(0).diff(call.length(1), axis: call.integer(2)))
    },
    Builtin(
      "interp(x, xs, ys)", .shape, "Values at x on the broken line through the points (xs, ys).",
      gradient: "the slope of the line for x; its two ends get their shares in ys",
      convention: "xs ascend; outside of them the end values hold",
      example: """
        interp([0.5, 5], [0, 1], [10, 20])
        #> [15, 20]
        """
    ) { call in Value(try call.quantity(0).interp(call.quantity(1), call.quantity(2))) },
  ]

  private static let ordering: [Builtin] = [
    Builtin(
      "sort(x, axis: -1, descending: false)", .shape, "Elements in ascending order along an axis.",
      gradient: "goes back to where the elements stood",
      convention: "nan comes last; missing texts come last",
      example: """
        sort([3, 1, 2], descending: true)
        #> [3, 2, 1]
        sort(["b", "a"])
        #> ["a", "b"]
        """
    ) { call in
      let isDescending = try call.bool(2)
      if case .text(let vector) = call[0] {
        let order = Ordering.texts(vector, descending: isDescending)
        return .text(TextVector(order.map { vector.items[$0] }))
      }
      if case .list(let list) = call[0] {
        let order = try Ordering.sorted(list.items.map(\.unfixed), descending: isDescending)
        return .list(try List(order.map { list.items[$0] }))
      }
      return Value(try call.quantity(0).sort(axis: call.integer(1), descending: isDescending))
    },
    Builtin(
      "argsort(x, axis: -1, descending: false)", .shape,
      "Positions that put the elements in order along an axis.",
      convention: "equal elements keep their order; nan comes last",
      example: """
        argsort([30, 10, 20])
        #> [1, 2, 0]
        """
    ) { call in
      let isDescending = try call.bool(2)
      if case .text(let vector) = call[0] {
        return .tensor(try Tensor(Ordering.texts(vector, descending: isDescending).map(Double.init)))
      }
      return Value(try call.quantity(0).argsort(axis: call.integer(1), descending: isDescending))
    },
    Builtin(
      "topk(x, k, axis: -1, largest: true)", .shape,
      "The k largest elements along an axis, as (values, indices).",
      gradient: "goes back to where the elements stood",
      example: """
        (values, indices) = topk([3, 9, 5], 2)
        values
        #> [9, 5]
        indices
        #> [1, 2]
        """
    ) { call in
      let (values, positions) = try call.quantity(0).topk(
        call.count(1), axis: call.integer(2), smallest: !call.bool(3))
      return .list(try List([Value(values), Value(positions)]))
    },
    Builtin(
      "unique(x)", .shape, "Different elements, in ascending order; those of a list as they first occur.",
      gradient: "goes to one of the equal elements",
      convention: "elements of a list are equal as same says; a missing text comes last",
      example: """
        unique([3, 1, 3, 2])
        #> [1, 2, 3]
        unique(["b", "a", "b"])
        #> ["a", "b"]
        unique((2, "a", 2, 1))
        #> (2, "a", 1)
        """
    ) { call in
      if case .text(let vector) = call[0] {
        let texts = TextVector(Set(vector.items))
        return .text(TextVector(Ordering.texts(texts, descending: false).map { texts.items[$0] }))
      }
      if case .list(let list) = call[0] {
        return .list(try List(Collections.distinct(list.items.map(\.unfixed))))
      }
      return Value(try call.quantity(0).unique().values)
    },
  ]
}

extension Call {
  /// A tensor of whole numbers.
  func indices(_ position: Int) throws -> Tensor {
    if let list = try Call.integers(self[position]) { return try Tensor(list.map(Double.init)) }
    return try plainTensor(position)
  }
}

extension Quantity {
  /// Its plain tensor; of one element for a number.
  func plainTensor() throws(TensorError) -> Tensor {
    if case .tensor(let tensor) = concrete { return tensor }
    return try Tensor(numbers())
  }
}

extension Ordering {
  /// The positions of texts in alphabetical order, missing ones last.
  static func texts(_ vector: TextVector, descending: Bool) -> [Int] {
    let present = vector.items.indices.filter { vector.items[$0] != nil }
    let order = sorted(present.map { vector.items[$0] ?? "" }, descending: descending) { $0 < $1 }
    return order.map { present[$0] } + vector.items.indices.filter { vector.items[$0] == nil }
  }
}

extension Collections {
  /// The items of a collection at the given positions, as a collection of the same kind.
  static func picked(_ positions: [Int], of source: Value, _ items: [Value]) throws -> Value {
    switch source {
    case .text(let vector): .text(TextVector(positions.map { vector.items[$0] }))
    case .tensor, .traced:
      Value(try (source.quantity ?? 0).take(Tensor(positions.map(Double.init)), axis: 0))
    case .table(let table): .table(try table.picking(positions))
    case .string: .string(positions.map { Display.full(items[$0]) }.joined())
    default: .list(try List(positions.map { items[$0] }))
    }
  }
}

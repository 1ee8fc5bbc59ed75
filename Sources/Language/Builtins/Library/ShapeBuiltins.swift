import Tensors

/// The same elements in another arrangement.
extension BuiltinTable {
  static let shapeBuiltins: [Builtin] = [
    Builtin(
      "reshape(x, ...shape)", .shape, "Same elements in the same order under another shape.",
      gradient: "the incoming one in the shape of x",
      convention: "one length may be -1: whatever is left",
      example: """
        reshape(0..<6, 2, -1).shape
        #> [2, 3]
        """
    ) { call in Value(try call.quantity(0).reshape(call.lengths(1))) },
    Builtin(
      "transpose(x)", .shape, "Axes in reverse order, as x.T.",
      gradient: "the transposed incoming one",
      example: """
        transpose([[1, 2], [3, 4]])[0]
        #> [1, 3]
        """
    ) { call in Value(try call.quantity(0).transpose()) },
    Builtin(
      "permute(x, ...axes)", .shape, "Axes in a given order.",
      gradient: "the incoming one with its axes put back",
      example: """
        permute(zeros(2, 3, 4), 2, 0, 1).shape
        #> [4, 2, 3]
        """
    ) { call in Value(try call.quantity(0).permute(call.lengths(1))) },
    Builtin(
      "squeeze(x, axis: none)", .shape, "Shape without axes of length 1.",
      gradient: "the incoming one in the shape of x",
      example: """
        squeeze(zeros(1, 3, 1)).shape
        #> [3]
        """
    ) { call in Value(try call.quantity(0).squeeze(axes: call.axes(1))) },
    Builtin(
      "expand_dims(x, axis)", .shape, "Shape with a new axis of length 1.",
      gradient: "the incoming one in the shape of x",
      example: """
        expand_dims([1, 2, 3], 0).shape
        #> [1, 3]
        """
    ) { call in Value(try call.quantity(0).expandDims(call.integer(1))) },
    Builtin(
      "broadcast_to(x, ...shape)", .shape, "Elements repeated along axes of length 1 and new ones.",
      gradient: "summed over the repeated axes",
      example: """
        broadcast_to([1, 2], 3, 2).shape
        #> [3, 2]
        """
    ) { call in Value(try call.quantity(0).broadcast(to: call.shape(1))) },
    Builtin(
      "flatten(x, axis: 1)", .shape, "Axes from one on joined into one; a layer that makes rows of pictures.",
      gradient: "the incoming one in the shape of x",
      example: """
        flatten(zeros(5, 2, 3)).shape
        #> [5, 6]
        """
    ) { call in
      Value(try call.quantity(0).flatten(from: call.integer(1)))
    },
    Builtin(
      "flip(x, axis: none)", .shape, "Elements in reverse order, along all axes or some.",
      gradient: "turned back",
      example: """
        flip([1, 2, 3])
        #> [3, 2, 1]
        """
    ) { call in Value(try call.quantity(0).flip(axes: call.axes(1))) },
    Builtin(
      "roll(x, shift, axis: none)", .shape,
      "Elements moved along an axis; what leaves at one end enters at the other.",
      gradient: "moved back",
      convention: "without axis, the flattened elements move",
      example: """
        roll([1, 2, 3, 4], 1)
        #> [4, 1, 2, 3]
        """
    ) { call in Value(try call.quantity(0).roll(call.integer(1), axis: call.oneAxis(2))) },
    Builtin(
      "pad(x, widths, value: 0)", .shape, "Elements put around a tensor.",
      gradient: "that of the part where x stands; the sum of the rest for value",
      convention: "widths are a number for every side, or for each axis (before, after)",
      example: """
        pad([1, 2], 1)
        #> [0, 1, 2, 0]
        pad([1, 2], ((0, 2),))
        #> [1, 2, 0, 0]
        """
    ) { call in
      let (x, value) = (try call.quantity(0), try call.scalar(2))
      let widths = try widths(call, rank: x.shape.rank)
      guard value.isTraced else { return Value(try x.pad(widths, value: value.double)) }
      let isAround = try Quantity.zeros(x.shape, .bool).pad(widths, value: 1)
      return Value(try .where(isAround, value, x.pad(widths)))
    },
    Builtin(
      "tile(x, ...counts)", .shape, "Whole tensor repeated along its axes.",
      gradient: "summed over the copies",
      example: """
        tile([1, 2], 2)
        #> [1, 2, 1, 2]
        """
    ) { call in Value(try call.quantity(0).tile(call.lengths(1))) },
    Builtin(
      "repeat_each(x, count, axis: none)", .shape, "Each element repeated in place.",
      gradient: "summed over the copies",
      convention: "without axis, the flattened elements",
      example: """
        repeat_each([1, 2], 2)
        #> [1, 1, 2, 2]
        """
    ) { call in Value(try call.quantity(0).repeatEach(call.length(1), axis: call.oneAxis(2))) },
  ]

  /// How much to put before and after each axis.
  private static func widths(_ call: borrowing Call, rank: Int) throws -> [(before: Int, after: Int)] {
    if call[1].quantity?.shape.rank == 0 {
      let width = try call.count(1)
      return Array(repeating: (width, width), count: rank)
    }
    let pairs = rank == 1 ? "a pair (before, after)" : "\(rank) pairs (before, after)"
    guard !call[1].isString, let rows = try Collections.items(call[1]) else {
      throw call.wrong(1, "a number or \(pairs)")
    }
    let numbers = try rows.map { try Call.integers($0) ?? [] }
    // One pair of numbers serves a vector.
    if rank == 1, numbers.count == 2, numbers.allSatisfy({ $0.count == 1 }) {
      return [(numbers[0][0], numbers[1][0])]
    }
    guard numbers.count == rank, numbers.allSatisfy({ $0.count == 2 }) else {
      throw Diagnostic("pad: widths must be a number or \(pairs)", kind: .argument)
    }
    return numbers.map { ($0[0], $0[1]) }
  }
}

extension Call {
  /// Whole numbers given one by one or as one list.
  func lengths(_ position: Int) throws -> [Int] {
    let items = try rest(position)
    if items.count == 1, let lengths = try Call.integers(items[0]) { return lengths }
    return try items.map { item in
      guard let numbers = try Call.integers(item), numbers.count == 1 else {
        throw Diagnostic(
          "\(builtin.name): \(name(position)) must be whole numbers, not \(item.kind)", kind: .type)
      }
      return numbers[0]
    }
  }
}

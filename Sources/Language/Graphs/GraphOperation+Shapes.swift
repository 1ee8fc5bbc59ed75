import Tensors

/// Operations that move elements about, or pick some.
extension GraphOperation {
  static let shapes = [
    GraphOperation("Identity") { try $0.input(0) },
    // Learning with a graph is learning with all its numbers.
    GraphOperation("Dropout") { try $0.input(0) },
    GraphOperation("Constant") { try constant($0) },
    GraphOperation("Shape") { step in
      let x = try step.input(0)
      let lengths = Quantity.tensor(try Tensor(x.shape.array.map { Double($0) }))
      let (start, end) = (try step.integer("start", 0), try step.integer("end", x.shape.rank))
      return try lengths.indexed([.slice(start: start, stop: end, step: 1)])
    },
    GraphOperation("Cast") { try cast($0) },
    GraphOperation("Flatten") { step in try flattened(step.input(0), at: step.integer("axis", 1)) },
    GraphOperation("Reshape") { step in
      let x = try step.input(0)
      var lengths = try step.integersInput(1) ?? step.integers("shape") ?? []
      if try !step.flag("allowzero") {
        // Zero stands for the length there was.
        for axis in lengths.indices where lengths[axis] == 0 && axis < x.shape.rank {
          lengths[axis] = x.shape[axis]
        }
      }
      return try x.reshape(lengths)
    },
    GraphOperation("Transpose") { step in
      let x = try step.input(0)
      return try x.permute(step.integers("perm") ?? (0..<x.shape.rank).reversed())
    },
    GraphOperation("Squeeze") { step in try step.input(0).squeeze(axes: step.axes(input: 1)) },
    GraphOperation("Unsqueeze") { step in
      var x = try step.input(0)
      let axes = try step.axes(input: 1) ?? []
      let rank = x.shape.rank + axes.count
      for axis in axes.map({ $0 < 0 ? $0 + rank : $0 }).sorted() { x = try x.expandDims(axis) }
      return x
    },
    GraphOperation("Concat") { step in
      let parts = try step.inputs.indices.map { try step.input($0) }
      return try .concat(parts, axis: step.integer("axis", 0))
    },
    GraphOperation("Expand") { step in
      let x = try step.input(0)
      let target = try Shape(checking: step.integersInput(1) ?? [])
      return try x.broadcast(to: x.shape.broadcast(with: target), step.dtype)
    },
    GraphOperation("Pad") { step in
      let x = try step.input(0)
      guard try step.text("mode", "constant") == "constant" else {
        throw Diagnostic("only the mode constant is supported", kind: .type)
      }
      guard step.optional(3) == nil else { throw Diagnostic("its axes are not supported", kind: .type) }
      let widths = try step.integersInput(1) ?? step.integers("pads") ?? []
      guard widths.count == 2 * x.shape.rank else {
        throw Diagnostic("it has \(widths.count) pads for \(x.shape.rank) axes", kind: .argument)
      }
      let value = try step.optional(2)?.concrete.numbers().first ?? step.number("value", 0)
      return try x.pad((0..<x.shape.rank).map { (widths[$0], widths[$0 + x.shape.rank]) }, value: value)
    },
  ]

  private static func constant(_ step: GraphStep) throws -> Quantity {
    for name in ["value", "value_float", "value_int", "value_floats", "value_ints"] {
      guard let value = step.settings?[name]?.quantity else { continue }
      return name == "value_floats" ? try value.cast(to: step.dtype) : value
    }
    throw Diagnostic("it has no value that is a number or a tensor", kind: .type)
  }

  /// Integers are f64, which holds those that shapes and positions are made of.
  private static func cast(_ step: GraphStep) throws -> Quantity {
    let x = try step.input(0)
    switch try step.integer("to", 1) {
    case 1, 10, 16: return try x.cast(to: step.dtype)
    case 11: return try x.cast(to: .f64)
    case 9: return try BooleanTable.notEqual(x, 0)
    default: return try ElementwiseTable.trunc(x.cast(to: .f64))
    }
  }

  static let selections = [
    GraphOperation("Gather") { step in
      let x = try step.input(0)
      let axis = try x.shape.axis(step.integer("axis", 0))
      switch try step.input(1).concrete {
      case .tensor(let indices): return try x.take(indices, axis: axis)
      case .number, .traced:
        let position = try step.integersInput(1)?.first ?? 0
        return try x.indexed(Array(repeating: .all, count: axis) + [.at(position)])
      }
    },
    GraphOperation("Slice") { try sliced($0) },
    GraphOperation(severalResultsOf: "Split") { step in
      let x = try step.input(0)
      let axis = try x.shape.axis(step.integer("axis", 0))
      let given = try step.integers("split") ?? step.integersInput(1)
      let lengths = given ?? equalLengths(x.shape[axis], parts: step.outputCount)
      guard lengths.allSatisfy({ $0 >= 0 && $0 <= x.shape[axis] }), lengths.reduce(0, +) == x.shape[axis]
      else {
        throw Diagnostic("parts of \(lengths) do not make up axis \(axis) of \(x.shape)", kind: .shape)
      }
      var ends: [Int] = []
      for length in lengths.dropLast() { ends.append((ends.last ?? 0) + length) }
      return try x.split(at: ends, axis: axis)
    },
  ]

  /// Parts of one length, the last one shorter where it does not divide.
  private static func equalLengths(_ length: Int, parts: Int) -> [Int] {
    let each = (length + parts - 1) / max(1, parts)
    return (0..<parts).map { min(each, max(0, length - $0 * each)) }
  }

  private static func sliced(_ step: GraphStep) throws -> Quantity {
    let x = try step.input(0)
    // Before version 10 these were settings.
    let starts = try step.integersInput(1) ?? step.integers("starts") ?? []
    let ends = try step.integersInput(2) ?? step.integers("ends") ?? []
    let axes = try step.integersInput(3) ?? step.integers("axes") ?? Array(starts.indices)
    let steps = try step.integersInput(4) ?? starts.map { _ in 1 }
    guard ends.count == starts.count, axes.count == starts.count, steps.count == starts.count else {
      throw Diagnostic("starts, ends, axes and steps differ in number", kind: .argument)
    }
    var entries = Array(repeating: IndexEntry.all, count: x.shape.rank)
    for (index, axis) in axes.enumerated() {
      let axis = try x.shape.axis(axis)
      // Going backwards, an end before the first element leaves none out.
      let isOpen = steps[index] < 0 && ends[index] < -x.shape[axis]
      entries[axis] = .slice(start: starts[index], stop: isOpen ? nil : ends[index], step: steps[index])
    }
    return try x.indexed(entries)
  }
}

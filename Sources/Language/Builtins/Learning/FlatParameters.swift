import Tensors

/// A structure of parameters as a row of numbers, for methods that know nothing of structures.
struct FlatParameters {
  /// The structure whose form is kept.
  let template: Value
  private let leaves: [Structure.Leaf]
  /// How many numbers there are.
  let count: Int

  /// Reads a start; `purpose` names the builtin and the argument in errors: `minimize: start`.
  init(_ start: Value, purpose: String) throws {
    guard start.leaf != nil || start.isStructure else {
      throw Diagnostic(
        "\(purpose) must be a number, a tensor, or a list or record of them, not \(start.kind)", kind: .type,
        hint: "start: (a: 1, b: 0)")
    }
    template = try Structure.map(start) { $0.concrete }
    leaves = try Structure.leaves(of: template)
    count = leaves.reduce(0) { $0 + $1.quantity.shape.count }
    guard count > 0 else {
      throw Diagnostic("\(purpose) holds no numbers that could change", kind: .value)
    }
  }
}

extension FlatParameters {
  /// The numbers of a structure of the template's form.
  func numbers(_ quantities: [Quantity]) throws -> [Double] {
    if quantities.allSatisfy({ $0.shape.rank == 0 }) { return quantities.map(\.double) }
    return try quantities.flatMap { try $0.elements() }
  }

  /// The numbers of the template.
  var start: [Double] { get throws { try numbers(leaves.map(\.quantity)) } }

  /// The structure with these numbers.
  func structure(_ numbers: [Double]) throws -> Value {
    var quantities: [Quantity] = []
    var position = 0
    for leaf in leaves {
      let shape = leaf.quantity.shape
      guard shape.rank > 0 else {
        quantities.append(.number(numbers[position]))
        position += 1
        continue
      }
      let part = numbers[position..<(position + shape.count)]
      position += shape.count
      quantities.append(.tensor(try Tensor(part, shape: shape).converted(to: leaf.quantity.dtype)))
    }
    return try Structure.rebuild(template, with: quantities)
  }

  /// The structure whose leaves hold rows of numbers: each leaf gains a first axis as long as there are rows.
  func stacked(_ rows: [[Double]]) throws -> Value {
    var quantities: [Quantity] = []
    var position = 0
    for leaf in leaves {
      let count = leaf.quantity.shape.count
      let part = rows.flatMap { $0[position..<(position + count)] }
      let shape = try Shape(checking: [rows.count] + leaf.quantity.shape.array)
      quantities.append(.tensor(try Tensor(part, shape: shape)))
      position += count
    }
    return try Structure.rebuild(template, with: quantities)
  }

  /// The structure whose leaves hold pairs: each leaf gains a last axis of two.
  func paired(_ pairs: [(Double, Double)]) throws -> Value {
    var quantities: [Quantity] = []
    var position = 0
    for leaf in leaves {
      let shape = leaf.quantity.shape
      let part = pairs[position..<(position + shape.count)].flatMap { [$0.0, $0.1] }
      quantities.append(.tensor(try Tensor(part, shape: try Shape(checking: shape.array + [2]))))
      position += shape.count
    }
    return try Structure.rebuild(template, with: quantities)
  }

  /// A name for each number: its path and place, `layers[0].w[2]`; `p` stands for a bare number or tensor.
  var names: [String] {
    leaves.flatMap { leaf -> [String] in
      let path = leaf.path.isEmpty ? "p" : leaf.path
      let shape = leaf.quantity.shape
      return (0..<shape.count).map { path + GradientCheck.index($0, shape) }
    }
  }
}

import Tensors

/// Lists and records seen as trees with numeric leaves: what parameters, gradients and models are.
///
/// A numeric leaf is a number or a tensor of floats; everything else (functions, strings, truth
/// values and what is marked as fixed) is carried along unchanged.
enum Structure {
  /// The most leaves that are looked at one by one.
  static let leafLimit = 1 << 22
}

extension Value {
  /// Itself as a numeric leaf of a structure, nil if it is something else.
  var leaf: Quantity? {
    switch self {
    case .number(let number): .number(number)
    case .tensor(let tensor): tensor.dtype == .bool ? nil : .tensor(tensor)
    case .traced(let traced): .traced(traced)
    case .none, .bool, .text, .string, .list, .record, .table, .function, .figure, .fixed: nil
    }
  }

  /// Whether it is a list or a record.
  var isStructure: Bool {
    switch self {
    case .list, .record: true
    case .none, .bool, .number, .tensor, .traced, .text, .string, .table, .function, .figure, .fixed: false
    }
  }
}

extension Structure {
  /// The structure with every numeric leaf replaced; a leaf by itself is a structure of one.
  static func map(_ value: Value, _ transform: @escaping (Quantity) throws -> Quantity) throws -> Value {
    if let quantity = value.leaf { return Value(try transform(quantity)) }
    var walk = StructureWalk("map", remembersShared: true) { leaf, _, _ in Value(try transform(leaf)) }
    return try walk.run(value)
  }

  /// The structure with every numeric leaf replaced, those of marked parts too; marks stay.
  static func mapEverywhere(
    _ value: Value, _ transform: @escaping (Quantity) throws -> Quantity
  ) throws -> Value {
    if let quantity = value.leaf { return Value(try transform(quantity)) }
    var walk = StructureWalk("map", remembersShared: true, marks: .entered) { leaf, _, _ in
      Value(try transform(leaf))
    }
    return try walk.run(value)
  }

  /// Two structures of the same form combined leaf by leaf; `purpose` completes "cannot … the
  /// structures" in errors, which name the path of the part that does not match.
  static func zip(
    _ first: Value, _ second: Value, to purpose: String,
    _ combine: @escaping (Quantity, Quantity) throws -> Quantity
  ) throws -> Value {
    var walk = StructureWalk(purpose, remembersShared: true) { a, b, _ in Value(try combine(a, b ?? a)) }
    return try walk.run(first, second)
  }

  /// The structure with other numeric leaves, given in the order of ``quantities(of:)``.
  static func rebuild(_ value: Value, with leaves: [Quantity]) throws -> Value {
    try rebuild(value, with: leaves.map { Value($0) })
  }

  /// The structure with other values in the places of its numeric leaves.
  static func rebuild(_ value: Value, with leaves: [Value]) throws -> Value {
    if value.leaf != nil, let only = leaves.first { return only }
    var rest = leaves[...]
    var walk = StructureWalk("fill", remembersShared: false) { leaf, _, _ in
      rest.popFirst() ?? Value(leaf)
    }
    return try walk.run(value)
  }

  /// The gradient of a structure: its form with `gradients` in the places of the leaves and zeros
  /// where data is marked as fixed.
  static func gradient(of value: Value, _ gradients: [Value]) throws -> Value {
    if value.leaf != nil, let only = gradients.first { return only }
    var rest = gradients[...]
    var walk = StructureWalk("fill", remembersShared: false, marks: .entered) { leaf, _, isFixed in
      try (isFixed ? nil : rest.popFirst()) ?? Value(leaf.zerosLike())
    }
    return try walk.run(value)
  }

  /// The structure without marks of `fixed`, at any depth.
  static func free(_ value: Value) throws -> Value {
    var walk = StructureWalk("free", remembersShared: true, marks: .removed) { leaf, _, _ in Value(leaf) }
    return try walk.run(value)
  }
}

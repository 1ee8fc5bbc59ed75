import Tensors

extension Structure {
  /// How many numbers the leaves hold.
  static func count(_ value: Value) throws(Diagnostic) -> Int {
    try quantities(of: value).reduce(0) { $0 + $1.shape.count }
  }

  /// The sum of the products of the leaves of two structures of the same form.
  static func dot(_ first: Value, _ second: Value) throws -> Quantity {
    var sum: Quantity = 0
    let products = try zip(first, second, to: "multiply") { try ($0 * $1).sum() }
    for product in try quantities(of: products) { sum = try sum + product }
    return sum
  }

  /// All numbers of the leaves in a row.
  static func flattened(_ value: Value) throws -> Quantity {
    let leaves = try quantities(of: value)
    guard !leaves.isEmpty else { return .tensor(try Tensor([Double]())) }
    return try Quantity.concat(leaves.map { try $0.reshaped(to: [$0.shape.count]) }, axis: 0)
  }
}

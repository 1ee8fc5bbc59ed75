/// A tensor with some of its elements replaced by a value, or with the value added to them.
final class IndexUpdate: InPlacePrimitive {
  private let selection: Selection
  private let adding: Bool

  init(_ selection: Selection, adding: Bool = false) {
    self.selection = selection
    self.adding = adding
  }

  var name: String { adding ? "scatter_add" : "indexed assignment" }
  var keeps: Kept { [] }

  func change(_ target: inout Quantity, by value: Quantity) throws(TensorError) {
    guard value.shape.broadcasts(to: selection.shape) else {
      throw .shapes(
        operation: name, value.shape, selection.shape, wanted: "a value that fits the elements it replaces")
    }
    if case .number = target {
      target = try .full((adding ? target + value : value).element, Shape())
      return
    }
    if target.dtype == .bool { try checkTruthValues(value) }
    let tensor = try target.makeOwn()
    try selection.write(value, into: tensor, adding: adding)
  }

  /// A tensor of truth values takes truth values, and the numbers 0 and 1 for them.
  private func checkTruthValues(_ value: Quantity) throws(TensorError) {
    if adding { throw .dtype(operation: name, .bool) }
    switch value {
    case .number(let number) where number == 0 || number == 1: return
    case .tensor(let tensor) where tensor.dtype == .bool: return
    case .number(let number): throw .notTruth(number: number, .f64)
    case .tensor, .traced: throw .notTruth(number: nil, value.dtype)
    }
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    var g = g
    try cotangents.add(1) { () throws(TensorError) in
      // No view, or zeroing g below would have to copy it.
      var part = try IndexRead(selection, sharing: .never)(g)
      if !adding, let overwritten = try selection.overwritten() {
        try IndexUpdate(overwritten).apply(to: &part, .number(0))
      }
      return try part.summed(overSurplusAxesTo: application.shape(of: 1))
    }
    try cotangents.add(0) { () throws(TensorError) in
      if !adding { try IndexUpdate(selection).apply(to: &g, .number(0)) }
      var result = Quantity.number(0)
      swap(&result, &g)
      return result
    }
  }
}

extension Quantity {
  /// As ``summed(to:)``, where `shape` may have surplus leading axes of length 1.
  fileprivate func summed(overSurplusAxesTo shape: Shape) throws(TensorError) -> Quantity {
    let surplus = Swift.max(0, shape.rank - self.shape.rank)
    return try summed(to: Shape(unchecked: shape.dropFirst(surplus))).reshaped(to: shape)
  }

  /// A concrete number, or the only element of a tensor.
  fileprivate var element: Double {
    if case .tensor(let tensor) = self { return tensor[flat: 0] }
    if case .number(let number) = self { return number }
    return .nan
  }
}

/// One element by its row-major position, as a number.
///
/// ``IndexRead`` could do it; loops over elements are what this is fast for.
final class ElementRead: Primitive, Sendable {
  let position: Int

  init(_ position: Int) { self.position = position }

  var name: String { "index" }
  var keeps: Kept { [] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    guard case .tensor(let tensor) = inputs[0] else { return inputs[0] }
    return .number(tensor[flat: position])
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let incoming = g
    try cotangents.update(0) { (collected) throws(TensorError) in
      try ElementUpdate.apply(to: &collected, at: position, incoming, adding: true)
    }
  }
}

/// The elements that an index expression names.
final class IndexRead: Primitive {
  private let selection: Selection
  /// Whether neighbouring elements may be handed out as a view.
  private let sharing: Bool

  init(_ selection: Selection, sharing: Bool = true) {
    self.selection = selection
    self.sharing = sharing
  }

  var name: String { "index" }
  var keeps: Kept { [] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    switch inputs[0] {
    case .tensor(let tensor): return try selection.read(tensor, sharing: sharing && !tensor.isWorkedOn)
    case .number(let number): return try .full(number, selection.shape)
    case .traced: preconditionFailure("a traced operand of a kernel")
    }
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let incoming = g
    try cotangents.update(0) { (collected) throws(TensorError) in
      try IndexUpdate(selection, adding: true).apply(to: &collected, incoming)
    }
  }
}

/// The elements that an index expression names.
final class IndexRead: Primitive {
  /// Whether neighbouring elements are handed out as a view.
  enum Sharing {
    case always
    /// Unless the tensor is being changed, because the next change would have to copy all of it.
    case ofResting
    case never
  }

  private let selection: Selection
  private let sharing: Sharing

  init(_ selection: Selection, sharing: Sharing = .ofResting) {
    self.selection = selection
    self.sharing = sharing
  }

  var name: String { "index" }
  var keeps: Kept { [] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    switch inputs[0] {
    case .tensor(let tensor):
      let isShared = sharing == .always || sharing == .ofResting && !tensor.isWorkedOn
      return try selection.read(tensor, sharing: isShared)
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

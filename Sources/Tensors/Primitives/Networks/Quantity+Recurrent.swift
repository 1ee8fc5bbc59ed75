extension Quantity {
  /// The states of a recurrent layer after every step of sequences [batch, time, inputs].
  ///
  /// The layer has matrices w [inputs, gates * features] and u [features, gates * features] and a bias b
  /// [gates * features]; `more` is the first cells of an LSTM [batch, features], or the bias of the
  /// recurrent product of a GRU [gates * features]. Missing ones, and a missing first state h, are zeros.
  /// `givesCells` stacks the cells of an LSTM behind the states.
  ///
  /// Throws ``TensorError/shapes(operation:_:_:wanted:)`` when they do not fit.
  public func recurrent(
    _ cell: RecurrentCell, _ w: Quantity, _ u: Quantity, _ b: Quantity, h: Quantity? = nil,
    more: Quantity? = nil, givesCells: Bool = false
  ) throws(TensorError) -> Quantity {
    let name = cell.name
    guard w.shape.rank == 2, shape.rank == 3, shape[2] == w.shape[0] else {
      let features = w.shape.rank == 2 ? "\(w.shape[0])" : "inputs"
      throw .shapes(operation: name, shape, w.shape, wanted: "sequences [batch, time, \(features)] for w")
    }
    guard u.shape.rank == 2, u.shape[1] == cell.gates * u.shape[0], w.shape[1] == u.shape[1] else {
      let gates = cell.gates == 1 ? "features" : "\(cell.gates) * features"
      throw .shapes(
        operation: name, w.shape, u.shape, wanted: "w [inputs, \(gates)] and u [features, \(gates)]")
    }
    guard b.shape == [u.shape[1]] else {
      throw .shapes(operation: name, u.shape, b.shape, wanted: "a number in b for every column of u")
    }
    let first: Shape = [shape[0], u.shape[0]]
    let h = if let h { h } else { try Quantity.zeros(first, dtype.arithmetic) }
    guard h.shape == first else {
      throw .shapes(operation: name, shape, h.shape, wanted: "a first state h of \(first)")
    }
    guard cell != .rnn else { return try RecurrentLayer(cell).apply(Inputs([self, w, u, b, h])) }
    let wanted = cell == .lstm ? first : b.shape
    let more = if let more { more } else { try Quantity.zeros(wanted, dtype.arithmetic) }
    guard more.shape == wanted else {
      throw .shapes(operation: name, shape, more.shape, wanted: "c of \(wanted)")
    }
    return try RecurrentLayer(cell, givesCells: givesCells).apply(Inputs([self, w, u, b, h, more]))
  }
}

import CKernels

/// A recurrent layer over whole sequences [batch, time, inputs]: the states after every step.
///
/// Operands are x, w [inputs, gates * features], u [features, gates * features], b [gates * features] and
/// the first state h [batch, features]; then the first cells of an LSTM, or the bias of a GRU's recurrent
/// product.
final class RecurrentLayer: FusedOperation {
  private let cell: RecurrentCell
  /// Whether the cells of an LSTM follow the states, stacked on a new axis 0.
  private let givesCells: Bool
  /// What the gates let through, and the other sequences that going back needs.
  private var run: RecurrentRun?

  init(_ cell: RecurrentCell, givesCells: Bool = false) {
    self.cell = cell
    self.givesCells = givesCells
  }

  var name: String { cell.name }

  func definition(_ operands: [Quantity]) throws(TensorError) -> Quantity {
    let product = try operands[0].matrixProduct(operands[1]) + operands[3]
    var state = RecurrentState(h: operands[4], more: operands.count > 5 ? operands[5] : 0)
    var (states, cells): ([Quantity], [Quantity]) = ([], [])
    for step in 0..<product.shape[1] {
      let z = try product.slice(axis: 1, step..<step + 1).squeeze(axes: [1])
      state = try cell.step(z, state, operands[2])
      states.append(state.h)
      cells.append(state.more)
    }
    guard !states.isEmpty else { return try .zeros(cell.states(operands[0].shape, operands[2].shape)) }
    let hidden = try Quantity.stack(states, axis: 1)
    return givesCells ? try .stack([hidden, .stack(cells, axis: 1)], axis: 0) : hidden
  }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let run = try RecurrentRun(cell, (0..<inputs.count).map { inputs[$0] })
    self.run = run
    guard givesCells, let cells = run.cells else { return .tensor(run.hidden) }
    return try .stack([.tensor(run.hidden), .tensor(cells)], axis: 0)
  }

  func gradients(
    _ operands: [Quantity], _ g: Quantity, wanted: [Bool]
  ) throws(TensorError) -> [Tensor] {
    let run = if let run { run } else { try RecurrentRun(cell, operands) }
    let parts = givesCells ? try g.split(at: [1]) : [g]
    let states = run.hidden.shape
    return try run.gradients(
      operands, try parts[0].reshaped(to: states),
      cells: givesCells ? try parts[1].reshaped(to: states) : nil,
      wanted: wanted)
  }
}

/// What a recurrent layer knows between two steps.
struct RecurrentState {
  var h: Quantity
  /// The cells of an LSTM, the bias of the recurrent product of a GRU.
  var more: Quantity
}

/// The kinds of recurrent layers.
public enum RecurrentCell: Sendable {
  /// h ← tanh(x w + h u + b)
  case rnn
  /// i f g o = x w + h u + b, c ← σ(f) c + σ(i) tanh(g), h ← σ(o) tanh(c)
  case lstm
  /// r z = σ(x w + b + h u + c), n = tanh(x w + b + r (h u + c)), h ← (1 - z) n + z h
  case gru
}

extension RecurrentCell {
  /// How many vectors of features the gates take.
  var gates: Int {
    switch self {
    case .rnn: 1
    case .lstm: 4
    case .gru: 3
    }
  }

  var name: String {
    switch self {
    case .rnn: "rnn_states"
    case .lstm: "lstm_states"
    case .gru: "gru_states"
    }
  }

  var kernel: nns_cell {
    switch self {
    case .rnn: NNS_RNN
    case .lstm: NNS_LSTM
    case .gru: NNS_GRU
    }
  }

  /// The shape of the states for an input and a recurrent matrix.
  func states(_ x: Shape, _ u: Shape) -> Shape { [x[0], x[1], u[0]] }

  /// One step, from x w + b, in primitives.
  func step(_ z: Quantity, _ state: RecurrentState, _ u: Quantity) throws(TensorError) -> RecurrentState {
    let n = u.shape[0]
    func gate(_ z: Quantity, _ index: Int) throws(TensorError) -> Quantity {
      try z.slice(axis: 1, index * n..<(index + 1) * n)
    }
    let recurrent = try state.h.matrixProduct(u)
    let (sigmoid, tanh) = (ElementwiseTable.sigmoid, ElementwiseTable.tanh)
    switch self {
    case .rnn: return RecurrentState(h: try tanh(z + recurrent), more: 0)
    case .lstm:
      let z = try z + recurrent
      let kept = try sigmoid(gate(z, 1)) * state.more
      let cells = try kept + sigmoid(gate(z, 0)) * tanh(gate(z, 2))
      return RecurrentState(h: try sigmoid(gate(z, 3)) * tanh(cells), more: cells)
    case .gru:
      let product = try recurrent + state.more
      let reset = try sigmoid(gate(z, 0) + gate(product, 0))
      let keep = try sigmoid(gate(z, 1) + gate(product, 1))
      let new = try tanh(gate(z, 2) + reset * gate(product, 2))
      return RecurrentState(h: try (1 - keep) * new + keep * state.h, more: state.more)
    }
  }
}

import CKernels

/// One pass of a recurrent layer over its sequences, with what the way back needs.
struct RecurrentRun {
  let hidden: Tensor
  /// The cells of an LSTM after every step.
  let cells: Tensor?
  private let cell: RecurrentCell
  private let dtype: DType
  private let gates: Tensor
  /// The recurrent product of a GRU for its new state.
  private let inner: Tensor?

  /// Runs over plain operands, whose shapes fit.
  init(_ cell: RecurrentCell, _ operands: [Quantity]) throws(TensorError) {
    self.cell = cell
    var common = Quantity.commonDType(operands[0], operands[1])
    for operand in operands where operand.dtype == .f64 && operand.shape.rank > 0 { common = .f64 }
    dtype = common
    var tensors: [Tensor] = []
    for operand in operands.dropFirst(2) { tensors.append(try operand.tensor().converted(to: common)) }
    let (x, w) = (try operands[0].cast(to: common), try operands[1].cast(to: common))
    let states = cell.states(x.shape, operands[2].shape)
    gates = try x.matrixProduct(w).tensor()
    hidden = try Tensor(uninitialized: states, common)
    cells = cell == .lstm ? try Tensor(uninitialized: states, common) : nil
    inner = cell == .gru ? try Tensor(uninitialized: states, common) : nil
    if states.count == 0 { return }
    let (features, width) = (states[2], cell.gates * states[2])
    let u = try tensors[0].packed(rows: features, columns: width, isTransposed: false)
    let scratch = cell == .gru ? try Tensor(uninitialized: [states[0], width], common) : nil
    var task = nns_recurrence()
    task.cell = cell.kernel
    (task.batch, task.time, task.features) = (states[0], states[1], features)
    let tensorsOfTask: [Tensor?] = [
      u, tensors[1], tensors[2], tensors.count > 3 ? tensors[3] : nil, gates, hidden, cells, inner, scratch,
    ]
    let isLSTM = cell == .lstm
    try Tensor.withPointers(of: tensorsOfTask) { (pointers) throws(TensorError) in
      task.u = UnsafeRawPointer(pointers[0])
      task.b = UnsafeRawPointer(pointers[1])
      task.h0 = UnsafeRawPointer(pointers[2])
      task.c0 = isLSTM ? UnsafeRawPointer(pointers[3]) : nil
      task.c = isLSTM ? nil : UnsafeRawPointer(pointers[3])
      (task.gates, task.hidden, task.cells) = (pointers[4], pointers[5], pointers[6])
      (task.inner, task.scratch) = (pointers[7], pointers[8])
      if common == .f32 { nns_recurrent_f32(&task) } else { nns_recurrent_f64(&task) }
    }
    if Threads.isInterrupted { throw .interrupted }
  }
}

extension RecurrentRun {
  /// The gradients in those operands that are wanted, for `g` coming in for the states and `gCells` for the
  /// cells.
  func gradients(
    _ operands: [Quantity], _ g: Quantity, cells gCells: Quantity?, wanted: [Bool]
  ) throws(TensorError) -> [Tensor] {
    let back = try back(operands, g, gCells)
    let (x, w) = (operands[0], operands[1])
    let width = cell.gates * hidden.shape[2]
    let rows = hidden.shape.count(of: 0..<2)
    let dGates = try Quantity.tensor(back.gates).reshaped(to: [rows, width])
    let dRecurrent = try Quantity.tensor(back.recurrent).reshaped(to: [rows, width])
    var result: [Tensor] = []
    for position in operands.indices where wanted[position] {
      let gradient: Quantity =
        switch position {
        case 0: try dGates.matrixProduct(w, transposeB: true)
        case 1:
          try x.reshaped(to: [rows, w.shape[0]]).matrixProduct(dGates, transposeA: true)
        case 2: try before(operands[4]).matrixProduct(dRecurrent, transposeA: true)
        case 3: try dGates.sum(axes: [0])
        case 4: .tensor(back.h)
        default: cell == .gru ? try dRecurrent.sum(axes: [0]) : .tensor(back.c)
        }
      result.append(try gradient.reshaped(to: operands[position].shape).tensor().converted(to: dtype))
    }
    return result
  }

  /// The state before every step, a row for each.
  private func before(_ first: Quantity) throws(TensorError) -> Quantity {
    let (batch, time, features) = (hidden.shape[0], hidden.shape[1], hidden.shape[2])
    let start = try first.cast(to: dtype).reshaped(to: [batch, 1, features])
    let others = try Quantity.tensor(hidden).slice(axis: 1, 0..<max(0, time - 1))
    let all = time == 0 ? others : try Quantity.concat([start, others], axis: 1)
    return try all.reshaped(to: [batch * time, features])
  }

  private func back(
    _ operands: [Quantity], _ g: Quantity, _ gCells: Quantity?
  ) throws(TensorError) -> (gates: Tensor, recurrent: Tensor, h: Tensor, c: Tensor) {
    let states = hidden.shape
    let (batch, features, width) = (states[0], states[2], cell.gates * states[2])
    let dGates = try Tensor(uninitialized: gates.shape, dtype)
    let dRecurrent = cell == .gru ? try Tensor(uninitialized: gates.shape, dtype) : dGates
    let (dh, dc) = (
      try Tensor.filled(0, [batch, features], dtype), try Tensor.filled(0, [batch, features], dtype)
    )
    if states.count == 0 { return (dGates, dRecurrent, dh, dc) }
    let u = try operands[2].tensor().converted(to: dtype).packed(
      rows: width, columns: features, isTransposed: true)
    let h0 = try operands[4].tensor().converted(to: dtype)
    let c0 = cell == .lstm ? try operands[5].tensor().converted(to: dtype) : nil
    let incoming = try g.tensor().converted(to: dtype)
    let incomingCells = try gCells?.tensor().converted(to: dtype)
    var task = nns_recurrence()
    task.cell = cell.kernel
    (task.batch, task.time, task.features) = (batch, states[1], features)
    let (isLSTM, dtype) = (cell == .lstm, dtype)
    let tensors: [Tensor?] = [
      u, h0, c0, gates, hidden, cells, inner, incoming, incomingCells, dGates, dRecurrent, dh, dc,
    ]
    try Tensor.withPointers(of: tensors) { (pointers) throws(TensorError) in
      task.u = UnsafeRawPointer(pointers[0])
      task.h0 = UnsafeRawPointer(pointers[1])
      task.c0 = UnsafeRawPointer(pointers[2])
      (task.gates, task.hidden, task.cells, task.inner) = (pointers[3], pointers[4], pointers[5], pointers[6])
      task.g = UnsafeRawPointer(pointers[7])
      task.g_cells = UnsafeRawPointer(pointers[8])
      (task.d_gates, task.d_recurrent, task.dh) = (pointers[9], pointers[10], pointers[11])
      task.dc = isLSTM ? pointers[12] : nil
      if dtype == .f32 { nns_recurrent_back_f32(&task) } else { nns_recurrent_back_f64(&task) }
    }
    if Threads.isInterrupted { throw .interrupted }
    return (dGates, dRecurrent, dh, dc)
  }
}

extension Tensor {
  /// A matrix in the order in which products read it: as rows × columns, stored so or transposed.
  fileprivate func packed(rows: Int, columns: Int, isTransposed: Bool) throws(TensorError) -> Tensor {
    let dtype = dtype
    let count = dtype == .f32 ? nns_packed_count_f32(columns, rows) : nns_packed_count_f64(columns, rows)
    let result = try Tensor(uninitialized: [count], dtype)
    let apart = isTransposed ? rows : columns
    try withPointer { (b) throws(TensorError) in
      try result.withPointer { (packed) throws(TensorError) in
        switch dtype {
        case .f32: nns_pack_f32(isTransposed, columns, rows, b.f32, apart, packed.f32)
        case .f64, .bool: nns_pack_f64(isTransposed, columns, rows, b.f64, apart, packed.f64)
        }
      }
    }
    return result
  }

  /// Runs `body` with the addresses of some tensors, nil for those that are missing.
  static func withPointers(
    of tensors: [Tensor?], _ pointers: [UnsafeMutableRawPointer?] = [],
    _ body: ([UnsafeMutableRawPointer?]) throws(TensorError) -> Void
  ) throws(TensorError) {
    guard pointers.count < tensors.count else { return try body(pointers) }
    guard let next = tensors[pointers.count] else {
      return try withPointers(of: tensors, pointers + [nil], body)
    }
    try next.withPointer { (pointer) throws(TensorError) in
      try withPointers(of: tensors, pointers + [pointer], body)
    }
  }
}

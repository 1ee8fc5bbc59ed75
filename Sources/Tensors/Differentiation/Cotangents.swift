/// The gradients collected so far while walking a recording backwards.
public struct Cotangents {
  private let trace: Trace
  private var slots: ContiguousArray<Quantity?>
  /// The application whose operands are addressed.
  var application: Application
  /// Called with every contribution, for explanations.
  var observer: ((_ position: Int, _ contribution: Quantity) -> Void)?
  /// Whether contributions that broadcasting has spread are kept for each element of the output instead of
  /// being summed.
  private let isUnreduced: Bool

  init(_ trace: Trace, count: Int, application: Application, isUnreduced: Bool = false) {
    self.trace = trace
    self.application = application
    self.isUnreduced = isUnreduced
    slots = ContiguousArray(repeating: nil, count: count)
  }
}

extension Cotangents {
  /// Adds a contribution to the cotangent of an operand, if that operand varies.
  ///
  /// The contribution is computed only when it is wanted. Its shape is that of the operand, whose dtype it
  /// takes on.
  public mutating func add(
    _ position: Int, _ contribution: () throws(TensorError) -> Quantity
  ) throws(TensorError) {
    let index = application.index(of: position)
    guard index >= 0 else { return }
    var value = try contribution()
    if value.shape.rank > 0 { value = try value.cast(to: application.dtype(of: position).arithmetic) }
    observer?(position, value)
    try add(value, to: Int(index))
  }

  /// Adds a contribution that broadcasting has spread: it is summed back to the operand's shape.
  public mutating func addUnbroadcast(
    _ position: Int, _ contribution: () throws(TensorError) -> Quantity
  ) throws(TensorError) {
    let index = application.index(of: position)
    guard index >= 0 else { return }
    var value = try contribution()
    if case .number = value, application.isNumber(position) {
      // The path of differentiated loops over numbers.
    } else if !isUnreduced {
      value = try value.summed(to: application.shape(of: position))
      if value.shape.rank > 0 { value = try value.cast(to: application.dtype(of: position).arithmetic) }
    }
    observer?(position, value)
    try add(value, to: Int(index))
  }

  /// Lets `change` work on the collected cotangent of an operand itself, zeros if there is none.
  ///
  /// For operations that touch few elements: their derivative adds in place instead of adding a
  /// whole tensor, which keeps a loop over n elements at O(n).
  public mutating func update(
    _ position: Int, _ change: (inout Quantity) throws(TensorError) -> Void
  ) throws(TensorError) {
    let index = Int(application.index(of: position))
    guard index >= 0 else { return }
    if let observer {
      // What is added in place is computed by itself, so that it can be shown.
      var value = try Quantity.zeros(trace.tape.form(of: Int32(index)))
      try change(&value)
      observer(position, value)
      return try add(value, to: index)
    }
    // Moved out and back, because a second reference would make the change copy the tensor.
    var current = take(index)
    if current == nil { current = try .zeros(trace.tape.form(of: Int32(index))) }
    if var collected = current.take() {
      try change(&collected)
      slots[index] = collected
    }
  }

  private mutating func add(_ value: consuming Quantity, to index: Int) throws(TensorError) {
    guard let current = take(index) else {
      slots[index] = value
      return
    }
    slots[index] = try Quantity.sum(current, value)
  }

  /// Removes and returns the cotangent of a node, leaving nothing that shares it.
  mutating func take(_ index: Int) -> Quantity? {
    var taken: Quantity?
    swap(&taken, &slots[index])
    return taken
  }

  /// Sets the cotangent the walk starts from.
  mutating func start(_ index: Int, with value: Quantity) { slots[index] = value }
}

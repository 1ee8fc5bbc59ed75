/// An operation that changes its first operand a little: in place when nobody else can see it.
///
/// Its derivative keeps neither operand nor result.
protocol InPlacePrimitive: Primitive {
  /// Changes a plain operand; leaves it alone when it throws.
  func change(_ target: inout Quantity, by value: Quantity) throws(TensorError)
}

extension InPlacePrimitive {
  /// Changes `target`, recording it as ``Primitive/apply(_:)`` would.
  ///
  /// Every wrapper on the way to the memory is opened by taking its content out, so that a sole owner
  /// stays one. Should the recording itself fail (it grew over the limit), the change stays.
  func apply(to target: inout Quantity, _ value: Quantity) throws(TensorError) {
    target.settle()
    var value = value
    value.settle()
    guard let trace = innermostTrace(target, value) else { return try change(&target, by: value) }
    let plainValue = trace.detach(value)
    var operand = Quantity.number(0)
    if target.belongs(to: trace) {
      swap(&operand, &target)
      try changeContent(of: &operand, into: &target, by: plainValue)
    } else {
      try apply(to: &target, plainValue)
    }
    // The operands are not kept, or the next change would have to copy them.
    target = try trace.record(self, operand.index(on: trace), 0, value.index(on: trace), 0, output: target)
  }

  /// Moves the content of a traced wrapper to `result` and changes it there.
  private func changeContent(
    of wrapper: inout Quantity, into result: inout Quantity, by value: Quantity
  ) throws(TensorError) {
    let isOwn = wrapper.takePrimal(into: &result)
    do {
      try apply(to: &result, value)
    } catch {
      if isOwn { wrapper.putPrimal(result) }
      swap(&wrapper, &result)
      throw error
    }
  }

  private func innermostTrace(_ a: Quantity, _ b: Quantity) -> Trace? {
    switch (a.trace, b.trace) {
    case (let first?, let second?): first.level > second.level ? first : second
    case (let first, let second): first ?? second
    }
  }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    var target = inputs[0]
    try change(&target, by: inputs[1])
    return target
  }
}

// Each of these looks into the wrapper in a scope of its own: a variable bound to it would count as one
// more owner until the end of its scope.
extension Quantity {
  /// The recording it belongs to.
  fileprivate var trace: Trace? {
    if case .traced(let traced) = self { traced.trace } else { nil }
  }

  fileprivate func belongs(to trace: Trace) -> Bool { self.trace === trace }

  /// Its node on a recording, -1 for what is constant there.
  fileprivate func index(on trace: Trace) -> Int32 {
    if case .traced(let traced) = self, traced.trace === trace { traced.index } else { -1 }
  }

  /// Takes off the wrappers of derivatives that are over.
  fileprivate mutating func settle() {
    while let trace, !trace.isRecording {
      var content = Quantity.number(0)
      _ = takePrimal(into: &content)
      self = content
    }
  }

  /// Copies the content of a wrapper to `content`; moves it if nobody else can see the wrapper.
  fileprivate mutating func takePrimal(into content: inout Quantity) -> Bool {
    guard case .traced(var traced) = self else { preconditionFailure("only wrappers have content") }
    self = .number(0)
    defer { self = .traced(traced) }
    guard isKnownUniquelyReferenced(&traced) else {
      content = traced.primal
      return false
    }
    content = .number(0)
    swap(&content, &traced.primal)
    return true
  }

  fileprivate func putPrimal(_ content: Quantity) {
    if case .traced(let traced) = self { traced.primal = content }
  }
}

extension Quantity {
  /// The innermost open recording it belongs to.
  fileprivate var recordingTrace: Trace? {
    guard case .traced(let traced) = self, traced.trace.isRecording else { return nil }
    return traced.trace
  }

  /// Makes sure that the tensor held is seen by nobody else, copying it if need be.
  ///
  /// `elements` are those that will be written, all when it is nil. Throws without changing anything.
  mutating func makeOwn(
    capacity: Int = 0, changing elements: Range<Int>? = nil
  ) throws(TensorError) -> Tensor {
    guard case .tensor(var tensor) = self else { preconditionFailure("only tensors are changed in place") }
    self = .number(0)
    defer { self = .tensor(tensor) }
    if !isKnownUniquelyReferenced(&tensor) || !tensor.ownsMemory {
      tensor = try tensor.copied(capacity: capacity)
    }
    tensor.isWorkedOn = true
    tensor.willWrite(elements)
    return tensor
  }
}

import Synchronization

/// The recording of one derivative: every operation applied to what is differentiated, in order.
///
/// References are indices into one array, so neither the backward walk nor the release recurses,
/// however long the recording.
public final class Trace {
  /// What a node's value looks like.
  struct Form: Equatable {
    var shape = Shape()
    var dtype = DType.f64
  }

  /// Distinguishes nested derivatives: a later one has a higher level.
  let level: Int
  // Run-time exclusivity checks on these cost as much as the recording itself.
  /// Whether operations are still being recorded.
  @exclusivity(unchecked) private(set) var isRecording = true
  /// What has been recorded.
  @exclusivity(unchecked) private(set) var tape = Tape()
  /// Told the value of every variable and operation in turn when set, for explanations.
  @exclusivity(unchecked) public var listener: ((_ value: Quantity) -> Void)?

  private static let levels = Atomic<Int>(0)

  /// Opens a recording inside every one that is open.
  public init() {
    level = Trace.levels.wrappingAdd(1, ordering: .relaxed).newValue
  }
}

extension Trace {
  /// Makes `primal` a variable of this recording.
  public func variable(_ primal: Quantity) -> Quantity {
    let index = tape.append(Tape.Node(), formOf: primal)
    listener?(primal)
    return .traced(Traced(self, index, primal))
  }

  /// Stops recording; what is traced by it counts as constant from now on.
  public func close() { isRecording = false }

  /// The value without this recording's wrapper: its plain value for an enclosing derivative.
  public func detach(_ quantity: Quantity) -> Quantity {
    guard case .traced(let traced) = quantity, traced.trace === self else { return quantity }
    return traced.primal
  }

  /// Notes one application and wraps its output.
  ///
  /// Throws ``TensorError/trace(bytes:limit:)`` when the recording outgrows the memory limit.
  func record(
    _ primitive: any Primitive, inputs: Inputs, primals: Inputs, output: Quantity
  ) throws(TensorError) -> Quantity {
    var node = Tape.Node(primitive: primitive)
    node.first = index(of: inputs, 0)
    node.second = index(of: inputs, 1)
    node.third = index(of: inputs, 2)
    let index = tape.append(
      node, kept: primitive.keeps, inputs: primals, output: output,
      more: inputs.count > 3 ? (3..<inputs.count).map { self.index(of: inputs, $0) } : [])
    try checkSize()
    listener?(output)
    return .traced(Traced(self, index, output))
  }

  /// Notes an application to one or two operands, of which one comes with the number 0.
  ///
  /// The short way for what differentiated loops mostly do.
  func record(
    _ primitive: some Primitive, _ first: Int32, _ x: Quantity, _ second: Int32, _ y: Quantity,
    output: Quantity
  ) throws(TensorError) -> Quantity {
    let index = tape.append(primitive, first, x, second, y, output: output)
    try checkSize()
    listener?(output)
    return .traced(Traced(self, index, output))
  }

  /// The node of an operand here, -1 for a constant, and its value for the recordings around this one.
  @inline(__always)
  func operand(_ quantity: Quantity) -> (index: Int32, primal: Quantity) {
    guard case .traced(let traced) = quantity, traced.trace === self else { return (-1, quantity) }
    return (traced.index, traced.primal)
  }

  /// The inner one of a recording and that of an operand.
  @inline(__always)
  static func inner(_ trace: Trace?, _ quantity: Quantity) -> Trace? {
    guard case .traced(let traced) = quantity, traced.trace.isRecording else { return trace }
    if let trace, trace.level >= traced.trace.level { return trace }
    return traced.trace
  }

  private func index(of inputs: Inputs, _ position: Int) -> Int32 {
    guard position < inputs.count, case .traced(let traced) = inputs[position], traced.trace === self
    else { return -1 }
    return traced.index
  }

  private func checkSize() throws(TensorError) {
    guard tape.bytes <= Storage.limit, max(tape.nodes.count, tape.values.count) < Int(Int32.max) else {
      throw .trace(bytes: tape.bytes, limit: Storage.limit)
    }
  }
}

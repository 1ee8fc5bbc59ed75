import CKernels

/// A loop that moves a parameter along its gradient and updates what an optimiser remembers of it, in one pass.
///
/// What each does, and in which order it takes its constants, stands in `update.inc.h`.
public struct UpdateKernel: Sendable {
  let operation: nns_update_op
  /// How many tensors of the parameter's shape are remembered.
  public let stateCount: Int

  /// The most constants a kernel takes.
  public static let constantCount = Int(NNS_UPDATE_CONSTANTS)

  /// Gradient descent.
  public static let descent = UpdateKernel(operation: NNS_UPDATE_DESCENT, stateCount: 0)
  /// Descent along a running sum of gradients.
  public static let momentum = UpdateKernel(operation: NNS_UPDATE_MOMENTUM, stateCount: 1)
  /// Momentum that looks a step ahead.
  public static let nesterov = UpdateKernel(operation: NNS_UPDATE_NESTEROV, stateCount: 1)
  /// Adam and AdamW.
  public static let adam = UpdateKernel(operation: NNS_UPDATE_ADAM, stateCount: 2)
  /// Adam with the largest second moment so far.
  public static let amsgrad = UpdateKernel(operation: NNS_UPDATE_AMSGRAD, stateCount: 3)
  /// Adam with Nesterov's momentum.
  public static let nadam = UpdateKernel(operation: NNS_UPDATE_NADAM, stateCount: 2)
  /// RMSprop.
  public static let rmsprop = UpdateKernel(operation: NNS_UPDATE_RMSPROP, stateCount: 1)
  /// RMSprop with momentum.
  public static let rmspropMomentum = UpdateKernel(operation: NNS_UPDATE_RMSPROP_MOMENTUM, stateCount: 2)
  /// RMSprop by the variance of the gradients.
  public static let rmspropCentered = UpdateKernel(operation: NNS_UPDATE_RMSPROP_CENTERED, stateCount: 2)
  /// RMSprop by the variance of the gradients, with momentum.
  public static let rmspropCenteredMomentum = UpdateKernel(
    operation: NNS_UPDATE_RMSPROP_CENTERED_MOMENTUM, stateCount: 3)
  /// Adagrad.
  public static let adagrad = UpdateKernel(operation: NNS_UPDATE_ADAGRAD, stateCount: 1)
  /// Adadelta.
  public static let adadelta = UpdateKernel(operation: NNS_UPDATE_ADADELTA, stateCount: 2)
  /// Lion.
  public static let lion = UpdateKernel(operation: NNS_UPDATE_LION, stateCount: 1)
  /// Resilient propagation.
  public static let rprop = UpdateKernel(operation: NNS_UPDATE_RPROP, stateCount: 2)
}

extension UpdateKernel {
  /// Takes one step: `parameter` and `states` become their successors, in place where nobody else sees them.
  ///
  /// All quantities are concrete and of the parameter's shape, whose dtype the results have; there are
  /// ``stateCount`` states and ``constantCount`` constants.
  public func callAsFunction(
    _ parameter: inout Quantity, along gradient: Quantity, states: inout [Quantity], constants: [Double]
  ) throws(TensorError) {
    precondition(states.count == stateCount && constants.count == UpdateKernel.constantCount)
    let (shape, dtype) = (parameter.shape, parameter.dtype.arithmetic)
    precondition(gradient.shape == shape && states.allSatisfy { $0.shape == shape }, "one shape")
    let slope = try gradient.tensor().converted(to: dtype)
    let moved = try Succession(&parameter, dtype)
    var memory: [Succession] = []
    for index in states.indices { memory.append(try Succession(&states[index], dtype)) }
    try run(dtype, constants, moved, along: slope, memory)
    parameter = Quantity(moved.target)
    for index in states.indices { states[index] = Quantity(memory[index].target) }
  }

  private func run(
    _ dtype: DType, _ constants: [Double], _ moved: Succession, along slope: Tensor, _ memory: [Succession]
  ) throws(TensorError) {
    // The addresses stay valid because the tensors are kept until the end.
    defer { withExtendedLifetime((moved, slope, memory)) {} }
    var sources = States(repeating: nil)
    var targets = States(repeating: nil)
    for (index, state) in memory.enumerated() {
      sources[index] = try state.source.address()
      targets[index] = try state.target.address()
    }
    let (p, g, next) = try (moved.source.address(), slope.address(), moved.target.address())
    let (operation, count) = (operation, slope.count)
    withUnsafeBytes(of: &sources) { sources in
      withUnsafeBytes(of: &targets) { targets in
        switch dtype {
        case .f64, .bool:
          nns_update_f64(
            operation, constants, p.f64, g.f64, next.f64, sources.baseAddress?.pointers(),
            targets.baseAddress?.pointers(), count)
        case .f32:
          nns_update_f32(
            operation, constants, p.f32, g.f32, next.f32, sources.baseAddress?.pointers(),
            targets.baseAddress?.pointers(), count)
        }
      }
    }
  }

  private typealias States = InlineArray<3, UnsafeMutableRawPointer?>
}

/// A tensor that is read and the one that takes its successor, which may be the same.
private struct Succession {
  let source: Tensor
  let target: Tensor

  init(_ quantity: inout Quantity, _ dtype: DType) throws(TensorError) {
    if quantity.dtype == dtype, let own = quantity.reusable() {
      (source, target) = (own, own)
    } else {
      source = try quantity.tensor().converted(to: dtype)
      target = try Tensor(uninitialized: source.shape, dtype)
    }
  }
}

extension Tensor {
  /// The first element; the caller keeps the tensor.
  fileprivate func address() throws(TensorError) -> UnsafeMutableRawPointer {
    try withPointer { (pointer) throws(TensorError) in pointer }
  }
}

extension UnsafeRawPointer {
  /// Itself as the start of a row of addresses, which all look alike.
  fileprivate func pointers<Address>() -> UnsafePointer<Address> { assumingMemoryBound(to: Address.self) }
}

/// Something to calculate with: a number, a tensor, or either of them while it is differentiated.
public enum Quantity {
  case number(Double)
  case tensor(Tensor)
  case traced(Traced)
}

extension Quantity {
  /// The lengths of its axes; empty for a number.
  public var shape: Shape {
    switch self {
    case .number: Shape()
    case .tensor(let tensor): tensor.shape
    case .traced(let traced): traced.primal.shape
    }
  }

  /// What its elements are; a number counts as `f64`.
  public var dtype: DType {
    switch self {
    case .number: .f64
    case .tensor(let tensor): tensor.dtype
    case .traced(let traced): traced.primal.dtype
    }
  }

  /// The plain number or tensor under every trace.
  public var concrete: Quantity {
    var current = self
    while case .traced(let traced) = current { current = traced.primal }
    return current
  }

  /// The plain value as a tensor, of rank 0 for a number.
  func tensor() throws(TensorError) -> Tensor {
    switch concrete {
    case .number(let number): try Tensor.filled(number, Shape())
    case .tensor(let tensor): tensor
    case .traced: preconditionFailure("a concrete quantity is not traced")
    }
  }

  /// Whether any trace is recording it.
  public var isTraced: Bool {
    if case .traced = self { true } else { false }
  }

  /// A tensor of rank 0 becomes a number, everything else stays.
  init(_ tensor: Tensor) {
    self = tensor.shape.rank == 0 ? .number(tensor[flat: 0]) : .tensor(tensor)
  }
}

/// A value together with its place on the trace that differentiates it.
public final class Traced {
  /// The recording it belongs to.
  let trace: Trace
  /// Its node there.
  let index: Int32
  /// Its value, which may itself be traced by an enclosing derivative.
  @exclusivity(unchecked) public internal(set) var primal: Quantity

  init(_ trace: Trace, _ index: Int32, _ primal: Quantity) {
    self.trace = trace
    self.index = index
    self.primal = primal
  }
}

import Tensors

#if canImport(Glibc)
  import Glibc
#endif

/// A learning rate that changes from step to step.
///
/// Steps count from 0: the rate of step t is used for update t + 1. Rates can be differentiated, numbers of steps are
/// constants.
public enum Schedule {
  /// lr throughout.
  case constant(lr: Quantity)
  /// lr γ^⌊t / every⌋
  case step(lr: Quantity, every: Double, gamma: Quantity)
  /// lr γᵗ
  case exponential(lr: Quantity, gamma: Quantity)
  /// From `lr` to `end` in a straight line over `steps`, then `end`.
  case linear(lr: Quantity, steps: Double, end: Quantity)
  /// From `lr` to `min` along half a cosine over `steps`, then `min`.
  case cosine(lr: Quantity, steps: Double, min: Quantity)
  /// Half cosines one after the other, each `growth` times as long as the one before it (Loshchilov and Hutter, 2017).
  case cosineRestarts(lr: Quantity, steps: Double, min: Quantity, growth: Double)
  /// Up from `start` to `peak` during the share `rise` of `steps`, then down to `end`, both along half cosines
  /// (Smith and Topin, 2019).
  case oneCycle(peak: Quantity, steps: Double, start: Quantity, end: Quantity, rise: Double)

  /// The rate of step `t`.
  public func rate(at t: Double) throws(TensorError) -> Quantity {
    switch self {
    case .constant(let lr): return lr
    case .step(let lr, let every, let gamma):
      return try lr * BinaryTable.power(gamma, .number((t / every).rounded(.down)))
    case .exponential(let lr, let gamma): return try lr * BinaryTable.power(gamma, .number(t))
    case .linear(let lr, let steps, let end):
      return try lr + (end - lr) * .number(Schedule.clamped(t / steps))
    case .cosine(let lr, let steps, let min): return try Schedule.halfCosine(lr, min, t / steps)
    case .cosineRestarts(let lr, let steps, let min, let growth):
      return try Schedule.halfCosine(lr, min, Schedule.place(of: t, first: steps, growth: growth))
    case .oneCycle(let peak, let steps, let start, let end, let rise):
      let top = rise * steps
      if t < top { return try Schedule.halfCosine(start, peak, t / top) }
      return try Schedule.halfCosine(peak, end, (t - top) / Swift.max(1, steps - top))
    }
  }

  /// Linear rise from `start` to the first rate of what follows: the rate of step `t` below `steps`.
  public static func warmup(
    from start: Quantity, to first: Quantity, steps: Double, at t: Double
  ) throws(TensorError) -> Quantity {
    try start + (first - start) * .number(clamped(t / steps))
  }

  private static func clamped(_ share: Double) -> Double { Swift.min(1, Swift.max(0, share)) }

  private static func halfCosine(
    _ from: Quantity, _ to: Quantity, _ share: Double
  ) throws(TensorError) -> Quantity {
    try to + (from - to) * .number(1 + cos(.pi * clamped(share))) / 2
  }

  /// How far step `t` is along its cycle, from 0 to 1, when cycles grow from the length `first`.
  private static func place(of t: Double, first: Double, growth: Double) -> Double {
    guard t > 0, t.isFinite else { return 0 }
    guard growth > 1 else { return t.truncatingRemainder(dividingBy: first) / first }
    // The cycles before number k take first (growthᵏ - 1) / (growth - 1) steps.
    let k = (log(1 + t * (growth - 1) / first) / log(growth) + 1e-12).rounded(.down)
    let begun = first * (pow(growth, k) - 1) / (growth - 1)
    return (t - begun) / (first * pow(growth, k))
  }
}

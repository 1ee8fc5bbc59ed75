/// Multiples of a round step: 1, 2, 2.5 or 5 times a power of ten.
struct LinearTicks {
  private let step: RoundDecimal

  /// The smallest round step that puts no more than `limit` ticks between two values; nil when they are
  /// too close together, or too far from 0, for whole multiples of it.
  init?(_ low: Double, _ high: Double, limit: Int, isWhole: Bool = false) {
    let limit = max(1, limit)
    let span = high / 2 - low / 2
    guard span > 0, span.isFinite else { return nil }
    let rough = span / Double(limit) * 2
    guard rough > 1e-305 else { return nil }
    let exponent = Logarithm.floor(rough)
    for candidate in exponent...(exponent + 2) {
      for coefficient in [10, 20, 25, 50] {
        let step = RoundDecimal(coefficient: coefficient, exponent: candidate - 1)
        if isWhole && step.decimals > 0 || step.value < rough * 0.99 { continue }
        guard let (first, last) = LinearTicks.multiples(of: step.value, low, high) else { return nil }
        if last - first < limit {
          self.step = step
          return
        }
      }
    }
    return nil
  }

  /// The first and the last multiple of a step between two values; nil when doubles cannot count so far.
  private static func multiples(of step: Double, _ low: Double, _ high: Double) -> (Int, Int)? {
    // A millionth of a step forgives ends that are round numbers up to rounding.
    let (first, last) = ((low / step - 1e-6).rounded(.up), (high / step + 1e-6).rounded(.down))
    guard first.magnitude < 1e13, last.magnitude < 1e13 else { return nil }
    return (Int(first), Int(last))
  }

  /// The ticks between two values.
  func numbers(from low: Double, to high: Double) -> [RoundDecimal] {
    guard let (first, last) = LinearTicks.multiples(of: step.value, low, high), first <= last else {
      return []
    }
    return (first...last).map { RoundDecimal(coefficient: $0 * step.coefficient, exponent: step.exponent) }
  }

  /// The multiples of the step that enclose two values.
  func roundedOut(_ low: Double, _ high: Double) -> (low: Double, high: Double)? {
    guard let (first, last) = LinearTicks.multiples(of: step.value, low, high) else { return nil }
    let below = low / step.value > Double(first) - 1e-6 ? first : first - 1
    let above = high / step.value < Double(last) + 1e-6 ? last : last + 1
    let ends = [below, above].map {
      RoundDecimal(coefficient: $0 * step.coefficient, exponent: step.exponent).value
    }
    guard ends[0] < ends[1], ends.allSatisfy(\.isFinite) else { return nil }
    return (ends[0], ends[1])
  }
}

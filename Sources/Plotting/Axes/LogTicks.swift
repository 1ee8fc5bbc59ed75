/// Ticks of logarithmic axes: powers of ten, and where there are few of them 2 and 5 times these.
enum LogTicks {
  /// The ticks of a logarithmic scale.
  static func ticks(_ scale: Scale, limit: Int) -> Ticks {
    let decades = powers(scale.low, scale.high)
    // Of two or three powers of ten the ends would be far from any number.
    if (2...3).contains(decades.count), let finer = multiples([[1, 2, 5], [1, 3]], scale, limit: limit) {
      return finer
    }
    if decades.count >= 3 || decades.count == limit {
      // Aligned to multiples of the step, so that 1 is among them.
      let steps = [1, 2, 3, 4, 5, 10, 15, 20, 25, 50, 100, 200, 300]
      let shown =
        steps.lazy.map { step in decades.filter { $0 % step == 0 } }.first { $0.count <= limit } ?? []
      return labelled(shown.map { RoundDecimal(coefficient: 1, exponent: $0) })
    }
    if let finer = multiples([[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 5], [1, 3], [1]], scale, limit: limit) {
      return finer
    }
    // Less than an octave: round numbers at equal distances.
    guard let linear = LinearTicks(scale.low, scale.high, limit: limit) else {
      return labelled(decades.map { RoundDecimal(coefficient: 1, exponent: $0) })
    }
    return Ticks(linear.numbers(from: scale.low, to: scale.high))
  }

  /// The first of several sets of multiples of the powers of ten that has two ticks or more and fits; nil when
  /// none does.
  private static func multiples(_ sets: [[Int]], _ scale: Scale, limit: Int) -> Ticks? {
    let exponents = Logarithm.floor(scale.low)...Logarithm.floor(scale.high)
    for factors in sets {
      let numbers = exponents.flatMap { exponent in
        factors.map { RoundDecimal(coefficient: $0, exponent: exponent) }
      }.filter { isWithin(scale.low, $0.value, scale.high) }
      if numbers.count <= limit, numbers.count >= 2 { return labelled(numbers) }
    }
    return nil
  }

  /// The nearest of 1, 2 and 5 times powers of ten that enclose two values.
  static func roundedOut(_ low: Double, _ high: Double) -> (low: Double, high: Double)? {
    func candidates(_ value: Double) -> [Double] {
      let exponent = Logarithm.floor(value)
      return [1, 2, 5, 10].map { RoundDecimal(coefficient: $0, exponent: exponent).value }
    }
    let below = candidates(low).last { $0 <= low } ?? low
    let above = candidates(high).first { $0 >= high } ?? high
    return below > 0 && above < .infinity ? (below, above) : nil
  }

  /// The exponents of the powers of ten between two values.
  private static func powers(_ low: Double, _ high: Double) -> [Int] {
    (Logarithm.floor(low)...Logarithm.floor(high) + 1).filter { isWithin(low, Logarithm.power($0), high) }
  }

  private static func isWithin(_ low: Double, _ value: Double, _ high: Double) -> Bool {
    value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)
  }

  /// Each written by itself, because they share no decimals; all with an exponent where one needs it.
  private static func labelled(_ numbers: [RoundDecimal]) -> Ticks {
    let isPlain = numbers.allSatisfy { $0.isPlain && $0.exponent > -5 && $0.exponent < 6 }
    return Ticks(values: numbers.map(\.value), labels: numbers.map { isPlain ? $0.plain() : $0.scientific })
  }
}

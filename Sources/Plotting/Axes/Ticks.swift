/// Places on an axis that are marked, with what is written there.
public struct Ticks: Equatable, Sendable {
  /// The values that are marked.
  public let values: [Double]
  /// What is written at each.
  public let labels: [String]

  init(values: [Double], labels: [String]) {
    self.values = values
    self.labels = labels
  }

  /// Ticks at round numbers, all written with the same number of decimals.
  init(_ numbers: [RoundDecimal]) {
    values = numbers.map(\.value)
    let decimals = numbers.map(\.decimals).max() ?? 0
    let plain = numbers.map { $0.coefficient == 0 ? "0" : $0.plain(decimals: decimals) }
    let scientific = numbers.map { $0.coefficient == 0 ? "0" : $0.scientific }
    func longest(_ labels: [String]) -> Int { labels.map(\.count).max() ?? 0 }
    labels = longest(plain) <= max(8, longest(scientific)) ? plain : scientific
  }
}

extension Ticks {
  /// No more than `limit` ticks for an axis.
  init(_ axis: Axis, _ scale: Scale, limit: Int) {
    if let categories = axis.categories {
      self = Ticks.named(categories, scale, limit: limit)
    } else if scale.isLog {
      self = LogTicks.ticks(scale, limit: limit)
    } else if let linear = LinearTicks(scale.low, scale.high, limit: limit, isWhole: axis.isWhole) {
      self = Ticks(linear.numbers(from: scale.low, to: scale.high))
    } else {
      // Ends that are too close for round numbers between them.
      let ends = [scale.low, scale.high]
      self = Ticks(values: ends, labels: ends.map { shortNumber($0, digits: 15) })
    }
  }

  /// As many ticks as fit: `fits` says whether these do.
  init(_ axis: Axis, _ scale: Scale, from limit: Int, where fits: (Ticks) -> Bool) {
    var limit = max(1, limit)
    self.init(axis, scale, limit: limit)
    while limit > 1, !fits(self) {
      limit -= max(1, limit / 8)
      self.init(axis, scale, limit: limit)
    }
    if !fits(self) { self.init(values: [], labels: []) }
  }

  /// Names at whole numbers; of too many, every second or third.
  private static func named(_ names: [String], _ scale: Scale, limit: Int) -> Ticks {
    let step = max(1, (names.count + limit - 1) / max(1, limit))
    let shown = stride(from: 0, to: names.count, by: step).filter {
      Double($0) >= scale.low && Double($0) <= scale.high
    }
    return Ticks(values: shown.map(Double.init), labels: shown.map { names[$0] })
  }
}

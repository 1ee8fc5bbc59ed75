/// One number over and over.
public struct RepeatedSample: Samples {
  private let number: Double
  /// How many times it stands there.
  public let count: Int

  /// The number `count` times.
  public init(_ number: Double, count: Int) {
    self.number = number
    self.count = max(0, count)
  }

  /// Hands over the number as often as the range is long.
  public func read(_ range: Range<Int>, _ body: (Span<Double>) -> Void) {
    let numbers = Array(repeating: number, count: range.count)
    body(numbers.span)
  }
}

/// Numbers that lie above or below others, made where they are drawn, because ten million of them are large.
public struct ShiftedSamples: Samples {
  private let base: any Samples
  private let distance: any Samples
  private let sign: Double
  /// How many there are: as many as the shorter row has.
  public let count: Int

  /// `base + sign * distance`, one by one.
  public init(_ base: any Samples, by distance: any Samples, sign: Double) {
    self.base = base
    self.distance = distance
    self.sign = sign
    count = min(base.count, distance.count)
  }

  /// Hands over the sums of the range.
  public func read(_ range: Range<Int>, _ body: (Span<Double>) -> Void) {
    var sums: [Double] = []
    base.read(range) { bases in
      distance.read(range) { distances in
        sums = bases.indices.map { bases[$0] + sign * distances[$0] }
      }
    }
    // Nothing was read where a drawing is stopped.
    if sums.count == range.count { body(sums.span) }
  }
}

import Glibc
import Plotting

/// The graph of a function over an interval, sampled more densely where it bends.
struct FunctionCurve {
  private struct Sample {
    var x: Double
    var y: Double
    /// How high the point stands in the picture, which on a logarithmic axis is the logarithm of `y`.
    var height: Double
    /// Whether the piece that begins here could not be halved any more.
    var isDeep = false
  }

  private let machine: Machine
  private let builtin: String
  private let function: Value
  private let low: Double
  private let high: Double
  private let isLog: (x: Bool, y: Bool)
  private var samples: [Sample] = []
  /// Whether the lowest and highest values are so rare that they would hide the rest: poles.
  private(set) var isClipped = false
  /// What is left of the lowest and highest places without the poles.
  private var usualHeights: ClosedRange<Double>?

  /// Pieces of equal length to begin with; an odd number, so that no symmetry hides a bend.
  private static let firstPieces = 65
  /// How often a piece is halved at most.
  private static let depth = 7
  /// Evaluations at most.
  private static let limit = 4000
  /// How far the middle of a piece may lie from its chord, as a share of the height.
  private static let tolerance = 0.002
}

extension FunctionCurve {
  /// Samples `function` between `low` and `high`, which is higher, for the axes of the options.
  init(
    _ call: borrowing Call, _ function: Value, from low: Double, to high: Double, _ options: FigureOptions
  ) throws {
    machine = call.machine
    builtin = call.builtin.name
    self.function = function
    self.low = low
    self.high = high
    isLog = (options.isXLog, options.isYLog)
    try sample()
  }

  /// The range of the values without poles.
  var usual: ClosedRange<Double>? {
    guard let usualHeights, isLog.y else { return usualHeights }
    let (low, high) = (pow(10, usualHeights.lowerBound), pow(10, usualHeights.upperBound))
    return low > 0 && high.isFinite ? low...high : nil
  }

  private func evaluated(_ x: Double) throws -> Sample {
    let y = try value(x)
    return Sample(x: x, y: y, height: !isLog.y ? y : y > 0 ? log10(y) : .nan)
  }

  private func value(_ x: Double) throws -> Double {
    let result = try machine.call(function, [.number(x)])
    if case .number(let number)? = result.quantity?.concrete { return number }
    // A layer may add an axis.
    if let tensor = result.plainTensor, tensor.count == 1 { return tensor[flat: 0] }
    throw Diagnostic(
      "\(builtin): \(function.callName) must give a number for a number, not \(result.kind)", kind: .type)
  }

  private mutating func sample() throws {
    let cells = Cells(from: low, through: high, count: FunctionCurve.firstPieces + 1, isLog: isLog.x)
    var first: [Sample] = []
    for index in 0..<cells.count {
      // Rounding must not leave the interval.
      let x = index == 0 ? low : index == cells.count - 1 ? high : cells.middle(index)
      first.append(try evaluated(x))
    }
    let heights = first.map(\.height).filter(\.isFinite).sorted()
    guard let lowest = heights.first, let highest = heights.last else {
      samples = first
      return
    }
    usualHeights = lowest...highest
    try refine(first)
    // Only now it is known where poles are, and what else is merely high.
    clipPoles(heights)
    if isClipped { try refine(first) }
  }

  /// Samples the pieces between the first samples more densely where the function bends.
  private mutating func refine(_ first: [Sample]) throws {
    let height = usualHeights.map { $0.upperBound - $0.lowerBound } ?? 0
    var evaluations = first.count
    // Pieces still to be looked at, the leftmost last.
    var waiting = zip(first, first.dropFirst()).map { ($0, $1, 0) }.reversed() as [(Sample, Sample, Int)]
    samples = [first[0]]
    while let (a, b, depth) = waiting.popLast() {
      guard depth < FunctionCurve.depth, evaluations < FunctionCurve.limit, isWorthwhile(a, b) else {
        samples[samples.count - 1].isDeep = depth == FunctionCurve.depth
        samples.append(b)
        continue
      }
      let middle = try evaluated(isLog.x ? a.x.squareRoot() * b.x.squareRoot() : a.x / 2 + b.x / 2)
      evaluations += 1
      let bend = (middle.height - (a.height / 2 + b.height / 2)).magnitude
      if bend <= FunctionCurve.tolerance * height {
        samples += [middle, b]
      } else {
        waiting.append((middle, b, depth + 1))
        waiting.append((a, middle, depth + 1))
      }
    }
  }

  /// The lowest and highest places beside pieces that could not be halved any more: where a function has no pole
  /// and no jump, there are none.
  private var deepestHeights: ClosedRange<Double>? {
    let heights = zip(samples, samples.dropFirst()).filter(\.0.isDeep)
      .flatMap { [$0.height, $1.height] }.filter(\.isFinite)
    guard let lowest = heights.min(), let highest = heights.max() else { return nil }
    return lowest...highest
  }

  /// Pieces beyond the picture, or without any value, are not looked into.
  private func isWorthwhile(_ a: Sample, _ b: Sample) -> Bool {
    let (a, b) = (a.height, b.height)
    guard a.isFinite || b.isFinite else { return false }
    guard let usual = usualHeights else { return true }
    return !(a > usual.upperBound && b > usual.upperBound || a < usual.lowerBound && b < usual.lowerBound)
  }

  /// The parts between jumps, poles and values that are none, each with two points or more.
  var pieces: [(x: [Double], y: [Double])] {
    var pieces: [(x: [Double], y: [Double])] = []
    var current: (x: [Double], y: [Double]) = ([], [])
    func close() {
      if current.x.count > 1 { pieces.append(current) }
      current = ([], [])
    }
    for (index, sample) in samples.enumerated() {
      if sample.y.isFinite {
        current.x.append(sample.x)
        current.y.append(sample.y)
      }
      if !sample.y.isFinite || isJump(after: index) { close() }
    }
    close()
    return pieces
  }

  /// Whether the function leaps between a sample and the next one: from one pole to the other, or by a good
  /// part of the height while it hardly moves before and after.
  private func isJump(after index: Int) -> Bool {
    guard index + 1 < samples.count, samples[index].isDeep, let usual = usualHeights else { return false }
    let (a, b) = (samples[index].height, samples[index + 1].height)
    if min(a, b) < usual.lowerBound, max(a, b) > usual.upperBound { return true }
    func step(_ index: Int) -> Double {
      guard index >= 0, index + 1 < samples.count else { return 0 }
      return (samples[index + 1].height - samples[index].height).magnitude
    }
    let leap = (b - a).magnitude
    return leap > (usual.upperBound - usual.lowerBound) / 8
      && leap > 8 * max(step(index - 1), step(index + 1))
  }

  /// Leaves poles out of the usual places, of which some are in `heights` in order: a pole is where a piece cannot
  /// be halved any more and is many times as far away as nearly all of those.
  private mutating func clipPoles(_ heights: [Double]) {
    guard let deepest = deepestHeights else { return }
    let cut = heights.count / 12
    let (low, high) = (heights[cut], heights[heights.count - 1 - cut])
    let margin = high - low
    isClipped = max(high, deepest.upperBound) - min(low, deepest.lowerBound) > 8 * margin && margin > 0
    if isClipped { usualHeights = low - margin / 4...high + margin / 4 }
  }
}

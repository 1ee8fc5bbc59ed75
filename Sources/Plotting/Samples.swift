/// Numbers in a row that a mark draws.
///
/// They are read in pieces, so that a mark holds on to whatever has them and copies nothing.
public protocol Samples {
  /// How many there are.
  var count: Int { get }
  /// Hands the numbers at `range` to `body`, once; or not at all, to stop a drawing that nobody waits for.
  func read(_ range: Range<Int>, _ body: (Span<Double>) -> Void)
}

extension Array: Samples where Element == Double {
  /// Hands over a part of the array itself.
  public func read(_ range: Range<Int>, _ body: (Span<Double>) -> Void) { body(span.extracting(range)) }
}

/// The whole numbers from 0 on: where values stand that come without positions.
public struct Positions: Samples {
  /// How many there are.
  public let count: Int

  /// The numbers from 0 to `count - 1`.
  public init(count: Int) { self.count = max(0, count) }

  /// Hands over the numbers of the range.
  public func read(_ range: Range<Int>, _ body: (Span<Double>) -> Void) {
    let numbers = range.map { Double($0) }
    body(numbers.span)
  }
}

/// How many numbers are read at once: they stay in the first-level cache.
private let pieceLength = 2048

/// The pieces that `count` numbers are read in.
private func pieces(of count: Int) -> some Sequence<Range<Int>> {
  stride(from: 0, to: count, by: pieceLength).lazy.map { $0..<Swift.min(count, $0 + pieceLength) }
}

extension Samples {
  /// Hands over all numbers in order, piece by piece.
  public func forEachPiece(_ body: (Span<Double>) -> Void) {
    for piece in pieces(of: count) { read(piece, body) }
  }

  /// All numbers, for marks whose work needs them at once.
  var all: [Double] {
    var numbers: [Double] = []
    numbers.reserveCapacity(count)
    forEachPiece { piece in
      for index in piece.indices { numbers.append(piece[index]) }
    }
    return numbers
  }
}

/// Hands over the numbers of two rows side by side, as far as the shorter one goes.
func forEachPiece(_ x: any Samples, _ y: any Samples, _ body: (Span<Double>, Span<Double>) -> Void) {
  for piece in pieces(of: min(x.count, y.count)) {
    x.read(piece) { xs in y.read(piece) { ys in body(xs, ys) } }
  }
}

/// Hands over the numbers of three rows side by side, as far as the shortest one goes.
func forEachPiece(
  _ x: any Samples, _ y: any Samples, _ z: any Samples,
  _ body: (Span<Double>, Span<Double>, Span<Double>) -> Void
) {
  for piece in pieces(of: min(x.count, y.count, z.count)) {
    x.read(piece) { xs in y.read(piece) { ys in z.read(piece) { zs in body(xs, ys, zs) } } }
  }
}

/// The logarithms of numbers; nan for those that have none.
struct Logarithms: Samples {
  private let numbers: any Samples

  init(of numbers: any Samples) { self.numbers = numbers }

  var count: Int { numbers.count }

  func read(_ range: Range<Int>, _ body: (Span<Double>) -> Void) {
    numbers.read(range) { piece in
      let logarithms = piece.indices.map { piece[$0] > 0 ? Logarithm.base10(piece[$0]) : .nan }
      body(logarithms.span)
    }
  }
}

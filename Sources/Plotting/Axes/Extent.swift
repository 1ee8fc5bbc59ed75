/// The interval that numbers cover.
public struct Extent: Equatable, Sendable {
  /// The least number, infinity when there is none.
  public private(set) var low = Double.infinity
  /// The greatest number, minus infinity when there is none.
  public private(set) var high = -Double.infinity

  /// The extent of nothing.
  public init() {}

  /// The extent of these numbers, without those that are not finite.
  public init(_ numbers: Double...) {
    for number in numbers { include(number) }
  }

  /// The extent of all finite numbers of a row.
  public init(of samples: any Samples) {
    samples.forEachPiece { piece in
      for index in piece.indices { include(piece[index]) }
    }
  }
}

extension Extent {
  /// Whether it holds no number.
  public var isEmpty: Bool { low > high }

  /// Whether a number lies in it.
  @inline(__always)
  func contains(_ number: Double) -> Bool { number >= low && number <= high }

  /// Grows to hold a number, unless that is not finite.
  @inline(__always)
  mutating func include(_ number: Double) {
    if number.magnitude < .infinity { widen(number) }
  }

  /// Grows to hold a number that is finite.
  @inline(__always)
  fileprivate mutating func widen(_ number: Double) {
    if number < low { low = number }
    if number > high { high = number }
  }

  /// The smallest extent that holds both.
  public func union(_ other: Extent) -> Extent {
    Extent(low: min(low, other.low), high: max(high, other.high))
  }

  private init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }
}

/// The part of the plane that a mark covers, and what of it cannot be drawn.
public struct Reach: Equatable, Sendable {
  /// What it covers along x.
  public var x = Extent()
  /// What it covers along y.
  public var y = Extent()
  /// How many of its points there are in all.
  public var points = 0
  /// How many of them are nan or infinite.
  public var notFinite = 0
  /// How many of them have no place on a logarithmic axis.
  public var notPositive = 0

  /// A mark that covers nothing.
  public init() {}

  /// A mark that covers a rectangle.
  public init(x: Extent, y: Extent) {
    self.x = x
    self.y = y
    points = x.isEmpty || y.isEmpty ? 0 : 1
  }
}

extension Reach {
  /// Counts a point and grows to hold it if it can be drawn.
  @inline(__always)
  mutating func include(_ u: Double, _ v: Double, _ axes: AxisKinds) {
    // Most points: what lies between numbers that can be drawn can be drawn.
    if x.contains(u), y.contains(v) { return }
    guard u.magnitude < .infinity, v.magnitude < .infinity else {
      notFinite += 1
      return
    }
    guard !axes.isXLog || u > 0, !axes.isYLog || v > 0 else {
      notPositive += 1
      return
    }
    x.widen(u)
    y.widen(v)
  }

  /// The reach of points.
  init(_ xs: any Samples, _ ys: any Samples, _ axes: AxisKinds) {
    points = min(xs.count, ys.count)
    var reach = self
    forEachPiece(xs, ys) { x, y in
      var part = reach
      for index in x.indices { part.include(x[index], y[index], axes) }
      reach = part
    }
    self = reach
  }

  /// What both cover.
  func union(_ other: Reach) -> Reach {
    var both = Reach()
    both.x = x.union(other.x)
    both.y = y.union(other.y)
    both.points = points + other.points
    both.notFinite = notFinite + other.notFinite
    both.notPositive = notPositive + other.notPositive
    return both
  }
}

/// Which axes are logarithmic.
public struct AxisKinds: Equatable, Sendable {
  /// Whether the one along x is.
  public var isXLog = false
  /// Whether the one along y is.
  public var isYLog = false
}

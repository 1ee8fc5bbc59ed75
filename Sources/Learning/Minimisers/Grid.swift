/// Every combination of some values for each of several coordinates.
public struct Grid {
  /// The values of each coordinate.
  public let ranges: [[Double]]

  /// The grid over these ranges.
  public init(_ ranges: [[Double]]) { self.ranges = ranges }

  /// How many points there are, as a float because it grows out of the integers.
  public var count: Double { ranges.reduce(1) { $0 * Double($1.count) } }

  /// The point number `index`, where the last coordinate changes fastest; the count fits an integer.
  public func point(at index: Int) -> [Double] {
    var rest = index
    var point = Array(repeating: 0.0, count: ranges.count)
    for coordinate in ranges.indices.reversed() {
      let range = ranges[coordinate]
      point[coordinate] = range[rest % range.count]
      rest /= range.count
    }
    return point
  }
}

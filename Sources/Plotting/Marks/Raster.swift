/// A grid with what its values look like, as it is seen between axes.
public struct Raster {
  let grid: Grid
  let shades: Shades
  /// The part of the unit square that the grid covers; it may reach beyond the square.
  let box: Box
  private let frame: Frame

  /// The part of a grid that the axes can show; nil when they cannot show any.
  init?(_ grid: Grid, _ shades: Shades, in frame: Frame) {
    let (x, y) = (grid.x.range, grid.y.range)
    // What is not positive stands infinitely far to the left of a logarithmic axis.
    let left = frame.x.isLog && x.lowerBound <= 0 ? frame.x.low : x.lowerBound
    let bottom = frame.y.isLog && y.lowerBound <= 0 ? frame.y.low : y.lowerBound
    let corners = (frame.place(left, bottom), frame.place(x.upperBound, y.upperBound))
    guard corners.0.isDrawable, corners.1.isDrawable else { return nil }
    self.grid = grid
    self.shades = shades
    self.frame = frame
    box = Box(
      left: min(corners.0.u, corners.1.u), right: max(corners.0.u, corners.1.u),
      bottom: min(corners.0.v, corners.1.v), top: max(corners.0.v, corners.1.v))
  }
}

extension Raster {
  /// The values in `columns` times `rows` equal parts of its box, from the bottom up as they are seen.
  func sampled(columns: Int, rows: Int) -> [Double] {
    guard box.right > box.left, box.top > box.bottom, (box.right - box.left).isFinite,
      (box.top - box.bottom).isFinite
    else { return Array(repeating: .nan, count: columns * rows) }
    let isMean = shades.isContinuous
    return grid.sampled(
      across: grid.x.sources(columns, on: frame.x, shown: box.left...box.right, isMean: isMean),
      up: grid.y.sources(rows, on: frame.y, shown: box.bottom...box.top, isMean: isMean))
  }

  /// Whether all its cells look equally large.
  var hasEqualCells: Bool {
    grid.x.spacing == (frame.x.isLog ? .ratios : .steps)
      && grid.y.spacing == (frame.y.isLog ? .ratios : .steps)
  }

  /// The value at a place of the unit square.
  func value(at place: Place) -> Double {
    grid.row(grid.y.index(of: frame.y.value(at: place.v)))[grid.x.index(of: frame.x.value(at: place.u))]
  }
}

import Testing

@testable import Plotting

@Suite("cells of grids")
struct CellsTests {
  @Test(
    "positions tell how cells follow each other",
    arguments: [
      ([1, 2, 3], .steps), ([1, 10, 100], .ratios), ([1e-4, 1e-3, 1e-2, 1e-1], .ratios),
      ([1, 2, 10], .positions), ([-1, 0, 5], .positions), ([7], .steps), ([1e307, 1.5e308], .positions),
      ([2, 1], nil), ([1, 1], nil), ([.nan, 1], nil), ([0, .infinity], nil), ([], nil),
    ] as [([Double], Cells.Spacing?)])
  func spacing(of positions: [Double], is spacing: Cells.Spacing?) {
    let cells = Cells(positions: positions)
    #expect(cells?.spacing == spacing)
    guard let cells else { return }
    let middles = (0..<cells.count).map(cells.middle)
    let areThere = zip(middles, positions).allSatisfy { abs($0 - $1) <= 1e-9 * max(1e-3, $1.magnitude) }
    #expect(areThere, "\(middles)")
    #expect(positions.map(cells.index) == Array(positions.indices))
    let edges = (0...cells.count).map(cells.edge)
    #expect(zip(edges, edges.dropFirst()).allSatisfy { $0 < $1 }, "\(edges)")
    #expect(Cells(cells.range, count: cells.count, keptPositions: cells.keptPositions)?.spacing == spacing)
  }

  @Test(
    "what an axis shows of a grid",
    arguments: [
      // Equal ratios on a logarithmic axis, and the same from the right to the left.
      ([1, 10, 100, 1000], true, false, [0, 1, 2, 3]), ([1, 10, 100, 1000], true, true, [3, 2, 1, 0]),
      // Ratios on a linear axis: the last cell takes all but a tenth of it.
      ([1, 10, 100, 1000], false, false, [3, 3, 3, 3]),
      // Equal steps on a logarithmic axis: the first one is the widest.
      ([1, 2, 3, 4], true, false, [0, 0, 1, 2]), ([1, 2, 3, 4], false, true, [3, 2, 1, 0]),
      ([1, 2, 10], false, false, [1, 1, 2, 2]), ([1, 2, 10], false, true, [2, 2, 1, 1]),
    ] as [([Double], Bool, Bool, [Double])])
  func shown(_ positions: [Double], isLog: Bool, isReversed: Bool, are seen: [Double]) throws {
    let cells = try #require(Cells(positions: positions))
    let grid = try #require(
      Grid(positions.indices.map(Double.init), x: cells, y: Cells(0...1, count: 1)))
    let frame = Frame(
      x: Scale(
        low: cells.range.lowerBound, high: cells.range.upperBound, isLog: isLog, isReversed: isReversed),
      y: Scale(low: 0, high: 1))
    let raster = try #require(
      Raster(grid, .passage(.viridis, low: 0, high: 3, isLog: false, bands: nil), in: frame))
    #expect(raster.sampled(columns: 4, rows: 1) == seen)
    #expect((0..<4).map { raster.value(at: Place(u: (Double($0) + 0.5) / 4, v: 0.5)) } == seen)
  }

  @Test("a logarithmic axis shows what is positive of a grid")
  func positivePart() throws {
    let grid = try #require(Grid([1, 2, 3, 4], columns: 4, rows: 1, x: -2...2, y: 0...1))
    let axes = AxisKinds(isXLog: true, isYLog: false)
    #expect(grid.reach(axes).x == Extent(1, 2))
    let frame = Frame(x: Scale(low: 0.1, high: 2, isLog: true), y: Scale(low: 0, high: 1))
    let raster = try #require(Raster(grid, .suiting(grid), in: frame))
    #expect(Set(raster.sampled(columns: 8, rows: 1)) == [3, 4])
  }

  @Test("histograms for logarithmic axes have equal ratios")
  func logarithmicBins() {
    let bins = HistogramBins(count: 3, logarithmicFrom: 1, to: 1000)
    let mark = HistogramMark([1, 5, 20, 500, 1000, 0, -1, .nan], bins: bins)
    #expect(mark.counts == [2, 1, 2])
    let reach = mark.reach(AxisKinds(isXLog: true, isYLog: false))
    #expect((reach.points, reach.notFinite, reach.notPositive) == (8, 1, 2))
  }
}

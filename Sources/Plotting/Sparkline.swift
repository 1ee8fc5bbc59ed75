/// Numbers in a row as one line of small bars, for a cell of a table.
public func sparkline(_ samples: any Samples, width: Int, isUnicode: Bool = true) -> String {
  let levels: [Character] = Array(isUnicode ? "▁▂▃▄▅▆▇█" : "_.-=+*#@")
  let extent = Extent(of: samples)
  guard samples.count > 0, width > 0 else { return "" }
  let count = min(width, samples.count)
  guard let grid = Grid(samples, columns: samples.count, rows: 1, x: 0...1, y: 0...1), !extent.isEmpty else {
    return String(repeating: " ", count: count)
  }
  let scale = extent.low < extent.high ? Scale(low: extent.low, high: extent.high) : nil
  return String(
    grid.sampled(columns: count, rows: 1, isMean: true).map { value in
      guard value.isFinite else { return " " }
      let place = min(1, max(0, scale?.place(of: value) ?? 0.5))
      return levels[min(levels.count - 1, Int(place * Double(levels.count)))]
    })
}

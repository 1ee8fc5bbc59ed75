import Plotting

/// Figures of every kind, made of formulas, so that their pictures never change by themselves.
enum SampleFigures {
  /// What is drawn, by name.
  static let all: [(name: String, make: @Sendable () -> Figure)] = [
    ("line", { Figure(Panel([Series(marks: [LineMark(x: x, y: x.map(wave))])])) }),
    ("lines", lines), ("gaps", gaps), ("scatter", scatter), ("cloud", cloud), ("fit", fit),
    ("residuals", residuals),
    ("histogram", histogram), ("histograms", histograms), ("bars", bars), ("bars-named", namedBars),
    ("heatmap", heatmap), ("matrix", matrix), ("landscape", landscape), ("contour", contour),
    ("boundary", boundary), ("boxes", boxes), ("error-bars", errorBars), ("logarithmic", logarithmic),
    ("logarithmic-map", logarithmicMap), ("grid", grid), ("wide-characters", wideCharacters),
    ("empty", { Figure(Panel()) }),
  ]

  static func make(_ name: String) -> Figure { all.first { $0.name == name }?.make() ?? Figure(Panel()) }

  static let x = (0...120).map { -3 + Double($0) / 20 }

  /// A smooth curve between -1 and 1 without any library: x (27 + x²) / (27 + 9 x²) · (1 - x²/12).
  @Sendable static func wave(_ x: Double) -> Double {
    x * (27 + x * x) / (27 + 9 * x * x) * (1 - x * x / 12) * 1.6
  }

  /// Numbers between 0 and 1 that look like chance (a multiplicative congruence).
  static func noise(_ count: Int, seed: UInt64) -> [Double] {
    var state = seed &* 2_654_435_761 &+ 12345
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 40) / Double(1 << 24)
    }
  }

  /// Numbers around 0 that lie like normal ones: sums of twelve.
  static func bell(_ count: Int, seed: UInt64) -> [Double] {
    let numbers = noise(12 * count, seed: seed)
    return (0..<count).map { start in numbers[12 * start..<12 * start + 12].reduce(-6, +) }
  }

  private static func grid(_ columns: Int, _ rows: Int, _ f: (Double, Double) -> Double) -> Grid? {
    let values = (0..<columns * rows).map { index in
      f(
        -2 + 4 * (Double(index % columns) + 0.5) / Double(columns),
        -1 + 4 * (Double(index / columns) + 0.5) / Double(rows))
    }
    return Grid(values, columns: columns, rows: rows, x: -2...2, y: -1...3)
  }
}

extension SampleFigures {
  @Sendable private static func lines() -> Figure {
    var panel = Panel([
      Series("wave", marks: [LineMark(x: x, y: x.map(wave))]),
      Series("parabola", marks: [LineMark(x: x, y: x.map { $0 * $0 / 9 })]),
      Series("line", marks: [LineMark(x: x, y: x.map { -$0 / 3 })]),
    ])
    panel.title = "Three functions"
    (panel.x.label, panel.y.label) = ("x", "f(x)")
    return Figure(panel)
  }

  @Sendable private static func gaps() -> Figure {
    let y: [Double] = [1, 2, .nan, 3, .infinity, 2, 1, -.infinity, .nan, 2, 2.5]
    return Figure(Panel([Series(marks: [LineMark(x: Positions(count: y.count), y: y)])]))
  }

  @Sendable private static func scatter() -> Figure {
    Figure(
      Panel(
        (0..<3).map { index in
          let seed = UInt64(index)
          return Series(
            "class \(index)",
            marks: [
              PointMark(
                x: bell(30, seed: 10 + seed).map { $0 + 3 * Double(index) },
                y: bell(30, seed: 20 + seed).map { $0 + 2 * Double(index % 2) })
            ])
        }))
  }

  @Sendable private static func cloud() -> Figure {
    Figure(Panel([Series(marks: [PointMark(x: bell(2000, seed: 1), y: bell(2000, seed: 2))])]))
  }

  private static var data: (x: [Double], y: [Double]) {
    let positions = noise(40, seed: 3).map { -3 + 6 * $0 }
    return (positions, zip(positions, noise(40, seed: 4)).map { wave($0) + 0.6 * ($1 - 0.5) })
  }

  private static var curve: [Series] {
    [
      Series("data", marks: [PointMark(x: data.x, y: data.y)]),
      Series(
        "fit",
        marks: [
          BandMark(x: x, low: x.map { wave($0) - 0.3 }, high: x.map { wave($0) + 0.3 }),
          LineMark(x: x, y: x.map(wave)),
        ]),
    ]
  }

  @Sendable private static func fit() -> Figure { Figure(Panel(curve)) }

  @Sendable private static func residuals() -> Figure {
    var strip = Panel([Series(marks: [PointMark(x: data.x, y: zip(data.x, data.y).map { $1 - wave($0) })])])
    strip.y.label = "residuals"
    return Figure(.stacked(Panel(curve), strip: strip))
  }

  @Sendable private static func histogram() -> Figure {
    let numbers = bell(500, seed: 5)
    return Figure(Panel([Series(marks: [HistogramMark(numbers, bins: HistogramBins(suiting: numbers))])]))
  }

  @Sendable private static func histograms() -> Figure {
    let bins = HistogramBins(count: 20, low: -4, high: 6)
    return Figure(
      Panel([
        Series("a", marks: [HistogramMark(bell(500, seed: 5), bins: bins, isOutline: true)]),
        Series("b", marks: [HistogramMark(bell(500, seed: 6).map { $0 + 2 }, bins: bins, isOutline: true)]),
      ]))
  }

  private static func bar(_ index: Int, _ value: Double, width: Double = 0.8, offset: Double = -0.4)
    -> BarMark.Bar
  {
    BarMark.Bar(from: Double(index) + offset, to: Double(index) + offset + width, value: value)
  }

  @Sendable private static func bars() -> Figure {
    let values = [3.0, 7, 5.5, -2, 0.1, 4]
    return Figure(Panel([Series(marks: [BarMark(values.enumerated().map { bar($0, $1) })])]))
  }

  @Sendable private static func namedBars() -> Figure {
    let rows: [(String, [Double])] = [("train", [0.91, 0.97, 0.85]), ("test", [0.88, 0.92, 0.8])]
    var panel = Panel(
      rows.enumerated().map { row, part in
        let bars = part.1.enumerated().map { bar($0, $1, width: 0.4, offset: -0.4 + 0.4 * Double(row)) }
        return Series(part.0, marks: [BarMark(bars, isHorizontal: true)])
      })
    panel.y.categories = ["sgd", "adam", "rmsprop"]
    panel.y.isReversed = true
    return Figure(panel)
  }

  @Sendable private static func heatmap() -> Figure {
    guard let grid = grid(40, 30, { wave($0) * wave($1) }) else { return Figure(Panel()) }
    return Figure(Panel([Series(isNeutral: true, marks: [HeatMark(grid, .suiting(grid))])]))
  }

  @Sendable private static func matrix() -> Figure {
    let counts: [Double] = [40, 2, 0, 3, 35, 4, 1, 0, 50]
    guard let grid = Grid(counts, columns: 3, rows: 3, x: -0.5...2.5, y: -0.5...2.5) else {
      return Figure(Panel())
    }
    let labels = counts.indices.map { index in
      LabelMark.Label(shortNumber(counts[index]), x: Double(index % 3), y: Double(index / 3))
    }
    var panel = Panel([
      Series(isNeutral: true, marks: [HeatMark(grid, .suiting(grid)), LabelMark(labels)])
    ])
    (panel.x.categories, panel.y.categories) = (
      ["setosa", "versicolor", "virginica"], ["setosa", "versicolor", "virginica"]
    )
    panel.y.isReversed = true
    return Figure(panel)
  }

  @Sendable private static func landscape() -> Figure {
    guard let grid = grid(96, 64, { (1 - $0) * (1 - $0) + 100 * ($1 - $0 * $0) * ($1 - $0 * $0) }) else {
      return Figure(Panel())
    }
    let path: (x: [Double], y: [Double]) = ([-1.5, -1.2, -0.5, 0.2, 0.8, 1], [2.5, 1.4, 0.3, 0.1, 0.6, 1])
    return Figure(
      Panel([
        Series(isNeutral: true, marks: [HeatMark(grid, .suiting(grid, mayBeLog: true, bands: 12))]),
        Series(
          color: Color(0xffffff), marks: [LineMark(x: path.x, y: path.y), PointMark(x: path.x, y: path.y)]),
      ]))
  }

  @Sendable private static func contour() -> Figure {
    guard let grid = grid(80, 60, { wave($0) * (1 - $1 * $1 / 4) + $0 / 8 }) else { return Figure(Panel()) }
    return Figure(
      Panel([Series(marks: [ContourMark(grid, levels: ContourMark.levels(grid, count: 8))])]))
  }

  @Sendable private static func boundary() -> Figure {
    let palette = Array(Palette.series.prefix(2))
    guard
      let grid = grid(
        80, 50,
        { x, y in
          let score = y - 1 - wave(x)
          return (score > 0 ? 1 : 0) + min(0.99, abs(score))
        })
    else { return Figure(Panel()) }
    let points = (bell(30, seed: 7).map { $0 * 0.8 }, bell(30, seed: 8).map { $0 * 0.8 + 1 })
    let classes = (0..<2).map { index in
      points.0.indices.filter { (points.1[$0] - 1 > wave(points.0[$0])) == (index == 1) }
    }
    return Figure(
      Panel(
        [Series(isNeutral: true, marks: [HeatMark(grid, .classes(palette))])]
          + classes.enumerated().map { index, members in
            Series(
              "\(index)", color: palette[index],
              marks: [PointMark(x: members.map { points.0[$0] }, y: members.map { points.1[$0] })])
          }))
  }

  @Sendable private static func boxes() -> Figure {
    var panel = Panel([
      Series(marks: [BoxMark([bell(100, seed: 1), bell(80, seed: 2).map { 2 * $0 + 1 }, [1, 2, 3, 9]])])
    ])
    panel.y.categories = ["a", "b", "few"]
    panel.y.isReversed = true
    return Figure(panel)
  }

  @Sendable private static func errorBars() -> Figure {
    let x = (0..<8).map(Double.init)
    let y = x.map { $0 * 0.5 + 0.3 * wave($0 - 3) }
    return Figure(
      Panel([
        Series(
          "measured",
          marks: [
            ErrorBarMark(x: x, low: y.map { $0 - 0.4 }, high: y.map { $0 + 0.6 }), PointMark(x: x, y: y),
          ])
      ]))
  }

  @Sendable private static func logarithmic() -> Figure {
    let epochs = (1...100).map(Double.init)
    var panel = Panel([
      Series("loss", marks: [LineMark(x: epochs, y: epochs.map { 1 / ($0 * $0) + 1e-3 })]),
      Series("val_loss", marks: [LineMark(x: epochs, y: epochs.map { 1.3 / ($0 * $0) + 1e-2 + $0 * 1e-4 })]),
      Series("best", isNeutral: true, marks: [RuleMark(x: 30)]),
    ])
    panel.y.isLog = true
    panel.x.label = "epoch"
    return Figure(panel)
  }

  /// A grid search over learning rates and widths of a net: ratios along x, places of their own along y.
  @Sendable private static func logarithmicMap() -> Figure {
    let (rates, widths) = ([1e-4, 1e-3, 1e-2, 1e-1, 1], [8.0, 16, 64, 256])
    let values = widths.indices.flatMap { row in
      rates.indices.map { column in Double((column - 2) * (column - 2)) + 1 / Double(row + 1) }
    }
    guard let x = Cells(positions: rates), let y = Cells(positions: widths),
      let grid = Grid(values, x: x, y: y)
    else { return Figure(Panel()) }
    var panel = Panel([
      Series(isNeutral: true, marks: [HeatMark(grid, .suiting(grid))]),
      Series(color: Color(0xffffff), marks: [PointMark(x: [1e-2], y: [256])]),
    ])
    (panel.x.isLog, panel.x.label, panel.y.label) = (true, "rate", "width")
    return Figure(panel)
  }

  @Sendable private static func grid() -> Figure {
    Figure(.grid([lines(), histogram(), logarithmic()].map(\.layout)))
  }

  @Sendable private static func wideCharacters() -> Figure {
    var panel = Panel([Series("损失", marks: [LineMark(x: x, y: x.map { $0 * $0 })])])
    panel.title = "损失 und Größe 🎉"
    (panel.x.label, panel.y.label) = ("时间", "权重")
    return Figure(panel)
  }
}
